use alloc::borrow::Cow;
use alloc::vec::Vec;
use core::fmt;

use crate::{List, Location, PointsAt, Reason, Role, Slot, Text, Why};

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

    /// Makes a state of which nothing but the kind is known, to be filled in.
    pub const fn new(kind: StateKind) -> Self {
        State { kind, ..State::UNKNOWN }
    }

    /// Returns the slot of the future that is awaited in this state.
    pub fn awaitee(&self) -> Option<&Slot> {
        self.slots.iter().find(|slot| slot.role == Role::Awaitee)
    }

    /// Notes a reference from one slot into another one at both of them: what the first points at, and that the second is stored
    /// because the first borrows it. A reference to the same part that is less certain gives way. `line` is where it was taken.
    pub fn add_reference(&mut self, from: usize, reference: PointsAt, line: Option<u32>) {
        let target = reference.slot;
        let slots = self.slots.to_mut();
        let points_at = slots[from].points_at.to_mut();
        let same = points_at.iter().position(|known| known.slot == target && known.part == reference.part);
        match same {
            Some(same) if points_at[same].certainty >= reference.certainty => return,
            Some(same) => drop(points_at.remove(same)),
            None => {}
        }
        points_at.push(reference);
        let why = Why::BorrowedBy(slots[from].name.clone());
        slots[target].add_reason(Reason { why, line });
    }

    /// Drops the reason that an address was taken where there is another one: it explains what nothing else explains. To be
    /// called when all reasons are known.
    pub fn drop_needless_reasons(&mut self) {
        let is_needless = |slot: &Slot| slot.reasons.len() > 1 && slot.is_stored_because(&Why::AddressTaken);
        if self.slots.iter().any(is_needless) {
            for slot in self.slots.to_mut().iter_mut().filter(|slot| is_needless(slot)) {
                slot.reasons.to_mut().retain(|reason| reason.why != Why::AddressTaken);
            }
        }
    }

    /// Returns the arguments that are stored twice in this state: once as they were captured, and once more as the local into which
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
    /// The size of one of the two, in bytes.
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
