//! What generated code names. Not API: it may change with every version.
//!
//! What soundness rests on is the text of `support_items.rs` in the macros, which is repeated on the spot where the user
//! has named another path to the crate. Here follows what has to be the same for everybody.

#![allow(missing_docs, non_camel_case_types, drop_bounds, missing_debug_implementations)]

pub use crate::traits::{PinnedDrop, UnsafeUnpin};
pub use pinsight_macros::{__PinProjectHandedOver, __compat_pin_project, __compat_pinned_drop, __pin_project_lite};

#[cfg(feature = "explain")]
pub use crate::max_size::check_size;

pinsight_macros::__support_items!();

impl<T: ?Sized + UnsafeUnpin> Unpin for ByTrait<'_, T> {}

/// Is there for every type that says `PinnedDrop`, so that an implementation nobody would call is an error.
#[diagnostic::on_unimplemented(
    message = "the `PinnedDrop` implementation of `{Self}` would never run",
    label = "does not say `PinnedDrop`",
    note = "write `#[pin(PinnedDrop)]` (or `#[pin_project(PinnedDrop)]`) on the type"
)]
pub trait DeclaresPinnedDrop {}

/// Has an effect only where the derive says `UnsafeUnpin`.
pub struct UnsafeUnpin_UnlessTheAttributeSaysSo;

impl<T: ?Sized + UnsafeUnpin> MustNotImplement<UnsafeUnpin_UnlessTheAttributeSaysSo> for T {}
