use alloc::borrow::Cow;

use crate::{List, Location, Text};

/// One value that a state stores.
#[derive(Clone, Debug, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
pub struct Slot {
    /// The name in the source; of a value without one, what the compiler calls it (`__0`, `__awaitee`).
    pub name: Text,
    /// What it is to the machine.
    pub role: Role,
    /// Its type, with full paths.
    pub type_name: Option<Text>,
    /// Its size in bytes.
    pub size: Option<u64>,
    /// Its alignment in bytes.
    pub align: Option<u64>,
    /// How far it is from the start of the machine, in bytes.
    pub offset: Option<u64>,
    /// Where type, size and offset come from.
    pub evidence: Evidence,
    /// Where it is declared.
    pub declared: Option<Location>,
    /// Why it has to be stored in this state. Empty: not known.
    pub reasons: List<Reason>,
    /// Says what the type has to be for a slot that may be stored to be so, as the end of a sentence: `its type needs drop`.
    pub condition: Option<Text>,
    /// The slots of this same state into which it holds a reference or a pointer: what makes the machine immovable.
    pub points_at: List<PointsAt>,
    /// The future that the slot is, or that it holds by value or in a box.
    pub child: Option<Child>,
}

impl Slot {
    /// A slot of which nothing is known, to be filled in, name and role above all: see
    /// [`Machine::UNKNOWN`](crate::Machine::UNKNOWN).
    pub const UNKNOWN: Slot = Slot {
        name: Cow::Borrowed(""),
        role: Role::Local,
        type_name: None,
        size: None,
        align: None,
        offset: None,
        evidence: Evidence::Recorded,
        declared: None,
        reasons: Cow::Borrowed(&[]),
        condition: None,
        points_at: Cow::Borrowed(&[]),
        child: None,
    };

    /// Makes a slot of which nothing but name and role are known, to be filled in.
    pub const fn new(name: Text, role: Role) -> Self {
        Slot { name, role, ..Slot::UNKNOWN }
    }

    /// Returns whether that is one of the reasons.
    pub fn is_stored_because(&self, why: &Why) -> bool {
        self.reasons.iter().any(|reason| reason.why == *why)
    }

    /// Adds a reason, unless it is there already.
    pub fn add_reason(&mut self, reason: Reason) {
        if !self.is_stored_because(&reason.why) {
            self.reasons.to_mut().push(reason);
        }
    }

    /// Returns whether it is not decided that the slot is stored.
    pub fn is_maybe(&self) -> bool {
        self.evidence == Evidence::Maybe
    }

    /// Returns the bytes that it occupies; `None` where they are not known.
    pub fn bytes(&self) -> Option<core::ops::Range<u64>> {
        let start = self.offset?;
        Some(start..start.checked_add(self.size?)?)
    }
}

/// What a slot is to its machine.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[cfg_attr(feature = "serde", serde(rename_all = "snake_case"))]
pub enum Role {
    /// Captured when the machine was made: an argument of the function, or an upvar of the block or closure.
    Argument,
    /// A variable of the body.
    Local,
    /// A value without a name.
    Temporary,
    /// A `bool` by which the machine knows whether a value that may have been moved out still has to be dropped.
    DropFlag,
    /// The future that is awaited in this state.
    Awaitee,
}

/// Where type, size and offset of a slot come from.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[cfg_attr(feature = "serde", serde(rename_all = "snake_case"))]
pub enum Evidence {
    /// Read as it was recorded; unknown fields are `None`.
    Recorded,
    /// Predicted from the source: it is stored whatever its type is. Unknown fields are `None`.
    Predicted,
    /// The debug info repeats the facts of another slot of the same name; the true ones were found at the captured argument.
    RepairedFromUnresumed,
    /// As above; the true ones were found at the variable of the poll function.
    RepairedFromVariable,
    /// As above, and the true ones could not be found: type, size and offset are `None`.
    Lost,
    /// Predicted, and only the compiler can tell whether the slot is stored at all: [`Slot::condition`] says what decides it.
    Maybe,
}

/// Why a slot has to be stored in a state, and what in the source says so.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
pub struct Reason {
    /// The reason itself.
    pub why: Why,
    /// The line of the use, the drop or the borrow, in the file of the machine; a prediction knows it.
    pub line: Option<u32>,
}

impl From<Why> for Reason {
    fn from(why: Why) -> Self {
        Reason { why, line: None }
    }
}

/// Why a slot has to be stored in a state.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[cfg_attr(feature = "serde", serde(rename_all = "snake_case"))]
pub enum Why {
    /// It was captured, and captured values have their place in every state.
    Captured,
    /// It is being awaited.
    Awaited,
    /// It is used after the machine is resumed.
    UsedAfter,
    /// It is dropped after the machine is resumed, at the end of its scope.
    DroppedAfter,
    /// That slot of the same state refers to it.
    BorrowedBy(Text),
    /// Its address was taken before, and may still be in use.
    AddressTaken,
}

/// A reference from a slot into a slot of the same state.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
pub struct PointsAt {
    /// The slot that it points into: an index into the slots of the same state.
    pub slot: usize,
    /// The part of that slot: ``, `.name`, `.0.len`, `[_]`.
    pub part: Text,
    /// How sure that is.
    pub certainty: Certainty,
    /// The function through which a possible reference went; empty for a certain one.
    pub through: Text,
}

/// How sure a self-reference is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[cfg_attr(feature = "serde", serde(rename_all = "snake_case"))]
pub enum Certainty {
    /// The reference went through a call whose result can carry it on.
    Possible,
    /// On a path to this state an assignment stores it, directly, or through moves and struct or tuple literals.
    Certain,
}

/// A future inside of a slot.
#[derive(Clone, Debug, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
pub struct Child {
    /// What kind of future it is.
    pub kind: ChildKind,
    /// Its type, with full paths.
    pub type_name: Text,
    /// The [`Machine::id`](crate::Machine::id) of a coroutine.
    pub machine: Option<Text>,
    /// Its size in bytes. A boxed future has its own size here, where that is known, and not that of the box.
    pub size: Option<u64>,
    /// The futures inside of it, by value or in a box. Empty for a coroutine: its own machine has them.
    pub children: List<Child>,
}

/// What kind of future a child is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[cfg_attr(feature = "serde", serde(rename_all = "snake_case"))]
pub enum ChildKind {
    /// A machine of its own.
    Coroutine,
    /// A type with a hand-written `poll`, or one that holds futures.
    HandWritten,
    /// A pointer to a future elsewhere, of a type that is known.
    Boxed,
    /// A `dyn Future`: which one is only known at run time.
    Dyn,
}
