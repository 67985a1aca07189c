//! How large a machine would be if it stored something else.
//!
//! What the compiler does (`rustc_abi::layout::coroutine`, as of Rust 1.95): it makes one *prefix* of what has a place of its
//! own in every state, which is what was captured, the discriminant, and each *promoted* value; and behind the prefix the
//! states share the rest of the bytes. A value is promoted if several states store it, or if it exists at the same time as one
//! that another state stores. If only one state is left with values of its own, these are promoted too. Both parts are
//! packed by alignment like a struct.
//!
//! Which values exist at the same time is not written down, but can be seen: what is promoted lies among the prefix. So a
//! [`Layout`] is only made for a machine whose size, and on which side of the prefix each value lies, it gives as they are.

#[cfg(test)]
mod tests;

use std::collections::{BTreeMap, BTreeSet};

use pinsight_machine::{Machine, Role, Slot, StateKind};

/// A value, and the states that store it.
#[derive(Clone, Debug)]
struct Stored {
    /// In bytes.
    size: u64,
    /// In bytes.
    align: u64,
    /// The states in which the machine waits with it, and which of their slots it is there.
    states: BTreeMap<StateKind, usize>,
    is_drop_flag: bool,
    /// It exists at the same time as a value that only another state stores.
    conflicts: bool,
    /// Where it lies in the machine as it is.
    offset: u64,
}

/// One of the values of a [`Layout`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Value(usize);

/// What a machine stores, and by that how large it is.
#[derive(Clone, Debug)]
pub(super) struct Layout {
    /// Size and alignment of the discriminant and of each captured value.
    fixed: Vec<(u64, u64)>,
    stored: Vec<Stored>,
}

impl Layout {
    /// `None` if something that is stored is not known, or if the machine is not laid out as said above.
    pub(super) fn of(machine: &Machine) -> Option<Self> {
        let (_, discriminant) = machine.discriminant?;
        let captured = &machine.state(StateKind::Unresumed)?.slots;
        let mut fixed = captured.iter().map(|slot| Some((slot.size?, slot.align?))).collect::<Option<Vec<_>>>()?;
        fixed.push((discriminant, discriminant));
        let stored = values(machine)?;
        let mut layout = Layout { fixed, stored };
        layout.find_conflicts();
        let is_reproduced = machine.size == Some(layout.size()) && layout.sides_agree();
        is_reproduced.then_some(layout)
    }

    /// In bytes.
    pub(super) fn size(&self) -> u64 {
        let promoted = self.promoted();
        let prefix = self.prefix(&promoted);
        let fields = self.fixed.iter().copied().chain(self.stored.iter().map(|stored| (stored.size, stored.align)));
        let align = fields.map(|(_, align)| align).max().unwrap_or(1);
        let states: BTreeSet<StateKind> = self.stored.iter().flat_map(|stored| stored.states.keys().copied()).collect();
        let ends = states.into_iter().map(|state| {
            let own = self.stored.iter().zip(&promoted);
            let own = own.filter(|(stored, promoted)| !**promoted && stored.states.contains_key(&state));
            let mut own: Vec<(u64, u64)> = own.map(|(stored, _)| (stored.size, stored.align)).collect();
            // A large size that is a multiple of a power of two counts as that alignment.
            own.sort_by_key(|&(size, align)| align.max(size).trailing_zeros());
            own.iter().fold(prefix, |end, &(size, align)| end.next_multiple_of(align.max(1)).saturating_add(size))
        });
        ends.max().unwrap_or(prefix).max(prefix).next_multiple_of(align.max(1))
    }

    /// The value that a state has in that slot.
    pub(super) fn value(&self, state: StateKind, slot: usize) -> Option<Value> {
        self.stored.iter().position(|stored| stored.states.get(&state) == Some(&slot)).map(Value)
    }

    /// The states that store the value, and which of their slots it is.
    pub(super) fn states(&self, value: Value) -> &BTreeMap<StateKind, usize> {
        &self.stored[value.0].states
    }

    /// The value is no longer stored in these states.
    pub(super) fn without(&self, value: Value, states: &BTreeSet<StateKind>) -> Self {
        let mut layout = self.clone();
        layout.stored[value.0].states.retain(|state, _| !states.contains(state));
        layout.without_the_unused()
    }

    /// The value has another size, and is as aligned as large.
    pub(super) fn resized(&self, values: &[Value], size: u64) -> Self {
        let mut layout = self.clone();
        for value in values {
            (layout.stored[value.0].size, layout.stored[value.0].align) = (size, size);
        }
        layout
    }

    /// No two values of different states exist at the same time.
    pub(super) fn without_conflicts(&self) -> Self {
        let mut layout = self.clone();
        layout.stored.iter_mut().for_each(|stored| stored.conflicts = false);
        layout
    }

    /// What only one state stores by now exists at the same time as what another stores.
    pub(super) fn with_conflicts_of_what_left(&self, before: &Self) -> Self {
        let mut layout = self.clone();
        let was_shared = |offset: u64, size: u64| {
            let mut values = before.stored.iter();
            values.any(|stored| (stored.offset, stored.size) == (offset, size) && stored.states.len() > 1)
        };
        for stored in layout.stored.iter_mut().filter(|stored| stored.states.len() == 1) {
            stored.conflicts |= was_shared(stored.offset, stored.size);
        }
        layout
    }

    /// Without the drop flags that only these states have: one of them may belong to a value that left.
    pub(super) fn without_drop_flags(&self, states: &BTreeSet<StateKind>) -> Self {
        let mut layout = self.clone();
        layout
            .stored
            .retain(|stored| !(stored.is_drop_flag && stored.states.keys().all(|state| states.contains(state))));
        layout
    }

    fn without_the_unused(mut self) -> Self {
        self.stored.retain(|stored| !stored.states.is_empty());
        self
    }

    /// Where what the states do not share ends. The largest alignments come first, so that there are gaps at its end only.
    fn prefix(&self, promoted: &[bool]) -> u64 {
        let stored = self.stored.iter().zip(promoted).filter(|(_, promoted)| **promoted);
        let fields = self.fixed.iter().copied().chain(stored.map(|(stored, _)| (stored.size, stored.align)));
        let (size, align) =
            fields.fold((0u64, 1), |(sum, most), (size, align)| (sum.saturating_add(size), most.max(align)));
        size.next_multiple_of(align)
    }

    fn promoted(&self) -> Vec<bool> {
        let shares = |stored: &&Stored| stored.states.len() == 1 && !stored.conflicts;
        let sharing: BTreeSet<StateKind> =
            self.stored.iter().filter(shares).flat_map(|stored| stored.states.keys().copied()).collect();
        self.stored.iter().map(|stored| sharing.len() < 2 || !shares(&stored)).collect()
    }

    /// A value of one state that lies among the prefix was promoted for its conflicts, and makes the prefix larger.
    fn find_conflicts(&mut self) {
        loop {
            let promoted = self.promoted();
            let prefix = self.prefix(&promoted);
            let mut others = self.stored.iter_mut().zip(&promoted).filter(|(_, promoted)| !**promoted);
            let Some((stored, _)) = others.find(|(stored, _)| stored.offset < prefix && stored.size > 0) else {
                return;
            };
            stored.conflicts = true;
        }
    }

    fn sides_agree(&self) -> bool {
        let promoted = self.promoted();
        let prefix = self.prefix(&promoted);
        self.stored.iter().zip(&promoted).filter(|(stored, _)| stored.size > 0).all(|(stored, promoted)| {
            if *promoted { stored.offset.saturating_add(stored.size) <= prefix } else { stored.offset >= prefix }
        })
    }
}

/// The values that the states store, each once. The captured ones have their own places and are not among them.
fn values(machine: &Machine) -> Option<Vec<Stored>> {
    let mut values: Vec<(&Slot, Stored)> = Vec::new();
    for state in machine.suspend_states() {
        for (index, slot) in state.slots.iter().enumerate().filter(|(_, slot)| slot.role != Role::Argument) {
            let (size, align, offset) = (slot.size?, slot.align?, slot.offset?);
            let same = values.iter_mut().find(|(other, _)| is_one_value(machine, other, slot));
            match same {
                Some((_, stored)) => {
                    stored.states.insert(state.kind, index);
                }
                None => {
                    let states = BTreeMap::from([(state.kind, index)]);
                    let is_drop_flag = slot.role == Role::DropFlag;
                    values.push((slot, Stored { size, align, states, is_drop_flag, conflicts: false, offset }));
                }
            }
        }
    }
    Some(values.into_iter().map(|(_, stored)| stored).collect())
}

/// Whether two slots of two states are one value: what is stored in several states never shares its bytes with another.
fn is_one_value(machine: &Machine, one: &Slot, other: &Slot) -> bool {
    // What is awaited is another future each time.
    if one.role == Role::Awaitee || !one.is_same_value(other) {
        return false;
    }
    let Some(bytes) = one.bytes() else { return false };
    let mut slots = machine.suspend_states().flat_map(|state| state.slots.iter());
    !slots.any(|slot| {
        let shares =
            slot.bytes().is_some_and(|range| !range.is_empty() && range.start < bytes.end && bytes.start < range.end);
        shares && !slot.is_same_value(one)
    })
}
