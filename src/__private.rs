//! What generated code names. Not API: it may change with every version.
//!
//! Generated code looks these items up by a path, and a path can lead anywhere: `extern crate self as pinsight`, `crate = path` and
//! a `package = …` in Cargo.toml all redirect it. So each expansion proves that the items which its `unsafe` rests on are the ones
//! below: it implements one of the two unsafe traits here for the type, with a member that no other trait has and whose type
//! can only be written with the genuine [`Support`], [`Unpin`] and [`Drop`]. Whoever builds a module that passes for this one has
//! to write `unsafe`. SOUNDNESS.md, condition 7, goes through it.

#![allow(missing_docs, drop_bounds, dyn_drop, missing_debug_implementations)]

pub use crate::support::{ByTrait, Support};
pub use crate::traits::{PinnedDrop, UnsafeUnpin};
pub use core::marker::{PhantomData, PhantomPinned, Sized, Unpin};
pub use core::ops::Drop;
pub use core::pin::Pin;
pub use pinsight_macros::{__PinProjectHandedOver, __compat_pin_project, __compat_pinned_drop, __pin_project_lite};

#[cfg(feature = "explain")]
pub use crate::max_size::check_size;

/// Says that a type is projected, and rejects one that implements `Drop`: that has the trait twice. The user reads its name
/// in the compiler's message.
///
/// # Safety
///
/// The macros implement it, for the types that they project. The trait is unsafe because a trait that is not cannot pass for it.
pub unsafe trait UsePinnedDropInsteadOfDrop {
    /// `(Support, dyn Unpin)`, by the expansion's own names for both, or another [`Genuine`] type.
    #[doc(hidden)]
    type __ImplementedByPinsight: ?Sized + Genuine<Self>;
}

// SAFETY: no macro implements the trait for a type that has a `Drop` of its own; if one does, this is a second
// implementation, and the program does not compile.
unsafe impl<T: ?Sized + Drop> UsePinnedDropInsteadOfDrop for T {
    type __ImplementedByPinsight = (Support, dyn Unpin);
}

/// Says that a type has drop code in a `PinnedDrop` implementation, so that one nobody would call is an error.
///
/// # Safety
///
/// The macros implement it, for the types that say `PinnedDrop`. The trait is unsafe because a trait that is not cannot pass for it.
#[diagnostic::on_unimplemented(
    message = "the `PinnedDrop` implementation of `{Self}` would never run",
    label = "does not say `PinnedDrop`",
    note = "write `#[pin(PinnedDrop)]` (or `#[pin_project(PinnedDrop)]`) on the type"
)]
pub unsafe trait DeclaresPinnedDrop {
    /// `fn(Support, &dyn Unpin, &dyn Drop, PhantomPinned, ByTrait<Self>)`, by the expansion's own names for all of them. It is called
    /// otherwise than the member of the other trait, so that neither can stand in the place of the other.
    #[doc(hidden)]
    type __DropIsByPinsight: GenuineWithDrop<Self>;
}

/// Says that a type leaves it to `UnsafeUnpin` when it is `Unpin`, so that an implementation without effect is an error.
#[diagnostic::on_unimplemented(
    message = "the `UnsafeUnpin` implementation of `{Self}` would have no effect",
    label = "does not say `UnsafeUnpin`",
    note = "write `#[pin(UnsafeUnpin)]` (or `#[pin_project(UnsafeUnpin)]`) on the type"
)]
pub trait DeclaresUnsafeUnpin {}

/// Holds for types that can only be written with the genuine [`Support`], [`Unpin`] and [`PhantomPinned`].
///
/// # Safety
///
/// It must hold for no other type: whoever implements it makes the proof above worthless.
#[diagnostic::on_unimplemented(
    message = "what was found at the path to `pinsight` is not all of pinsight",
    label = "`{Self}` is another type there",
    note = "name the crate itself: `crate = path::to::pinsight`"
)]
pub unsafe trait Genuine<T: ?Sized> {}

// SAFETY: `dyn Unpin` is another type than `dyn` anything else, and neither name in it has a parameter by which an alias could be
// the real one in some places only. So both have to be the real ones.
unsafe impl<T: ?Sized> Genuine<T> for (Support, dyn Unpin) {}

// SAFETY: as above, of the third name too, which a type with `!Unpin` rests on.
unsafe impl<T: ?Sized> Genuine<T> for (Support, PhantomPinned, dyn Unpin) {}

// SAFETY: as above. A type with `UnsafeUnpin` rests on `ByTrait<Self>`, with this very argument.
unsafe impl<T: ?Sized> Genuine<T> for (Support, ByTrait<T>, dyn Unpin) {}

/// As [`Genuine`], of [`Drop`] as well.
///
/// # Safety
///
/// As [`Genuine`].
#[diagnostic::on_unimplemented(
    message = "what was found at the path to `pinsight` is not all of pinsight",
    label = "`{Self}` is another type there",
    note = "name the crate itself: `crate = path::to::pinsight`"
)]
pub unsafe trait GenuineWithDrop<T: ?Sized> {}

// SAFETY: as above, of all the names.
unsafe impl<T: ?Sized> GenuineWithDrop<T> for fn(Support, &dyn Unpin, &dyn Drop, PhantomPinned, ByTrait<T>) {}
