//! Arguments that are stored as they were captured, and once more as the local that the body moves each argument into.

use std::collections::{BTreeMap, BTreeSet};

use pinsight_machine::views::Bytes;
use pinsight_machine::{Machine, MachineKind, StateKind};

use super::labels::{self, Label};
use super::layout::{Layout, Value};
use super::{Advice, Kind, Saving, blank};

const AS_A_BLOCK: &str =
    "write `fn … -> impl Future<Output = …> { async move { … } }`, which stores it once (rust-lang/rust#62958)";

pub(super) fn advice(machine: &Machine, layout: &Layout) -> Vec<Advice> {
    let mut locals: BTreeMap<Value, (StateKind, usize)> = BTreeMap::new();
    for state in machine.suspend_states() {
        for pair in state.stored_twice() {
            if let Some(value) = layout.value(state.kind, pair.local) {
                locals.entry(value).or_insert((state.kind, pair.local));
            }
        }
    }
    locals.into_iter().filter_map(|(value, place)| of_local(machine, layout, value, place)).collect()
}

fn of_local(machine: &Machine, layout: &Layout, value: Value, (state, index): (StateKind, usize)) -> Option<Advice> {
    let slot = machine.state(state)?.slots.get(index)?;
    let states: BTreeSet<StateKind> = layout.states(value).keys().copied().collect();
    let after = layout.without(value, &states);
    let saves = Saving::between(layout, &after, &after.without_conflicts(), &after);
    let is_reference = slot.type_name.as_deref().is_some_and(|name| name.starts_with(['&', '*']));
    let help = match machine.kind {
        MachineKind::AsyncFn if is_reference => AS_A_BLOCK.to_owned(),
        MachineKind::AsyncFn => format!("{AS_A_BLOCK}; or take it by reference, if the caller can keep it"),
        MachineKind::AsyncClosure => {
            "write `|…| async move { … }`, which stores it once (rust-lang/rust#62958)".to_owned()
        }
        _ => "use the captured value itself, and do not move it into a variable".to_owned(),
    };
    let size = Bytes(slot.size);
    let declared = slot.declared.clone().or_else(|| machine.location.clone());
    let label = declared.clone().map(|location| Label {
        location,
        word: slot.name.to_string(),
        text: format!("{size}, twice"),
    });
    Some(Advice {
        location: declared,
        message: format!(
            "`{}` ({size}) is stored twice in {}: as it was captured, and as the variable it was moved into",
            slot.name,
            labels::states(&states)
        ),
        help,
        labels: label.into_iter().collect(),
        ..blank(machine, Kind::StoredTwice, &slot.name, saves)
    })
}
