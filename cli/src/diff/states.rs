//! What is different in the states of one machine.

use pinsight_machine::{Machine, State, StateKind};
use serde::Serialize;

use super::matching::without_numbers;
use super::slots::{self, SlotChange};

/// A state that is not the same in both. One of the two at least is there.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct StateChange {
    pub(crate) old: Option<StateKind>,
    pub(crate) new: Option<StateKind>,
    /// Empty if the state came or went, or only has another number.
    pub(crate) slots: Vec<SlotChange>,
}

impl Serialize for StateChange {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        use serde::ser::SerializeStruct;
        let name = |state: Option<StateKind>| state.map(|state| state.to_string());
        let mut all = serializer.serialize_struct("StateChange", 3)?;
        all.serialize_field("old", &name(self.old))?;
        all.serialize_field("new", &name(self.new))?;
        all.serialize_field("slots", &self.slots)?;
        all.end()
    }
}

/// In the order of the new states; then what went.
pub(super) fn changes(old: &Machine, new: &Machine) -> Vec<StateChange> {
    let is_suspended = |state: &&State| matches!(state.kind, StateKind::Suspended(_));
    let mut changes = Vec::new();
    for state in new.states.iter().filter(|state| !is_suspended(state)) {
        compare(old.state(state.kind), Some(state), &mut changes);
    }
    for state in old.states.iter().filter(|state| !is_suspended(state) && new.state(state.kind).is_none()) {
        compare(Some(state), None, &mut changes);
    }
    let (before, after): (Vec<&State>, Vec<&State>) = (old.suspend_states().collect(), new.suspend_states().collect());
    for (before, after) in align(&before, &after) {
        compare(before, after, &mut changes);
    }
    changes
}

fn compare(old: Option<&State>, new: Option<&State>, changes: &mut Vec<StateChange>) {
    let slots = old.zip(new).map_or_else(Vec::new, |(old, new)| slots::changes(old, new));
    let (old, new) = (old.map(|state| state.kind), new.map(|state| state.kind));
    if old != new || !slots.is_empty() {
        changes.push(StateChange { old, new, slots });
    }
}

/// Compares at most this many pairs of states.
const PAIRS: usize = 1 << 20;

/// A new await gives all that follow new numbers. So the states are paired by what they await, in order, and as many as can
/// be; those between two pairs by their order.
fn align<'s>(old: &[&'s State], new: &[&'s State]) -> Vec<(Option<&'s State>, Option<&'s State>)> {
    let mut pairs = Vec::new();
    if old.len().saturating_mul(new.len()) > PAIRS {
        flush(&mut old.to_vec(), &mut new.to_vec(), &mut pairs);
        return pairs;
    }
    let awaited = |state: &State| {
        state.awaitee().map(|slot| (without_numbers(slot.type_name.as_deref().unwrap_or("")), slot.size))
    };
    let (before, after): (Vec<_>, Vec<_>) =
        (old.iter().map(|state| awaited(state)).collect(), new.iter().map(|state| awaited(state)).collect());
    // The longest common subsequence; a pair with the same size is worth a little more than one of the same type.
    let worth =
        |from: usize, to: usize| match (&before[from], &after[to]) {
            (Some((old_type, old_size)), Some((new_type, new_size))) if old_type == new_type => {
                if old_size == new_size { 3 } else { 2 }
            }
            (None, None) => 2,
            _ => 0,
        };
    let mut best = vec![vec![0; new.len() + 1]; old.len() + 1];
    for from in (0..old.len()).rev() {
        for to in (0..new.len()).rev() {
            let paired = if worth(from, to) > 0 { worth(from, to) + best[from + 1][to + 1] } else { 0 };
            best[from][to] = paired.max(best[from + 1][to]).max(best[from][to + 1]);
        }
    }
    let (mut from, mut to) = (0, 0);
    let (mut lone_old, mut lone_new) = (Vec::new(), Vec::new());
    while from < old.len() || to < new.len() {
        let is_pair = from < old.len()
            && to < new.len()
            && worth(from, to) > 0
            && best[from][to] == worth(from, to) + best[from + 1][to + 1];
        if is_pair {
            flush(&mut lone_old, &mut lone_new, &mut pairs);
            pairs.push((Some(old[from]), Some(new[to])));
            (from, to) = (from + 1, to + 1);
        } else if to == new.len() || (from < old.len() && best[from][to] == best[from + 1][to]) {
            lone_old.push(old[from]);
            from += 1;
        } else {
            lone_new.push(new[to]);
            to += 1;
        }
    }
    flush(&mut lone_old, &mut lone_new, &mut pairs);
    pairs
}

fn flush<'s>(
    old: &mut Vec<&'s State>,
    new: &mut Vec<&'s State>,
    pairs: &mut Vec<(Option<&'s State>, Option<&'s State>)>,
) {
    let (mut old, mut new) = (old.drain(..), new.drain(..));
    loop {
        match (old.next(), new.next()) {
            (None, None) => return,
            pair => pairs.push(pair),
        }
    }
}
