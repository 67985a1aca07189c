//! From the compiler's names to the path that a person would write.

use std::borrow::Cow;

use pinsight_machine::MachineKind;

use super::coroutine_names::CoroutineName;
use crate::brackets;

/// The path of a coroutine. `linkage_name` is that of the function that polls it: the only place where the type of an impl
/// block is named.
pub(crate) fn human_path(namespaces: &[&str], name: CoroutineName<'_>, linkage_name: Option<&str>) -> String {
    let mut parts: Vec<Cow<'_, str>> = Vec::new();
    let implementation = namespaces.iter().rposition(|part| part.starts_with("{impl#"));
    let mut rest = namespaces;
    if let Some(place) = implementation
        && let Some(owner) = linkage_name.and_then(|name| owner_of(name, namespaces.len() - place))
    {
        parts.push(owner.into());
        rest = &namespaces[place + 1..];
    }
    for part in rest {
        match CoroutineName::parse(part) {
            Some(inner) => push_body(&mut parts, inner),
            None => parts.push(Cow::Borrowed(part)),
        }
    }
    push_body(&mut parts, name);
    parts.join("::")
}

/// An `async fn` is called by its own name, which stands before it; blocks and closures have none.
fn push_body(parts: &mut Vec<Cow<'_, str>>, name: CoroutineName<'_>) {
    match name.kind {
        MachineKind::AsyncFn | MachineKind::GenFn | MachineKind::AsyncGenFn => {}
        MachineKind::AsyncClosure | MachineKind::GenClosure | MachineKind::AsyncGenClosure => {
            // `{closure#1}::{async_closure#0}`: the closure, and the body that it returns.
            let number = parts
                .pop_if(|last| last.starts_with("{closure#"))
                .and_then(|last| Some(last.strip_prefix("{closure#")?.strip_suffix('}')?.to_owned()))
                .unwrap_or_else(|| name.number.to_owned());
            parts.push(format!("{{{}#{number}}}", name.kind).into());
        }
        MachineKind::AsyncBlock | MachineKind::GenBlock | MachineKind::AsyncGenBlock | MachineKind::Coroutine => {
            parts.push(format!("{{{}#{}}}", name.kind, name.number).into());
        }
    }
}

/// `app::Server` or `<app::Server as app::Service>` from the mangled name of a function whose path goes on with `after`
/// segments behind that.
fn owner_of(linkage_name: &str, after: usize) -> Option<String> {
    let demangled = format!("{:#}", rustc_demangle::try_demangle(linkage_name).ok()?);
    let parts = brackets::split(&demangled, "::");
    // The v0 mangling names the arguments of a generic function in a segment of its own: `recv::<u8>`. What comes first is the owner.
    let segments: Vec<&str> = parts
        .into_iter()
        .enumerate()
        .filter(|(place, part)| *place == 0 || !part.starts_with('<'))
        .map(|(_, part)| part)
        .collect();
    let kept = segments.len().checked_sub(after).filter(|kept| *kept > 0)?;
    let mut owner = segments[..kept].join("::");
    // v0 writes the type of an inherent impl in brackets.
    if owner.starts_with('<') && owner.ends_with('>') && !owner.contains(" as ") {
        owner = owner[1..owner.len() - 1].to_owned();
    }
    Some(spaced(&owner))
}

/// `u8` and `Vec<T, A>` from `<u8, Vec<T, A>>`.
pub(crate) fn split_arguments(arguments: &str) -> Vec<String> {
    let Some(inner) = arguments.strip_prefix('<').and_then(|inner| inner.strip_suffix('>')) else { return Vec::new() };
    brackets::split(inner, ",").into_iter().map(|argument| argument.trim().to_owned()).collect()
}

/// One space after each comma, as the older mangling has none.
fn spaced(text: &str) -> String {
    let mut spaced = String::with_capacity(text.len());
    let mut rest = text.chars().peekable();
    while let Some(character) = rest.next() {
        spaced.push(character);
        if character == ',' && !matches!(rest.peek(), Some(' ' | ')' | '>' | ']') | None) {
            spaced.push(' ');
        }
    }
    spaced
}

#[cfg(test)]
mod tests {
    use super::*;

    fn path(namespaces: &[&str], name: &str, linkage_name: Option<&str>) -> String {
        human_path(namespaces, CoroutineName::parse(name).unwrap(), linkage_name)
    }

    #[test]
    fn bodies_are_called_as_they_were_written() {
        assert_eq!(path(&["app", "tick"], "{async_fn_env#0}", None), "app::tick");
        assert_eq!(path(&["app", "main"], "{async_block_env#1}<u8>", None), "app::main::{async block#1}");
        assert_eq!(path(&["app", "f", "{async_fn#0}"], "{async_block_env#2}", None), "app::f::{async block#2}");
        assert_eq!(path(&["app", "f", "{closure#3}"], "{async_closure_env#0}", None), "app::f::{async closure#3}");
        assert_eq!(path(&["app", "f", "{closure#3}"], "{gen_block_env#0}", None), "app::f::{closure#3}::{gen block#0}");
    }

    #[test]
    fn impl_blocks_are_called_by_their_type() {
        let legacy = "_ZN1a1S3run28_$u7b$$u7b$closure$u7d$$u7d$17hcf1fe720d94a664dE";
        assert_eq!(path(&["a", "{impl#0}", "run"], "{async_fn_env#0}", Some(legacy)), "a::S::run");
        let of_trait =
            "_ZN42_$LT$a..S$LT$X$C$Y$GT$$u20$as$u20$a..T$GT$2go28_$u7b$$u7b$closure$u7d$$u7d$17hcf1fe720d94a664dE";
        assert_eq!(path(&["a", "{impl#1}", "go"], "{async_fn_env#0}", Some(of_trait)), "<a::S<X, Y> as a::T>::go");
        assert_eq!(path(&["a", "{impl#1}", "go"], "{async_fn_env#0}", None), "a::{impl#1}::go");
    }

    #[test]
    fn lists_are_cut_at_their_own_commas() {
        assert_eq!(split_arguments("<u8, Vec<T, A>, fn(a, b) -> c>"), ["u8", "Vec<T, A>", "fn(a, b) -> c"]);
        assert_eq!(split_arguments(""), [""; 0]);
    }
}
