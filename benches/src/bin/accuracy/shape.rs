//! From a machine, exact or predicted, to what is compared.

use std::ops::RangeInclusive;

use pinsight_machine::{Certainty, Evidence, Location, Role, Slot, State, Why};

use crate::facts::{Declared, Local, Reference, Suspend};

/// By what the awaited future is known in a reference.
pub(crate) const AWAITED: &str = "the awaited future";

/// The path from the package's folder, if the file is in it.
pub(crate) fn own_file(file: &str, folder: &str) -> Option<String> {
    match file.strip_prefix(folder) {
        Some(rest) => Some(rest.trim_start_matches('/').to_owned()),
        None => (!file.starts_with('/') && !file.starts_with('<')).then(|| file.to_owned()),
    }
}

/// Whether only the MIR tells that reason.
pub(crate) fn is_from_mir(why: &Why) -> bool {
    matches!(why, Why::UsedAfter | Why::DroppedAfter | Why::AddressTaken)
}

/// The text of a body.
pub(crate) struct Within<'a> {
    pub(crate) file: &'a str,
    pub(crate) folder: &'a str,
    pub(crate) lines: RangeInclusive<u32>,
}

impl Within<'_> {
    fn is_file(&self, location: &Location) -> bool {
        own_file(&location.file, self.folder).as_deref() == Some(self.file)
    }

    /// An `.await` of a macro has the place at which the macro declares it, which may be in the same file.
    fn has(&self, location: &Location) -> bool {
        self.is_file(location) && self.lines.contains(&location.line)
    }
}

/// What a suspend state stores.
pub(crate) fn suspend(state: &State, within: &Within<'_>) -> Suspend {
    let location = state.location.as_ref();
    let is_here = location.is_some_and(|location| within.has(location));
    let mut references = Vec::new();
    for slot in state.slots.iter() {
        for target in slot.points_at.iter() {
            let Some(to) = state.slots.get(target.slot) else { continue };
            let reference =
                Reference { from: name(slot), to: name(to), certain: target.certainty == Certainty::Certain };
            if !references.contains(&reference) {
                references.push(reference);
            }
        }
    }
    Suspend {
        line: location.filter(|_| is_here).map(|location| location.line),
        elsewhere: location.filter(|_| !is_here).map(ToString::to_string),
        own_line: location.filter(|location| !is_here && within.is_file(location)).map(|location| location.line),
        locals: state.slots.iter().filter(|slot| slot.role == Role::Local).map(|slot| local(slot, within)).collect(),
        references,
    }
}

fn local(slot: &Slot, within: &Within<'_>) -> Local {
    Local {
        name: plain(&slot.name),
        certain: slot.evidence != Evidence::Maybe,
        lost: slot.evidence == Evidence::Lost,
        condition: slot.condition.as_ref().map(ToString::to_string),
        declared: match &slot.declared {
            None => Declared::Unknown,
            Some(location) if within.is_file(location) => Declared::Line(location.line),
            Some(_) => Declared::Elsewhere,
        },
    }
}

/// By what a slot is known in a reference: an argument and the local that it was moved into are one.
fn name(slot: &Slot) -> String {
    match slot.role {
        Role::Awaitee => AWAITED.into(),
        Role::Temporary | Role::DropFlag => "a temporary".into(),
        Role::Argument => captured(&slot.name).map_or_else(|| "a temporary".into(), str::to_owned),
        Role::Local => plain(&slot.name),
    }
}

/// The variable of which a captured value is a reference or a part: `_ref__buf`, `job__done`. A pattern as an argument has no
/// name: `__arg0`.
pub(crate) fn captured(name: &str) -> Option<&str> {
    let name = name.trim_start_matches("_ref__").trim_start_matches("r#");
    name.split("__").next().filter(|part| !part.is_empty() && *part != "_")
}

/// Raw identifiers are written without their mark by the compiler.
fn plain(name: &str) -> String {
    name.trim_start_matches("r#").to_owned()
}
