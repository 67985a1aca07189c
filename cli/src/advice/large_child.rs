//! A child that is much larger than those in the other states, so that the machine is large for one of its states only.

use std::cmp::Reverse;
use std::collections::BTreeSet;

use pinsight_machine::views::{Bytes, short_type_name};
use pinsight_machine::{Machine, Role, Slot, StateKind};

use super::layout::{Layout, Value};
use super::{Advice, Kind, Saving, blank, labels};

/// So many times as large as the next one a child has to be.
const FAR: u64 = 2;

/// A smaller child is not worth an allocation. In bytes.
const LEAST: u64 = 256;

struct Awaited<'m> {
    state: StateKind,
    value: Value,
    slot: &'m Slot,
    size: u64,
}

pub(super) fn advice(machine: &Machine, layout: &Layout) -> Option<Advice> {
    let mut children: Vec<Awaited<'_>> = Vec::new();
    for state in machine.suspend_states() {
        let index = state.slots.iter().position(|slot| slot.role == Role::Awaitee);
        let Some((index, slot)) = index.and_then(|index| Some((index, state.slots.get(index)?))) else { continue };
        if let (Some(size), Some(value)) = (slot.size, layout.value(state.kind, index)) {
            children.push(Awaited { state: state.kind, value, slot, size });
        }
    }
    children.sort_by_key(|child| Reverse(child.size));
    let first = children.first()?;
    // The same child may be awaited in several places.
    let (large, others): (Vec<_>, Vec<_>) =
        children.iter().partition(|child| child.size == first.size && child.slot.type_name == first.slot.type_name);
    let next = others.iter().map(|child| child.size).max()?;
    if first.size < FAR.saturating_mul(next).max(LEAST) {
        return None;
    }
    let values: Vec<Value> = large.iter().map(|child| child.value).collect();
    let after = layout.resized(&values, pointer(machine));
    let saves = Saving::between(layout, &after, &after.without_conflicts(), &after);
    let states: BTreeSet<StateKind> = large.iter().map(|child| child.state).collect();
    let name = first.slot.child.as_ref().map(|child| &child.type_name).or(first.slot.type_name.as_ref());
    let name = name.map_or("the future".into(), |name| format!("`{}`", short_type_name(name)));
    let size = Bytes::from(first.size);
    Some(Advice {
        location: machine.state(*states.first()?)?.location.clone(),
        message: format!(
            "{name} ({size}), awaited in {}, is much larger than what is awaited elsewhere, at most {}",
            labels::states(&states),
            Bytes::from(next)
        ),
        help: "await `Box::pin(…)` of it, which costs an allocation each time: worth it if it is awaited seldom, or if many \
               of these futures wait elsewhere"
            .into(),
        labels: states.iter().filter_map(|state| labels::wait(machine, *state, format!("{size} in {state}"))).collect(),
        ..blank(machine, Kind::LargeChild, &first.slot.name, saves)
    })
}

/// How large a pointer is where the program runs: as its references say, and else as here.
fn pointer(machine: &Machine) -> u64 {
    let mut slots = machine.states.iter().flat_map(|state| state.slots.iter());
    let reference = slots.find(|slot| slot.type_name.as_deref().is_some_and(|name| name.starts_with(['&', '*'])));
    reference.and_then(|slot| slot.align).unwrap_or(size_of::<usize>() as u64)
}
