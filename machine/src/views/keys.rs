use alloc::collections::BTreeMap;
use alloc::vec;
use alloc::vec::Vec;

use crate::{Machine, Slot, State};

const LETTERS: &[u8; 52] = b"abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ";

/// How many colours a view must have.
pub(super) const COLORS: usize = 7;

/// By what a value is known in every picture of its machine.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Key {
    /// No two values of one state share it, unless there are more than 52 in it: all others get `+`.
    pub(super) letter: char,
    /// Below [`COLORS`].
    pub(super) color: usize,
}

/// The keys of all slots of a machine that have bytes. A value that lives through several states has the same in each.
pub(super) struct Keys {
    /// By state and slot.
    keys: Vec<Vec<Option<Key>>>,
}

impl Keys {
    pub(super) fn of(machine: &Machine) -> Self {
        let values = Values::of(machine);
        let mut letters: Vec<Option<usize>> = vec![None; values.states_of.len()];
        let mut free: Vec<usize> = (0..LETTERS.len()).collect();
        for (value, states) in values.states_of.iter().enumerate() {
            // A letter that no other value has; where they run out, one that no other value of the same states has.
            letters[value] = if free.is_empty() {
                let taken = |letter: &usize| {
                    letters
                        .iter()
                        .enumerate()
                        .any(|(other, has)| has == &Some(*letter) && shares(&values.states_of[other], states))
                };
                (0..LETTERS.len()).find(|letter| !taken(letter))
            } else {
                Some(free.remove(0))
            };
        }
        let key = |value: usize| Key {
            letter: letters[value].map_or('+', |letter| char::from(LETTERS[letter])),
            color: value % COLORS,
        };
        Keys { keys: values.slots.iter().map(|slots| slots.iter().map(|value| value.map(key)).collect()).collect() }
    }

    /// `None` of a slot without bytes, or without a known place.
    pub(super) fn get(&self, state: usize, slot: usize) -> Option<Key> {
        self.keys.get(state)?.get(slot).copied().flatten()
    }
}

/// Both lists are sorted.
fn shares(one: &[usize], other: &[usize]) -> bool {
    one.iter().any(|state| other.binary_search(state).is_ok())
}

/// The distinct values of a machine.
struct Values {
    /// By state and slot the number of the value.
    slots: Vec<Vec<Option<usize>>>,
    /// By number the states that store it.
    states_of: Vec<Vec<usize>>,
}

impl Values {
    fn of(machine: &Machine) -> Self {
        let mut values = Values { slots: Vec::new(), states_of: Vec::new() };
        // Only slots at the same place can be the same value.
        let mut known: BTreeMap<(u64, u64), Vec<(usize, &Slot)>> = BTreeMap::new();
        for (index, state) in machine.states.iter().enumerate() {
            let mut numbers = vec![None; state.slots.len()];
            for slot in in_order_of_offsets(state) {
                let stored = &state.slots[slot];
                let Some(bytes) = stored.bytes().filter(|bytes| !bytes.is_empty()) else { continue };
                let same_place = known.entry((bytes.start, bytes.end)).or_default();
                let number = match same_place.iter().find(|(_, other)| other.is_same_value(stored)) {
                    Some((number, _)) => *number,
                    None => {
                        values.states_of.push(Vec::new());
                        same_place.push((values.states_of.len() - 1, stored));
                        values.states_of.len() - 1
                    }
                };
                numbers[slot] = Some(number);
                let states = &mut values.states_of[number];
                if states.last() != Some(&index) {
                    states.push(index);
                }
            }
            values.slots.push(numbers);
        }
        values
    }
}

/// The slots of a state as a reader expects them: by offset, those without a known place last.
pub(super) fn in_order_of_offsets(state: &State) -> Vec<usize> {
    let mut order: Vec<usize> = (0..state.slots.len()).collect();
    order.sort_by_key(|&index| (state.slots[index].offset.unwrap_or(u64::MAX), index));
    order
}
