//! The names of called functions, and what is known of some of them.

use std::collections::{BTreeMap, BTreeSet};

use super::functions::Function;
use super::scan;

/// The names in a path, without generic arguments: `m::S::<u8>::run` is `m`, `S`, `run`, and `<S as m::T<u8>>::go` is
/// `T`, `go`.
pub(super) fn segments(path: &str) -> Vec<&str> {
    let mut segments = Vec::new();
    let mut rest = path;
    while !rest.is_empty() {
        if let Some(after) = rest.strip_prefix("::") {
            rest = after;
        } else if let Some(inside) = rest.strip_prefix('<') {
            let Some(end) = scan::until(inside, b">") else { return segments };
            if segments.is_empty() {
                segments.push(implemented(&inside[..end]));
            }
            rest = inside.get(end + 1..).unwrap_or("");
        } else {
            let Some(end) = scan::until(rest, b":<").filter(|&end| end > 0) else { return segments };
            segments.push(&rest[..end]);
            rest = &rest[end..];
            if rest.starts_with(':') && !rest.starts_with("::") {
                return segments;
            }
        }
    }
    segments
}

/// Returns the name `T` of `S as m::T<u8>`.
fn implemented(inside: &str) -> &str {
    let mut rest = inside;
    let mut name = inside;
    while let Some(space) = scan::until(rest, b" ").filter(|&space| space < rest.len()) {
        if let Some(after) = rest[space..].strip_prefix(" as ") {
            name = after;
        }
        rest = &rest[space + 1..];
    }
    let plain = name.split(['<', '(']).next().unwrap_or(name);
    plain.rsplit("::").next().unwrap_or(plain)
}

/// The last two names: `Vec::push`, `Iterator::next`.
pub(super) fn short_name(callee: &str) -> String {
    let segments = segments(callee);
    segments[segments.len().saturating_sub(2)..].join("::")
}

/// What is known of a function besides its types.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Manner {
    /// Nothing.
    Any,
    /// Leaves where it is what it gets pinned, and gives back nothing that borrows from it.
    Polls,
    /// What it gives back borrows from what its first argument refers to, but not from that reference: `clone`, `next`.
    Unlinked,
    /// Puts another value where a reference points.
    Replaces,
    /// Exchanges what two references point at.
    Swaps,
}

pub(super) fn manner(callee: &str) -> Manner {
    match segments(callee).as_slice() {
        ["Iterator", "next"] | ["DoubleEndedIterator", "next_back"] | ["Clone", "clone"] => Manner::Unlinked,
        [.., "swap"] => Manner::Swaps,
        [.., "take" | "replace" | "write" | "set"] => Manner::Replaces,
        ["Future", "poll"] | ["Stream", "poll_next"] => Manner::Polls,
        _ => Manner::Any,
    }
}

/// The functions that do nothing but make a coroutine of their arguments.
#[derive(Debug, Default)]
pub(super) struct Constructors<'t> {
    /// By the place of the coroutine in the source: the name of the function, and the arguments by upvar.
    literals: BTreeMap<&'t str, (&'t str, Vec<usize>)>,
    /// The functions of the file that do more.
    others: BTreeSet<Vec<&'t str>>,
}

impl<'t> Constructors<'t> {
    pub(super) fn of(functions: &[Function<'t>]) -> Self {
        let mut constructors = Constructors::default();
        for function in functions {
            let name = segments(function.name);
            let last = name.last().copied().unwrap_or(function.name);
            match literal(function.body) {
                Some((place, arguments)) => drop(constructors.literals.insert(place, (last, arguments))),
                None => drop(constructors.others.insert(name)),
            }
        }
        constructors
    }

    /// Where the call of `callee` only makes a coroutine of that type: which argument becomes which upvar. An `async
    /// fn` takes all of its arguments into its coroutine, wherever it is defined, and of others this file shows the
    /// body.
    pub(super) fn arguments(&self, callee: &str, result: &str, count: usize) -> Option<Vec<usize>> {
        let called = segments(callee);
        if let Some((kind, path)) = result.split_once(" fn body of ") {
            let made = segments(path.strip_suffix("()}")?);
            let same = !called.is_empty() && (made.ends_with(&called) || called.ends_with(&made));
            let known = matches!(kind, "{async" | "{gen" | "{async gen");
            return (known && same && !self.others.contains(&called)).then(|| (0..count).collect());
        }
        let place = result.strip_suffix('}')?.split_once('@')?.1;
        let (name, arguments) = self.literals.get(place)?;
        (called.last() == Some(name) && arguments.iter().all(|&index| index < count)).then(|| arguments.clone())
    }
}

/// Reads a body that is one block with `_0 = {coroutine@a.rs:1:2: 3:4 (#0)} { x: move _1 }` and a return: the place in the
/// source, and the arguments by upvar.
fn literal(body: &str) -> Option<(&str, Vec<usize>)> {
    let (_, block) = body.split_once("    bb0: {\n")?;
    let mut lines = block.lines().map(str::trim).filter(|line| !line.starts_with("Storage"));
    let literal = lines.next()?.strip_prefix("_0 = {coroutine@")?.strip_suffix(';')?;
    if lines.next() != Some("return;") {
        return None;
    }
    let (place, rest) = literal.split_once(" (#")?;
    let Some((_, fields)) = rest.split_once("} { ") else { return Some((place, Vec::new())) };
    let mut arguments = Vec::new();
    for field in scan::split(fields.strip_suffix(" }")?, b',')? {
        let operand = field.split_once(": ")?.1;
        let place = operand.strip_prefix("move ").or_else(|| operand.strip_prefix("copy "))?;
        let (local, "") = scan::local(place)? else { return None };
        arguments.push((local as usize).checked_sub(1)?);
    }
    Some((place, arguments))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_without_generics() {
        assert_eq!(segments("m::S::<u8>::run"), ["m", "S", "run"]);
        assert_eq!(
            segments("<[u8; 64] as IndexMut<std::ops::RangeFrom<usize>>>::index_mut"),
            ["IndexMut", "index_mut"]
        );
        assert_eq!(segments("<fn(A) -> B as m::T<<X as Y>::Z>>::go::<C>"), ["T", "go"]);
        assert_eq!(segments("<impl at a.rs:7:1: 7:7>::run::{closure#0}")[1..], ["run", "{closure#0}"]);
        assert_eq!(short_name("Vec::<&u8>::push"), "Vec::push");
        assert_eq!(short_name("std::mem::drop::<Vec<u8>>"), "mem::drop");
    }

    #[test]
    fn only_the_function_itself_makes_its_coroutine() {
        let constructors = Constructors::default();
        let leaf = "{async fn body of m::leaf<T>()}";
        assert_eq!(constructors.arguments("leaf::<u8>", leaf, 2), Some(vec![0, 1]));
        assert_eq!(constructors.arguments("wrap", leaf, 2), None);
        assert_eq!(constructors.arguments("<S as T>::go", "{async fn body of <S as T>::go()}", 1), Some(vec![0]));
        assert_eq!(constructors.arguments("leaf", "{async block@a.rs:1:1: 1:2}", 1), None);
    }
}
