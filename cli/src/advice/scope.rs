//! Values that are stored while the machine waits, and that nothing uses after that.

use std::collections::BTreeSet;

use pinsight_machine::views::Bytes;
use pinsight_machine::{Machine, Role, Slot, State, StateKind, Why};

use super::layout::{Layout, Value};
use super::{Advice, Kind, Saving, blank, labels};

pub(super) fn advice(machine: &Machine, layout: &Layout) -> Vec<Advice> {
    let mut values: BTreeSet<Value> = BTreeSet::new();
    for state in machine.suspend_states() {
        let idle = state.slots.iter().enumerate().filter(|(_, slot)| is_idle(slot) && !is_argument(state, slot));
        values.extend(idle.filter_map(|(index, _)| layout.value(state.kind, index)));
    }
    values.into_iter().filter_map(|value| of_value(machine, layout, value)).collect()
}

/// Whether nothing needs the value but its own drop, which could have come before. What is borrowed by something that is
/// stored beside it says so; an address alone that was taken before keeps a value stored, though it is not used any more.
fn is_idle(slot: &Slot) -> bool {
    matches!(slot.role, Role::Local | Role::Temporary)
        && !slot.reasons.is_empty()
        && slot.reasons.iter().all(|reason| matches!(reason.why, Why::DroppedAfter | Why::AddressTaken))
}

/// The local that an argument was moved into cannot be put into a block.
fn is_argument(state: &State, slot: &Slot) -> bool {
    state.slots.iter().any(|other| other.role == Role::Argument && other.name == slot.name && other.size == slot.size)
}

fn of_value(machine: &Machine, layout: &Layout, value: Value) -> Option<Advice> {
    let all = layout.states(value);
    let slot_in = |state: StateKind| machine.state(state)?.slots.get(*all.get(&state)?);
    let idle: BTreeSet<StateKind> = all.keys().copied().filter(|state| slot_in(*state).is_some_and(is_idle)).collect();
    let first = *idle.first()?;
    let (state, slot) = (machine.state(first)?, slot_in(first)?);

    let after = layout.without(value, &idle);
    // A value that may have been moved out has a drop flag, which goes with it.
    let every: BTreeSet<StateKind> = all.keys().copied().collect();
    let best = after.without_drop_flags(&every).without_conflicts();
    let worst = after.with_conflicts_of_what_left(layout);
    let saves = Saving::between(layout, &after, &best, &worst);

    let is_unnamed = slot.role == Role::Temporary;
    let what = if is_unnamed { "a value without a name".to_owned() } else { format!("`{}`", slot.name) };
    let size = Bytes(slot.size);
    let named = labels::states(&idle);
    let twin = state.slots.iter().find(|other| is_twin(slot, other));
    let kind = if twin.is_some() { Kind::Moved } else { Kind::Scope };
    let message = match twin {
        Some(twin) if twin.role == Role::Awaitee => {
            format!("{what} ({size}) is stored in {named} beside the awaited future that it was moved into")
        }
        Some(twin) => format!(
            "{what} ({size}) is stored in {named} beside `{}` of the same type, and nothing uses it there",
            twin.name
        ),
        None => format!("{what} ({size}) is stored in {named}, and nothing uses it there"),
    };
    let help = match (is_unnamed, twin) {
        (true, _) => {
            "it lives until the end of its statement, such as a `match` or `if let`: before that, give what is needed of it a \
             name with a `let` of its own"
        }
        (false, Some(_)) => {
            "move it out of a block that ends before the await, as in `let moved = { let value = …; …; value };`: a value \
             that was borrowed keeps its place until the end of its scope, though it was moved"
        }
        (false, None) => {
            "put it, with all that uses it, into a block that ends before the await; `drop` alone does not free its place if \
             it was ever borrowed"
        }
    };
    let is_dropped =
        idle.iter().filter_map(|state| slot_in(*state)).any(|slot| slot.is_stored_because(&Why::DroppedAfter));
    let guard = if is_dropped && twin.is_none() { ". If it is a guard, this releases it before the await" } else { "" };

    let mut marks = Vec::new();
    marks.extend((!is_unnamed).then(|| labels::declaration(slot, format!("{size}"))).flatten());
    marks.extend(idle.iter().take(3).filter_map(|state| labels::wait(machine, *state, format!("stored in {state}"))));
    Some(Advice {
        location: slot.declared.clone().filter(|_| !is_unnamed).or_else(|| state.location.clone()),
        message,
        help: format!("{help}{guard}"),
        labels: marks,
        ..blank(machine, kind, &slot.name, saves)
    })
}

/// Whether a value looks like what the other was moved into.
fn is_twin(slot: &Slot, other: &Slot) -> bool {
    matches!(other.role, Role::Local | Role::Awaitee)
        && other.offset != slot.offset
        && other.type_name.is_some()
        && other.type_name == slot.type_name
        && other.size == slot.size
}
