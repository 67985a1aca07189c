//! What generated code names. Not API.

#![allow(missing_docs, non_camel_case_types, drop_bounds, missing_debug_implementations)]

pub use crate::traits::{PinnedDrop, UnsafeUnpin};
pub use pinsight_macros::{
    __PinProjectHandedOver, __compat_pin_project, __compat_pinned_drop, __pin_project_lite,
};

pinsight_macros::__support_items!();

/// The type, as a foreign one: see `unpin.rs` of the macros.
pub struct ByUnsafe<'a, T: ?Sized>(PhantomData<&'a ()>, PhantomData<T>);

pub trait DeclaresPinnedDrop {}

/// Has an effect only where the derive says `UnsafeUnpin`.
pub struct UnsafeUnpin_UnlessTheAttributeSaysSo;

impl<T: ?Sized + UnsafeUnpin> MustNotImplement<UnsafeUnpin_UnlessTheAttributeSaysSo> for T {}
