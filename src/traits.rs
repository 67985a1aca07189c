//! The traits that users implement.

use crate::__private::{DeclaresPinnedDrop, DeclaresUnsafeUnpin, Pin};

/// A custom implementation of [`Unpin`], for a type that knows better than its fields when it may be moved.
///
/// Without it, a projected type is `Unpin` if all its structurally pinned fields are. With
/// [`#[pin(UnsafeUnpin)]`](derive@crate::PinProject#unsafeunpin) on the type, it is `Unpin` if it implements this trait. The
/// implementation is what decides, so it has the bounds:
///
/// ```
/// use pinsight::{PinProject, UnsafeUnpin};
///
/// #[derive(PinProject)]
/// #[pin(UnsafeUnpin)]
/// struct Labelled<F, L> {
///     #[pin]
///     future: F,
///     label: L,
/// }
///
/// // SAFETY: `F: Unpin` is among the bounds, so the type is `Unpin` only if its pinned field is.
/// unsafe impl<F: Unpin, L: Unpin> UnsafeUnpin for Labelled<F, L> {}
///
/// fn is_unpin<T: Unpin>(_: &T) {}
/// is_unpin(&Labelled { future: std::future::ready(1), label: "first" });
/// ```
///
/// An implementation for a type that does not say `UnsafeUnpin` is rejected, since it would have no effect.
///
/// The standard library has an unstable auto trait of the same name, which rustdoc shows on the pages of types. It has
/// nothing to do with this one, whose name is that of pin-project.
///
/// # Safety
///
/// The implementation may hold only where all structurally pinned fields of the type are [`Unpin`]: for a value that is `Unpin`,
/// safe code gets from a `Pin<&mut Self>` back to a `&mut Self`, and can move every field.
pub unsafe trait UnsafeUnpin: DeclaresUnsafeUnpin {}

/// A custom implementation of [`Drop`] that cannot move what is pinned.
///
/// `Drop::drop` gets `&mut self`, out of which a pinned field could be moved. So a projected type must not implement it, and
/// implements this trait instead, by [`#[pinned_drop]`](macro@crate::pinned_drop): the method gets `Pin<&mut Self>`, and
/// projects it to reach the fields. The type says so with [`#[pin(PinnedDrop)]`](derive@crate::PinProject#pinneddrop).
///
/// ```
/// use pinsight::{PinProject, pinned_drop};
/// use std::pin::Pin;
///
/// #[derive(PinProject)]
/// #[pin(PinnedDrop)]
/// struct Logged<F> {
///     #[pin]
///     future: F,
///     name: &'static str,
/// }
///
/// #[pinned_drop]
/// impl<F> PinnedDrop for Logged<F> {
///     fn drop(self: Pin<&mut Self>) {
///         println!("{} is gone", self.project().name);
///     }
/// }
/// ```
///
/// The attribute is needed, since it is what gives the method to the compiler; an implementation without it does not
/// compile.
#[diagnostic::on_unimplemented(
    message = "`{Self}` says `PinnedDrop`, but does not implement it",
    label = "promises an implementation of `PinnedDrop`",
    note = "write `#[pinned_drop] impl PinnedDrop for … {{ fn drop(self: Pin<&mut Self>) {{ … }} }}`"
)]
pub trait PinnedDrop: DeclaresPinnedDrop {
    // Safe code must not be able to run the drop code twice, so it is unsafe to call; `#[pinned_drop]` implements it.
    #[doc(hidden)]
    unsafe fn __put_pinned_drop_above_this_impl(self: Pin<&mut Self>);

    /// Runs when the value is dropped, once, by the compiler.
    ///
    /// This is where `#[pinned_drop]` takes the body from. Called by hand it does nothing.
    fn drop(self: Pin<&mut Self>) {}
}
