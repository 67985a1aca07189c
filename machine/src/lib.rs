//! The model that everything in pinsight which explains speaks: a [`Machine`] is what the compiler makes of an `async fn`,
//! a list of [`State`]s, each of which stores [`Slot`]s.
//!
//! A machine comes from a prediction made of source text, from a compiled program, or from a running one. The model does not
//! know which; it only says, of each fact, whether it is known. What is unknown is `None` or an empty list, never a guess.
//!
//! All text and all lists may be borrowed, so that a machine can be a `const`:
//!
//! ```
//! use std::borrow::Cow;
//! use pinsight_machine::{Machine, MachineKind, State, StateKind};
//!
//! const MACHINE: Machine = Machine {
//!     id: Cow::Borrowed("app::tick::{async_fn_env#0}"),
//!     path: Cow::Borrowed("app::tick"),
//!     states: Cow::Borrowed(const { &[State::new(StateKind::Unresumed), State::new(StateKind::Suspended(0))] }),
//!     kind: MachineKind::AsyncFn,
//!     ..Machine::UNKNOWN
//! };
//! assert_eq!(MACHINE.suspend_states().count(), 1);
//! ```

#![no_std]
#![forbid(unsafe_code)]

extern crate alloc;

mod byte_map;
mod location;
mod machine;
mod overlap;
mod slot;
mod state;
pub mod views;

pub use byte_map::{Segment, SegmentKind};
pub use location::Location;
pub use machine::{Machine, MachineKind};
pub use overlap::Overlap;
pub use slot::{Certainty, Child, ChildKind, Evidence, PointsAt, Reason, Role, Slot, Why};
pub use state::{State, StateKind, StoredTwice};

/// Text that is borrowed in a `const` and owned elsewhere.
pub type Text = alloc::borrow::Cow<'static, str>;

/// A list that is borrowed in a `const` and owned elsewhere.
pub type List<T> = alloc::borrow::Cow<'static, [T]>;

// The example of the README is tested.
#[cfg(doctest)]
#[doc = include_str!("../README.md")]
struct Readme;
