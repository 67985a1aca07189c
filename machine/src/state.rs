use alloc::borrow::Cow;
use alloc::vec::Vec;
use core::fmt;

use crate::{List, Location, Role, Slot, Text};

/// One state of a machine, and what the machine stores while it is in it.
#[derive(Clone, Debug, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
pub struct State {
    /// Which state it is.
    pub kind: StateKind,
    /// The value that the discriminant has in this state.
    pub discriminant: Option<u64>,
    /// Where it waits: the `.await` or the `yield` of a suspend state.
    pub location: Option<Location>,
    /// The expression that is awaited, as it is written; a prediction knows it.
    pub awaited: Option<Text>,
    /// What is stored, in the compiler's own order: locals first, then what the machine captured.
    pub slots: List<Slot>,
}

impl State {
    /// A state of which nothing is known, to be filled in, its kind above all: see [`Machine::UNKNOWN`](crate::Machine::UNKNOWN).
    pub const UNKNOWN: State = State {
        kind: StateKind::Unresumed,
        discriminant: None,
        location: None,
        awaited: None,
        slots: Cow::Borrowed(&[]),
    };

    /// A state of which nothing but the kind is known, to be filled in.
    pub const fn new(kind: StateKind) -> Self {
        State { kind, ..State::UNKNOWN }
    }

    /// What is awaited in this state.
    pub fn awaitee(&self) -> Option<&Slot> {
        self.slots.iter().find(|slot| slot.role == Role::Awaitee)
    }

    /// The arguments that are stored twice in this state: once as they were captured, and once more as the local into which
    /// the body moves each argument when it begins ([rust#62958](https://github.com/rust-lang/rust/issues/62958)).
    pub fn stored_twice(&self) -> Vec<StoredTwice> {
        let mut pairs = Vec::new();
        for (captured, argument) in self.slots.iter().enumerate().filter(|(_, slot)| slot.role == Role::Argument) {
            let copy = self.slots.iter().position(|local| {
                local.role == Role::Local
                    && local.name == argument.name
                    && local.type_name == argument.type_name
                    && local.size == argument.size
                    && local.offset.is_some()
                    && argument.offset.is_some()
                    && local.offset != argument.offset
            });
            if let Some(local) = copy {
                pairs.push(StoredTwice { captured, local, size: argument.size.unwrap_or(0) });
            }
        }
        pairs
    }
}

/// An argument that a state stores twice. Both indices are into [`State::slots`].
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct StoredTwice {
    /// The argument as it was captured.
    pub captured: usize,
    /// The local that it was moved into.
    pub local: usize,
    /// Of one of the two, in bytes.
    pub size: u64,
}

/// Which state it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[cfg_attr(feature = "serde", serde(rename_all = "snake_case"))]
pub enum StateKind {
    /// Not polled yet; stores what the machine captured.
    Unresumed,
    /// Finished; polling it again panics.
    Returned,
    /// A poll panicked; polling it again panics too.
    Panicked,
    /// Waiting at the suspend point with this number, counted from 0.
    Suspended(u32),
}

impl fmt::Display for StateKind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            StateKind::Unresumed => f.pad("Unresumed"),
            StateKind::Returned => f.pad("Returned"),
            StateKind::Panicked => f.pad("Panicked"),
            StateKind::Suspended(number) => f.pad(&alloc::format!("Suspend{number}")),
        }
    }
}
