//! What is different in the slots of one state.

use pinsight_machine::{Role, Slot, State};
use serde::Serialize;

use super::matching::without_numbers;

/// A slot that is not the same in both.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub(crate) struct SlotChange {
    pub(crate) name: String,
    pub(crate) role: Role,
    #[serde(flatten)]
    pub(crate) event: SlotEvent,
}

/// What has become of a slot. Sizes and offsets are in bytes; `None` is not known.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(tag = "event", rename_all = "snake_case")]
pub(crate) enum SlotEvent {
    Came {
        size: Option<u64>,
    },
    Went {
        size: Option<u64>,
    },
    /// It has another size, and perhaps another type.
    Resized {
        old: Option<u64>,
        new: Option<u64>,
        old_type: Option<String>,
        new_type: Option<String>,
    },
    /// It has another type of the same size.
    Retyped {
        old_type: Option<String>,
        new_type: Option<String>,
    },
    /// It is the same, at another offset.
    Moved {
        old: Option<u64>,
        new: Option<u64>,
    },
}

/// In the order of the new slots; then what went.
pub(super) fn changes(old: &State, new: &State) -> Vec<SlotChange> {
    let mut left: Vec<&Slot> = old.slots.iter().collect();
    let mut changes = Vec::new();
    let mut tell =
        |slot: &Slot, event| changes.push(SlotChange { name: slot.name.to_string(), role: slot.role, event });
    for slot in new.slots.iter() {
        let alike =
            |exact: bool| left.iter().position(|other| is_same(other, slot) && (!exact || is_same_type(other, slot)));
        let Some(index) = alike(true).or_else(|| alike(false)) else {
            tell(slot, SlotEvent::Came { size: slot.size });
            continue;
        };
        let before = left.remove(index);
        let types =
            || (before.type_name.as_ref().map(ToString::to_string), slot.type_name.as_ref().map(ToString::to_string));
        if before.size != slot.size {
            let (old_type, new_type) = types();
            tell(slot, SlotEvent::Resized { old: before.size, new: slot.size, old_type, new_type });
        } else if !is_same_type(before, slot) {
            let (old_type, new_type) = types();
            tell(slot, SlotEvent::Retyped { old_type, new_type });
        } else if before.offset != slot.offset {
            tell(slot, SlotEvent::Moved { old: before.offset, new: slot.offset });
        }
    }
    left.into_iter().for_each(|slot| tell(slot, SlotEvent::Went { size: slot.size }));
    changes
}

/// Values without a name are numbered anew in each build, so that only their type tells them apart.
fn is_same(old: &Slot, new: &Slot) -> bool {
    old.role == new.role
        && match old.role {
            Role::Temporary => is_same_type(old, new),
            Role::DropFlag => true,
            Role::Argument | Role::Local | Role::Awaitee => old.name == new.name,
        }
}

fn is_same_type(old: &Slot, new: &Slot) -> bool {
    let plain = |slot: &Slot| slot.type_name.as_deref().map(without_numbers);
    plain(old) == plain(new)
}
