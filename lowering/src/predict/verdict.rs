//! Whether a local is stored at a suspension: whatever its type is, or only if its type is one of some.

use crate::flow::Run;
use crate::graph::{Local, LocalId};
use crate::types::Class;

/// The answer for one local at one suspension.
#[derive(Debug, PartialEq, Eq)]
pub(crate) enum Verdict {
    Stored,
    /// With what decides it, as the end of a sentence.
    Maybe(String),
    NotStored,
}

pub(crate) fn verdict(runs: &[Run], suspension: usize, id: LocalId, local: &Local) -> Verdict {
    let stored = |run: &&Run| run.stored[suspension].contains(id.index());
    let fitting: Vec<&Run> = runs.iter().filter(|run| run.assumption.fits(local)).collect();
    let count = fitting.iter().filter(|run| stored(run)).count();
    if count == 0 {
        return Verdict::NotStored;
    }
    if count == fitting.len() {
        return Verdict::Stored;
    }
    Verdict::Maybe(condition(&fitting, &stored, local))
}

/// What the runs in which it is stored have in common, and the others have not.
fn condition(fitting: &[&Run], stored: &dyn Fn(&&Run) -> bool, local: &Local) -> String {
    let decided_by = |test: &dyn Fn(&Run) -> bool| fitting.iter().all(|run| stored(run) == test(run));
    let needs_drop = |run: &Run| run.assumption.class.needs_drop();
    let by_reference = |run: &Run| run.assumption.by_reference;
    let is_reference = |run: &Run| run.assumption.class.is_reference();
    let call = || match local.deciding_call.as_deref() {
        Some("the call") => "the call takes it by reference".to_owned(),
        Some(method) => format!("`{method}` takes it by reference"),
        None => "a field of it is reached through `Deref`".to_owned(),
    };
    if decided_by(&needs_drop) {
        return "its type needs drop".to_owned();
    }
    if decided_by(&by_reference) {
        return call();
    }
    if decided_by(&|run| !is_reference(run)) {
        return "its type is not a reference".to_owned();
    }
    if decided_by(&|run| run.assumption.class == Class::Copy) {
        return "its type is `Copy`".to_owned();
    }
    if decided_by(&|run| !is_reference(run) && by_reference(run)) {
        return format!("its type is not a reference and {}", call());
    }
    if decided_by(&|run| needs_drop(run) || !is_reference(run) && by_reference(run)) {
        return format!("its type needs drop, or {}", call());
    }
    if decided_by(&|run| matches!(run.assumption.class, Class::Shared | Class::Copy)) {
        return "its type is `Copy`".to_owned();
    }
    "its type needs drop or is borrowed by what it is given to".to_owned()
}
