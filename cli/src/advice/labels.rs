//! Places in the source, and what to say there.

use pinsight_machine::{Location, Machine, Slot, StateKind};
use serde::Serialize;

/// Something to say of a name on a line.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub(crate) struct Label {
    pub(crate) location: Location,
    /// What is meant on that line; debug info has no columns.
    #[serde(skip)]
    pub(crate) word: String,
    pub(crate) text: String,
}

/// Where the value is declared, if that is known.
pub(super) fn declaration(slot: &Slot, text: String) -> Option<Label> {
    slot.declared.clone().map(|location| Label { location, word: slot.name.to_string(), text })
}

/// The await of that state, if its place is known.
pub(super) fn wait(machine: &Machine, state: StateKind, text: String) -> Option<Label> {
    let location = machine.state(state)?.location.clone()?;
    Some(Label { location, word: "await".into(), text })
}

/// `Suspend0, Suspend1 and Suspend2`; of many the first and the last.
pub(super) fn states<'a>(states: impl IntoIterator<Item = &'a StateKind>) -> String {
    let names: Vec<String> = states.into_iter().map(ToString::to_string).collect();
    match &names[..] {
        [] => String::new(),
        [one] => one.clone(),
        [first @ .., last] if names.len() <= 4 => format!("{} and {last}", first.join(", ")),
        [first, .., last] => format!("{first} and {} more states, the last of them {last}", names.len() - 1),
    }
}
