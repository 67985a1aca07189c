use alloc::vec::Vec;

use crate::{Machine, State, StateKind};

/// A slot of another state that shares bytes with a slot.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Overlap {
    /// The other state.
    pub state: StateKind,
    /// The index into the slots of the other state.
    pub slot: usize,
}

impl Machine {
    /// Returns the slots of other states that have some of the same bytes, and are not the same value carried over.
    pub fn overlaps(&self, state: &State, slot: usize) -> Vec<Overlap> {
        let Some(slot) = state.slots.get(slot) else { return Vec::new() };
        let Some(bytes) = slot.bytes().filter(|bytes| !bytes.is_empty()) else { return Vec::new() };
        let mut overlaps = Vec::new();
        for other in self.states.iter().filter(|other| other.kind != state.kind) {
            for (index, there) in other.slots.iter().enumerate() {
                let shares = there
                    .bytes()
                    .is_some_and(|range| !range.is_empty() && range.start < bytes.end && bytes.start < range.end);
                if shares && !there.is_same_value(slot) {
                    overlaps.push(Overlap { state: other.kind, slot: index });
                }
            }
        }
        overlaps
    }
}

impl crate::Slot {
    /// Returns whether two slots of two states of one machine are the same variable: the compiler gives a variable that lives across
    /// several suspend points one place. A value without a name is numbered anew in each state, so that its name says nothing.
    pub fn is_same_value(&self, other: &crate::Slot) -> bool {
        let unnamed = |slot: &crate::Slot| matches!(slot.role, crate::Role::Temporary | crate::Role::DropFlag);
        self.bytes() == other.bytes()
            && self.offset.is_some()
            && self.type_name == other.type_name
            && (self.name == other.name || (unnamed(self) && unnamed(other)))
    }
}
