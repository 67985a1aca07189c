#![no_std]
#![doc = include_str!("../README.md")]

pub use pinsight_macros::{PinProject, pin_project, pinned_drop};

#[doc(hidden)]
pub mod __private;
pub mod lite;
mod traits;

pub use traits::{PinnedDrop, UnsafeUnpin};
