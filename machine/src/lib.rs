//! The model of an async state machine, and every view of it. The compiler makes a [`Machine`] of an `async fn`: a list of
//! [`State`]s, each of which stores [`Slot`]s. This crate says what that is, for whoever finds machines out (`pinsight-layout` in
//! programs, `pinsight-lowering` in source) and whoever shows them.
//!
//! ```
//! use pinsight_machine::views::TextOptions;
//! use pinsight_machine::{Machine, MachineKind, Role, Slot, State, StateKind};
//!
//! let flag = Slot { offset: Some(0), size: Some(1), ..Slot::new("flag".into(), Role::Local) };
//! let waiting = State { slots: vec![flag].into(), ..State::new(StateKind::Suspended(0)) };
//! let machine = Machine {
//!     path: "app::tick".into(),
//!     size: Some(2),
//!     discriminant: Some((1, 1)),
//!     states: vec![waiting].into(),
//!     ..Machine::new(MachineKind::AsyncFn)
//! };
//! let text = machine.to_text(&TextOptions { width: 80, ..TextOptions::default() }).to_string();
//! assert!(text.starts_with("async fn app::tick: 2 bytes, align ?"));
//! assert_eq!(machine.padding(), Some(0));
//! assert!(machine.to_svg(&Default::default()).to_string().starts_with("<svg"));
//! ```
//!
//! A machine does not know where it comes from. It only says, of each fact, whether it is known: what is not is `None` or an empty
//! list, never a guess. [`views`] has the forms in which it can be shown.
//!
//! All text and all lists may be borrowed, so that a machine can be a `const`: it starts from [`Machine::UNKNOWN`].

#![no_std]
#![forbid(unsafe_code)]
#![warn(clippy::self_named_module_files)]

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
