//! The traits that users implement.

use crate::__private::{ByUnsafe, DeclaresPinnedDrop, Pin};

/// A custom implementation of [`Unpin`].
///
/// # Safety
///
/// The type may be `Unpin` only if all its structurally pinned fields are.
pub unsafe trait UnsafeUnpin {}

// SAFETY: this says of a type what the type itself says.
unsafe impl<T: ?Sized + UnsafeUnpin> UnsafeUnpin for ByUnsafe<'_, T> {}

/// A custom implementation of [`Drop`].
pub trait PinnedDrop: DeclaresPinnedDrop {
    #[doc(hidden)]
    unsafe fn __drop(self: Pin<&mut Self>);

    /// Runs when the value is dropped.
    fn drop(self: Pin<&mut Self>) {}
}
