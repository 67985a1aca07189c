//! Whether a machine and a body of the MIR can be the same. Each test is of something that both sides say, and passes
//! where one of them does not.

use pinsight_machine::{Machine, MachineKind, Slot, StateKind};

use super::shared_path::shared_path;
use crate::brackets;
use crate::mir::MirMachine;

/// The types whose names both sides write in the same way, and no generic parameter stands for.
const PLAIN: [&str; 17] = [
    "bool", "char", "u8", "u16", "u32", "u64", "u128", "usize", "i8", "i16", "i32", "i64", "i128", "isize", "f32",
    "f64", "()",
];

/// Whether the body was written as that: `{async block@…}`, `{async fn body of …}`.
pub(crate) fn is_of_kind(kind: MachineKind, mir: &MirMachine) -> bool {
    let begins = match kind {
        MachineKind::AsyncFn => "{async fn body",
        MachineKind::AsyncBlock => "{async block",
        MachineKind::AsyncClosure => "{async closure body",
        MachineKind::GenFn => "{gen fn body",
        MachineKind::GenBlock => "{gen block",
        MachineKind::GenClosure => "{gen closure body",
        MachineKind::AsyncGenFn => "{async gen fn body",
        MachineKind::AsyncGenBlock => "{async gen block",
        MachineKind::AsyncGenClosure => "{async gen closure body",
        MachineKind::Coroutine => return mir.self_type.contains("coroutine@"),
    };
    mir.self_type.starts_with(begins)
}

/// Whether the function that the type names can be the one of the path. The type is cut as the header is, but often one
/// name later: `b::run` where the header has `run`.
pub(crate) fn is_of_path(path: &[String], mir: &MirMachine) -> bool {
    // An impl block's functions are named by its type, which the path has not.
    let Some(named) = function_of(mir).filter(|named| !named.starts_with('<') && !mir.header.contains("<impl at "))
    else {
        return true;
    };
    let Some((_, function)) = path.split_last() else { return true };
    let named = shared_path(named);
    // `run<T>` and, of a function in a generic one, `run::<T>::inner`.
    let named: Vec<&str> = named
        .iter()
        .filter(|part| !part.starts_with('<'))
        .map(|part| part.split_once('<').map_or(part.as_str(), |(name, _)| name))
        .collect();
    function.len().checked_sub(named.len()).is_some_and(|start| function[start..] == named[..])
}

/// Whether the impl block that the body is in can be of the type in that path: `app::S::run`, `<app::S as app::T>::run`.
pub(crate) fn is_of_impl(path: &str, mir: &MirMachine) -> bool {
    let (Some(known), Some(named)) = (type_of(path), function_of(mir).and_then(type_of)) else { return true };
    known == named
}

/// `S` of `a::S<T>::run` and of `<a::S<T> as b::Trait>::run`; none of a type without a name.
fn type_of(path: &str) -> Option<&str> {
    let parts = brackets::split(path, "::");
    let owner = match parts.first()?.strip_prefix('<') {
        Some(inside) => *brackets::split(inside.split_once(" as ")?.0, "::").last()?,
        None => *parts.get(parts.len().checked_sub(2)?)?,
    };
    let name = owner.split_once('<').map_or(owner, |(name, _)| name);
    let is_name = name.chars().all(|char| char.is_alphanumeric() || char == '_');
    // A parameter may be any type.
    (is_name && name.len() > 1 && name != "Self").then_some(name)
}

/// `a::S::run` of `{async fn body of a::S::run()}`.
fn function_of(mir: &MirMachine) -> Option<&str> {
    mir.self_type.split_once(" body of ")?.1.strip_suffix("()}")
}

/// The line on which the body's innermost impl block begins, if that is in the machine's file and before it.
pub(crate) fn line_of_impl(machine: &Machine, mir: &MirMachine) -> Option<u32> {
    let location = machine.location.as_ref()?;
    let (file, line) = location_in(mir.header.rsplit_once("<impl at ")?.1)?;
    (location.file.ends_with(file) && line <= location.line).then_some(line)
}

/// `src/a.rs` and 7 of `src/a.rs:7:1: 7:7>::run::{closure#0}`.
fn location_in(text: &str) -> Option<(&str, u32)> {
    let (file, rest) = text.split_once(".rs:")?;
    let line = rest.split(':').next()?.parse().ok()?;
    Some((&text[..file.len() + 3], line))
}

/// Whether both say the same of everything that both know.
pub(crate) fn agrees(machine: &Machine, mir: &MirMachine) -> bool {
    let captured = machine.state(StateKind::Unresumed).map(|state| &*state.slots).unwrap_or_default();
    stands_there(machine, mir)
        && machine.suspend_states().count() == mir.states.len()
        && mir.saved.iter().all(|saved| {
            let slot = slots(machine, saved.variant).and_then(|slots| slots.get(saved.field as usize));
            slot.is_some_and(|slot| {
                let same_name = saved.names.is_empty()
                    || saved.names.iter().any(|name| *name == slot.name)
                    || slot.name.starts_with("__");
                same_name && can_be_of_type(slot, &saved.type_name)
            })
        })
        && mir.upvars.iter().all(|upvar| {
            let slot = captured.get(upvar.index as usize);
            slot.is_some_and(|slot| can_be_of_type(slot, &upvar.type_name))
        })
}

/// A block says where it begins, an impl block too.
fn stands_there(machine: &Machine, mir: &MirMachine) -> bool {
    let Some(location) = &machine.location else { return true };
    let block = mir.self_type.split_once('@').and_then(|(_, location)| location_in(location));
    let same_file = |file: &str| last_of(file) == last_of(&location.file);
    if block.is_some_and(|(file, line)| line != location.line || !same_file(file)) {
        return false;
    }
    // In another file is a macro that made the block.
    let around = mir.header.rsplit_once("<impl at ").and_then(|(_, location)| location_in(location));
    around.is_none_or(|(file, line)| !location.file.ends_with(file) || line <= location.line)
}

fn last_of(file: &str) -> &str {
    file.rsplit(['/', '\\']).next().unwrap_or(file)
}

fn can_be_of_type(slot: &Slot, type_name: &str) -> bool {
    let Some(known) = slot.type_name.as_deref() else { return true };
    !PLAIN.contains(&type_name) || known == type_name
}

pub(crate) fn slots(machine: &Machine, variant: u32) -> Option<&[Slot]> {
    let state = machine.states.iter().find(|state| state.discriminant == Some(u64::from(variant)))?;
    Some(&state.slots)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_type_of_an_impl_block() {
        assert_eq!(type_of("a::Server<T>::run"), Some("Server"));
        assert_eq!(type_of("<a::Server as b::Service<c::Request>>::call"), Some("Server"));
        assert_eq!(type_of("<[u8; 2] as b::Service>::call"), None);
        assert_eq!(type_of("<T as b::Service>::call"), None);
    }

    fn is_of(path: &[&str], self_type: &str) -> bool {
        let path: Vec<String> = path.iter().map(|part| (*part).to_owned()).collect();
        is_of_path(&path, &MirMachine { self_type: self_type.to_owned(), ..MirMachine::default() })
    }

    #[test]
    fn the_function_that_the_type_names() {
        let path = ["a", "b", "run", "{closure#0}"];
        assert!(is_of(&path, "{async fn body of run<T>()}"));
        assert!(is_of(&path, "{async fn body of b::run()}"));
        assert!(is_of(&path, "{async fn body of a::b::run()}"));
        assert!(is_of(&path, "{async block@src/main.rs:1:1: 1:9}"));
        assert!(!is_of(&path, "{async fn body of c::run()}"));
        assert!(!is_of(&path, "{async fn body of walk<T>()}"));
        assert!(!is_of(&path, "{async fn body of x::a::b::run()}"));
    }
}
