//! Which machine of one program is which of the other.

use std::collections::BTreeMap;

use pinsight_machine::Machine;

/// A machine before and after.
pub(super) type Pair<'m> = (Option<&'m Machine>, Option<&'m Machine>);

/// Every machine of both once. By id; then, because a closure that is put before another gives all that follow new numbers,
/// by id without the numbers, and of several the one whose place is closest.
pub(super) fn pairs<'m>(old: &'m [Machine], new: &'m [Machine]) -> Vec<Pair<'m>> {
    let mut left: BTreeMap<&str, &Machine> = old.iter().map(|machine| (&*machine.id, machine)).collect();
    let mut pairs: Vec<Pair<'m>> = Vec::new();
    let mut came: BTreeMap<String, Vec<&Machine>> = BTreeMap::new();
    for machine in new {
        match left.remove(&*machine.id) {
            Some(before) => pairs.push((Some(before), Some(machine))),
            None => came.entry(without_numbers(&machine.id)).or_default().push(machine),
        }
    }
    let mut gone: BTreeMap<String, Vec<&Machine>> = BTreeMap::new();
    for machine in left.into_values() {
        gone.entry(without_numbers(&machine.id)).or_default().push(machine);
    }
    for (id, came) in came {
        pair_by_place(gone.remove(&id).unwrap_or_default(), came, &mut pairs);
    }
    pairs.extend(gone.into_values().flatten().map(|machine| (Some(machine), None)));
    pairs
}

/// Pairs first those whose lines are closest, and of one kind only: those in one file before all others.
fn pair_by_place<'m>(gone: Vec<&'m Machine>, came: Vec<&'m Machine>, pairs: &mut Vec<Pair<'m>>) {
    let distance = |old: &Machine, new: &Machine| match (&old.location, &new.location) {
        (Some(old), Some(new)) => (old.file != new.file, old.line.abs_diff(new.line)),
        _ => (true, u32::MAX),
    };
    let mut possible: Vec<(usize, usize)> =
        (0..gone.len()).flat_map(|old| (0..came.len()).map(move |new| (old, new))).collect();
    possible.retain(|(old, new)| gone[*old].kind == came[*new].kind);
    possible.sort_by_key(|(old, new)| (distance(gone[*old], came[*new]), *old, *new));
    let (mut old_left, mut new_left) = (vec![true; gone.len()], vec![true; came.len()]);
    for (old, new) in possible {
        if old_left[old] && new_left[new] {
            (old_left[old], new_left[new]) = (false, false);
            pairs.push((Some(gone[old]), Some(came[new])));
        }
    }
    pairs.extend(came.into_iter().zip(new_left).filter(|(_, left)| *left).map(|(machine, _)| (None, Some(machine))));
    pairs.extend(gone.into_iter().zip(old_left).filter(|(_, left)| *left).map(|(machine, _)| (Some(machine), None)));
}

/// `app::{impl#}::f::{async_block_env#}` of `app::{impl#3}::f::{async_block_env#0}`.
pub(super) fn without_numbers(id: &str) -> String {
    let mut plain = String::with_capacity(id.len());
    let mut is_number = false;
    for char in id.chars() {
        is_number = char == '#' || (is_number && char.is_ascii_digit());
        if !is_number || char == '#' {
            plain.push(char);
        }
    }
    plain
}
