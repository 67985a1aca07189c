use alloc::borrow::Cow;
use core::fmt;

use crate::{Certainty, List, Location, State, StateKind, Text};

/// What the compiler makes of one `async fn`, async block, async closure or other coroutine. A generic one has a machine for each
/// instance.
#[derive(Clone, Debug, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
pub struct Machine {
    /// Tells the machines of one program apart: the type's name as the compiler writes it. Not meant for people.
    pub id: Text,
    /// The path as a person writes it: `hyper::client::dispatch::Receiver<T>::recv`, `app::main::{async block#0}`.
    pub path: Text,
    /// The type arguments of this instance, in the order in which the compiler lists them.
    pub type_arguments: List<Text>,
    /// What was written in the source.
    pub kind: MachineKind,
    /// Where its body begins.
    pub location: Option<Location>,
    /// Its size in bytes.
    pub size: Option<u64>,
    /// Its alignment in bytes.
    pub align: Option<u64>,
    /// Where the number of the current state is stored: offset and size, in bytes.
    pub discriminant: Option<(u64, u64)>,
    /// Its states in the order of their discriminants: Unresumed, Returned, Panicked, Suspend0 and so on.
    pub states: List<State>,
    /// What could not be found out about this machine and why, and what would help: one sentence each.
    pub remarks: List<Text>,
}

impl Machine {
    /// A machine of which nothing is known, to be filled in, its kind above all. A `const` has to start from this and not from
    /// [`new`](Self::new): the compiler knows that a constant needs no drop there, but not that the result of a function needs none.
    pub const UNKNOWN: Machine = Machine {
        id: Cow::Borrowed(""),
        path: Cow::Borrowed(""),
        type_arguments: Cow::Borrowed(&[]),
        kind: MachineKind::AsyncFn,
        location: None,
        size: None,
        align: None,
        discriminant: None,
        states: Cow::Borrowed(&[]),
        remarks: Cow::Borrowed(&[]),
    };

    /// Makes a machine of which nothing but the kind is known, to be filled in.
    pub const fn new(kind: MachineKind) -> Self {
        Machine { kind, ..Machine::UNKNOWN }
    }

    /// Returns the path with the type arguments of this instance: `app::log_line<&str>`.
    pub fn full_name(&self) -> FullName<'_> {
        FullName(self)
    }

    /// Returns the states in which the machine waits, in order.
    pub fn suspend_states(&self) -> impl Iterator<Item = &State> {
        self.states.iter().filter(|state| matches!(state.kind, StateKind::Suspended(_)))
    }

    /// Returns how sure it is that the machine points into itself, in the state where that is surest. `None` if it is not known to.
    pub fn self_reference(&self) -> Option<Certainty> {
        let slots = self.states.iter().flat_map(|state| state.slots.iter());
        slots.flat_map(|slot| slot.points_at.iter()).map(|reference| reference.certainty).max()
    }

    /// Returns the state of that kind.
    pub fn state(&self, kind: StateKind) -> Option<&State> {
        self.states.iter().find(|state| state.kind == kind)
    }
}

/// Displays [`Machine::full_name`].
#[derive(Clone, Copy, Debug)]
pub struct FullName<'a>(&'a Machine);

impl fmt::Display for FullName<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0.path)?;
        let Some((first, others)) = self.0.type_arguments.split_first() else { return Ok(()) };
        write!(f, "<{first}")?;
        others.iter().try_for_each(|argument| write!(f, ", {argument}"))?;
        f.write_str(">")
    }
}

/// What was written in the source.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[cfg_attr(feature = "serde", serde(rename_all = "snake_case"))]
pub enum MachineKind {
    /// `async fn`
    AsyncFn,
    /// `async {}`
    AsyncBlock,
    /// `async || {}`
    AsyncClosure,
    /// `gen fn`, which is unstable.
    GenFn,
    /// `gen {}`, which is unstable.
    GenBlock,
    /// `gen || {}`, which is unstable.
    GenClosure,
    /// `async gen fn`, which is unstable.
    AsyncGenFn,
    /// `async gen {}`, which is unstable.
    AsyncGenBlock,
    /// `async gen || {}`, which is unstable.
    AsyncGenClosure,
    /// `#[coroutine] || {}`, which is unstable.
    Coroutine,
}

impl fmt::Display for MachineKind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(match self {
            MachineKind::AsyncFn => "async fn",
            MachineKind::AsyncBlock => "async block",
            MachineKind::AsyncClosure => "async closure",
            MachineKind::GenFn => "gen fn",
            MachineKind::GenBlock => "gen block",
            MachineKind::GenClosure => "gen closure",
            MachineKind::AsyncGenFn => "async gen fn",
            MachineKind::AsyncGenBlock => "async gen block",
            MachineKind::AsyncGenClosure => "async gen closure",
            MachineKind::Coroutine => "coroutine",
        })
    }
}
