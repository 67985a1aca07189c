//! Safe access to the fields of pinned values, and a look into the state machines that make pinning necessary.
//!
//! The compiler turns an `async fn` into a value that stores, across each `.await`, the locals that are still needed. If one of them
//! borrows another, the value points into itself, and may not be moved any more: a move copies the bytes, and the copied reference still says the old address.
//! [`Pin`](core::pin::Pin) is the promise not to move it until it is dropped. A type that is [`Unpin`] does not need that promise.
//!
//! A *projection* leads from `Pin<&mut Struct>` to the fields. By hand that takes `unsafe`; the derive writes it, and the compiler
//! rejects what would break a promise:
//!
//! ```
//! use pinsight::PinProject;
//! use std::pin::Pin;
//! use std::task::{Context, Poll, ready};
//!
//! /// Tells, beside the output, how often the future was polled.
//! #[derive(PinProject)]
//! struct Counted<F> {
//!     #[pin]
//!     future: F,
//!     polls: u32,
//! }
//!
//! impl<F: Future> Future for Counted<F> {
//!     type Output = (F::Output, u32);
//!
//!     fn poll(self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Self::Output> {
//!         let this = self.project();
//!         *this.polls += 1; // `&mut u32`: not pinned
//!         let output = ready!(this.future.poll(context)); // `Pin<&mut F>`: pinned
//!         Poll::Ready((output, *this.polls))
//!     }
//! }
//! ```
//!
//! | to | use |
//! | --- | --- |
//! | project a type | [`#[derive(PinProject)]`](derive@PinProject), with an example for each of its arguments |
//! | move from pin-project, and change nothing but the import | [`#[pin_project]`](macro@pin_project), [`#[pinned_drop]`](macro@pinned_drop) |
//! | move from pin-project-lite, likewise | [`lite::pin_project!`](lite::pin_project) |
//! | drop a pinned type with code of its own | [`PinnedDrop`] |
//! | decide by hand when a type is `Unpin` | [`UnsafeUnpin`] |
//! | find an executor that moves what it has pinned | [`PinGuard`] |
#![cfg_attr(
    feature = "explain",
    doc = "| see what an `async fn` stores across each `.await`, and why | [`#[explain]`](macro@explain), [`machine`] |"
)]
#![cfg_attr(
    not(feature = "explain"),
    doc = "| see what an `async fn` stores across each `.await`, and why | `#[explain]`, with the feature `explain` |"
)]
//!
//! # Features
//!
//! Without features the crate is `no_std`, allocates nothing, and depends on nothing but its own macros, which need no syn.
//!
//! | feature | adds |
//! | --- | --- |
//! | `explain` | `#[explain]`, and the model of what it tells; needs an allocator, and compiles syn |
//! | `serde` | `Serialize` and `Deserialize` for that model |

#![no_std]

// The README's examples are tested.
#[cfg(all(doctest, feature = "explain"))]
#[doc = include_str!("../README.md")]
struct Readme;

mod attribute;
mod derive;
#[cfg(feature = "explain")]
mod explain;
#[cfg(feature = "explain")]
mod max_size;
#[cfg(feature = "explain")]
pub use explain::{explain, machine};

#[doc(hidden)]
pub mod __private;
#[doc(hidden)]
pub use __private::{DeclaresPinnedDrop, DeclaresUnsafeUnpin, UsePinnedDropInsteadOfDrop};
mod guard;
pub mod lite;
mod support;
mod traits;

pub use attribute::{pin_project, pinned_drop};
pub use derive::PinProject;
pub use guard::PinGuard;
pub use traits::{PinnedDrop, UnsafeUnpin};
