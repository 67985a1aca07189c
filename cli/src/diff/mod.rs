//! What is different between the machines of two programs, or of one program at two times.

mod matching;
mod print;
mod slots;
mod states;
#[cfg(test)]
mod tests;

use std::cmp::Reverse;

use pinsight_machine::Machine;

pub(crate) use print::{human, json, short};
pub(crate) use slots::{SlotChange, SlotEvent};
pub(crate) use states::StateChange;

/// The machines of both, compared.
#[derive(Debug)]
pub(crate) struct Diff<'m> {
    /// What grew most first, what shrank most last.
    pub(crate) changes: Vec<Change<'m>>,
    /// Machines that are the same in both.
    pub(crate) unchanged: usize,
    /// The sum of all sizes before and after, in bytes. A machine inside of another counts in both.
    pub(crate) total: (u64, u64),
}

/// A machine that is not the same in both. One of the two at least is there.
#[derive(Clone, Debug)]
pub(crate) struct Change<'m> {
    pub(crate) old: Option<&'m Machine>,
    pub(crate) new: Option<&'m Machine>,
    /// State by state, where both are there.
    pub(crate) states: Vec<StateChange>,
}

/// What has become of a machine.
#[derive(Clone, Copy, Debug, PartialEq, Eq, serde::Serialize)]
#[serde(rename_all = "snake_case")]
pub(crate) enum Event {
    Grew,
    Shrank,
    /// It is as large as it was, and stores something else.
    Changed,
    Came,
    Went,
}

impl Change<'_> {
    pub(crate) fn event(&self) -> Event {
        match (self.old, self.new) {
            (None, _) => Event::Came,
            (_, None) => Event::Went,
            _ if self.growth() > 0 => Event::Grew,
            _ if self.growth() < 0 => Event::Shrank,
            _ => Event::Changed,
        }
    }

    /// The name that it has now, or had.
    pub(crate) fn name(&self) -> String {
        self.new.or(self.old).map_or_else(String::new, Machine::short_name)
    }

    /// In bytes. What came has grown from nothing.
    pub(crate) fn growth(&self) -> i64 {
        let size = |machine: Option<&Machine>| {
            machine.and_then(|machine| machine.size).map_or(0, |size| i64::try_from(size).unwrap_or(i64::MAX))
        };
        size(self.new).saturating_sub(size(self.old))
    }
}

/// Compares the machines of two programs.
pub(crate) fn between<'m>(old: &'m [Machine], new: &'m [Machine]) -> Diff<'m> {
    let pairs = matching::pairs(old, new);
    let mut changes: Vec<Change<'m>> = Vec::new();
    let mut unchanged = 0;
    for (old, new) in pairs {
        let states = old.zip(new).map_or_else(Vec::new, |(old, new)| states::changes(old, new));
        let change = Change { old, new, states };
        if change.event() == Event::Changed && change.states.is_empty() {
            unchanged += 1;
        } else {
            changes.push(change);
        }
    }
    changes.sort_by_cached_key(|change| (Reverse(change.growth()), change.name()));
    let total = |machines: &[Machine]| machines.iter().filter_map(|machine| machine.size).fold(0, u64::saturating_add);
    Diff { changes, unchanged, total: (total(old), total(new)) }
}
