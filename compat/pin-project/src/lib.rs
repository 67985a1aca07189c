//! Stands in for `pin-project` 1.2, and by `../pin-project-1.1` for 1.1: the same names, made by pinsight.
//!
//! A crate that depends on this one knows only the name `pin_project`, so the macros here are the variants of
//! [`pinsight::pin_project`] and [`pinsight::pinned_drop`] whose output begins with `::pin_project::__private`.

#![no_std]

#[doc(hidden)]
pub use pinsight::__private;
pub use pinsight::__private::__compat_pin_project as pin_project;
pub use pinsight::__private::__compat_pinned_drop as pinned_drop;
pub use pinsight::UnsafeUnpin;
