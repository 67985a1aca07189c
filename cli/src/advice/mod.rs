//! What would make a machine smaller, and by how many bytes.
//!
//! The figures come from the machine's [layout], worked out anew without what the advice removes. A machine whose
//! real size that does not give gets no advice.

mod labels;
mod large_child;
mod layout;
mod print;
mod saving;
mod scope;
mod stored_twice;
#[cfg(test)]
mod tests;

use std::cmp::Reverse;

use pinsight_machine::{Location, Machine, Role};
use serde::Serialize;

use labels::Label;
use layout::Layout;

pub(crate) use print::{human, json, short};
pub(crate) use saving::Saving;

/// One thing that could be done.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub(crate) struct Advice {
    /// The machine's name, as `list` prints it.
    pub(crate) machine: String,
    /// Its [`Machine::id`].
    pub(crate) id: String,
    pub(crate) kind: Kind,
    /// The value that it is about.
    pub(crate) slot: String,
    /// Where that is declared, or where the machine waits with it.
    pub(crate) location: Option<Location>,
    /// What the machine has now, in bytes.
    pub(crate) size: u64,
    pub(crate) saves: Saving,
    pub(crate) message: String,
    pub(crate) help: String,
    /// Places in the source that belong to it.
    pub(crate) labels: Vec<Label>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "kebab-case")]
pub(crate) enum Kind {
    /// Nothing needs the value after the await.
    Scope,
    /// An argument is stored as it was captured, and as the local it was moved into.
    StoredTwice,
    /// One child is much larger than the others.
    LargeChild,
    /// The same value is stored again where it was moved to.
    Moved,
}

impl Kind {
    fn name(self) -> &'static str {
        match self {
            Kind::Scope => "scope",
            Kind::StoredTwice => "stored-twice",
            Kind::LargeChild => "large-child",
            Kind::Moved => "moved",
        }
    }
}

/// What was found in some machines.
#[derive(Debug, Default)]
pub(crate) struct Survey {
    /// What saves most first.
    pub(crate) advice: Vec<Advice>,
    /// How many machines store something that is not known, or are laid out in a way that is not understood.
    pub(crate) not_understood: usize,
    /// How many machines do not say why they store what they store, because there is no MIR of them: whether anything still
    /// needs it is not known.
    pub(crate) without_reasons: usize,
}

/// Less is not worth a change. In bytes.
const LEAST: u64 = 16;

/// The advice for all of them.
pub(crate) fn survey(machines: &[&Machine]) -> Survey {
    let mut survey = Survey::default();
    for machine in machines {
        match Layout::of(machine) {
            Some(layout) => survey.advice.extend(of_layout(machine, &layout)),
            None => survey.not_understood += 1,
        }
        survey.without_reasons += usize::from(lacks_reasons(machine));
    }
    survey.advice.sort_by(|a, b| (Reverse(a.saves), &a.machine, &a.slot).cmp(&(Reverse(b.saves), &b.machine, &b.slot)));
    survey
}

fn of_layout(machine: &Machine, layout: &Layout) -> Vec<Advice> {
    let mut list = scope::advice(machine, layout);
    list.extend(stored_twice::advice(machine, layout));
    list.extend(large_child::advice(machine, layout));
    list.retain(|advice| advice.saves.bytes >= LEAST);
    list
}

fn lacks_reasons(machine: &Machine) -> bool {
    let mut kept = machine
        .suspend_states()
        .flat_map(|state| state.slots.iter())
        .filter(|slot| matches!(slot.role, Role::Local | Role::Temporary) && slot.size >= Some(LEAST))
        .peekable();
    kept.peek().is_some() && kept.all(|slot| slot.reasons.is_empty())
}

/// An advice to be filled in.
fn blank(machine: &Machine, kind: Kind, slot: &str, saves: Saving) -> Advice {
    Advice {
        machine: machine.short_name(),
        id: machine.id.to_string(),
        kind,
        slot: slot.to_owned(),
        location: None,
        size: machine.size.unwrap_or(0),
        saves,
        message: String::new(),
        help: String::new(),
        labels: Vec::new(),
    }
}
