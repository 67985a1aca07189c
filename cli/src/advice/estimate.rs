//! How large a machine would be if it stored something else.
//!
//! The compiler gives what is stored in several states, what was captured, and the discriminant a place that is theirs alone;
//! what is stored in one state only shares the bytes behind that with what is stored in others (rustc's
//! `rustc_abi::layout::coroutine`). An estimate is only used for machines whose real size it reproduces.

use std::collections::BTreeSet;

use pinsight_machine::{Machine, Role, StateKind};

/// A value, and the suspend states that store it.
#[derive(Clone, Debug)]
pub(super) struct Stored {
    pub(super) name: String,
    pub(super) size: u64,
    pub(super) align: u64,
    pub(super) states: BTreeSet<StateKind>,
    offset: u64,
    type_name: Option<String>,
}

#[derive(Clone, Debug)]
pub(super) struct Contents {
    pub(super) captured: Vec<(u64, u64)>,
    pub(super) stored: Vec<Stored>,
}

impl Contents {
    /// `None` if something that is stored is not known.
    pub(super) fn of(machine: &Machine) -> Option<Self> {
        let unresumed = machine.state(StateKind::Unresumed)?;
        let captured =
            unresumed.slots.iter().map(|slot| Some((slot.size?, slot.align?))).collect::<Option<Vec<_>>>()?;
        let mut stored: Vec<Stored> = Vec::new();
        for state in machine.suspend_states() {
            for slot in state.slots.iter().filter(|slot| slot.role != Role::Argument) {
                let (size, align, offset) = (slot.size?, slot.align?, slot.offset?);
                let type_name = slot.type_name.as_ref().map(ToString::to_string);
                // A value without a name has another number in each state.
                let is_unnamed = matches!(slot.role, Role::Temporary | Role::DropFlag);
                let same = stored.iter_mut().find(|other| {
                    other.offset == offset
                        && other.size == size
                        && other.type_name == type_name
                        && (is_unnamed || other.name == slot.name)
                        // What is awaited is another future each time.
                        && slot.role != Role::Awaitee
                });
                match same {
                    Some(other) => {
                        other.states.insert(state.kind);
                    }
                    None => stored.push(Stored {
                        name: slot.name.to_string(),
                        size,
                        align,
                        states: BTreeSet::from([state.kind]),
                        offset,
                        type_name,
                    }),
                }
            }
        }
        Some(Contents { captured, stored })
    }

    pub(super) fn size(&self) -> u64 {
        let is_shared = |stored: &&Stored| stored.states.len() > 1;
        let mut alone: Vec<(u64, u64)> = self.captured.clone();
        alone.extend(self.stored.iter().filter(is_shared).map(|stored| (stored.size, stored.align)));
        // The discriminant.
        alone.push((1, 1));
        alone.sort_by_key(|(_, align)| std::cmp::Reverse(*align));
        let prefix = end(0, &alone);
        let states: BTreeSet<StateKind> = self.stored.iter().flat_map(|stored| stored.states.iter().copied()).collect();
        let mut size = prefix;
        let mut align = alone.iter().map(|(_, align)| *align).max().unwrap_or(1);
        for state in states {
            let here = self.stored.iter().filter(|stored| !is_shared(stored) && stored.states.contains(&state));
            let mut here: Vec<(u64, u64)> = here.map(|stored| (stored.size, stored.align)).collect();
            // Behind the prefix the least aligned come first, to fill the gap that it leaves.
            here.sort_by_key(|(_, align)| *align);
            align = here.iter().map(|(_, align)| *align).chain([align]).max().unwrap_or(1);
            size = size.max(end(prefix, &here));
        }
        size.next_multiple_of(align.max(1))
    }
}

/// Where the last of them ends, if they follow each other.
fn end(start: u64, fields: &[(u64, u64)]) -> u64 {
    fields.iter().fold(start, |end, (size, align)| end.next_multiple_of((*align).max(1)).saturating_add(*size))
}
