/// The form of pin-project 1.1: an attribute that generates the projections of a struct or an enum.
///
/// ```
/// use pinsight::pin_project;
/// use std::pin::Pin;
/// use std::task::{Context, Poll};
///
/// #[pin_project(project = StageProj)]
/// enum Stage<F> {
///     Running(#[pin] F),
///     Done,
/// }
///
/// impl<F: Future<Output = ()>> Future for Stage<F> {
///     type Output = ();
///
///     fn poll(self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<()> {
///         match self.project() {
///             StageProj::Running(future) => future.poll(context),
///             StageProj::Done => Poll::Ready(()),
///         }
///     }
/// }
/// ```
///
/// To migrate a crate, replace its dependency `pin-project` by this one, and write in the crate root
///
/// ```
/// extern crate pinsight as pin_project;
/// ```
///
/// # Arguments
///
/// All those of [`#[derive(PinProject)]`](derive@crate::PinProject), where each has a section with an input, its expansion and its
/// messages:
/// [`project`](derive@crate::PinProject#project), [`project_ref`](derive@crate::PinProject#project_ref),
/// [`project_replace`](derive@crate::PinProject#project_replace), a [visibility](derive@crate::PinProject#visibility) in front of them,
/// [`PinnedDrop`](derive@crate::PinProject#pinneddrop), [`UnsafeUnpin`](derive@crate::PinProject#unsafeunpin),
/// [`!Unpin`](derive@crate::PinProject#unpin), [`crate`](derive@crate::PinProject#crate).
///
/// # What differs from the derive
///
/// It does what pin-project does, so
/// - an enum has only the methods whose projections have been given a name, and `project_replace` on an enum needs one:
///   ```text
///   error: `project_replace` on an enum needs a name
///          help: write `project_replace = Name`
///   ```
/// - no [warning](derive@crate::PinProject#warnings) is given for a type without `#[pin]`, a `PhantomPinned` without it, or a pointer with it.
///
/// # Expansion
///
/// The item is handed over, with all its other attributes in front, to a derive with the expansion of
/// [`PinProject`](derive@crate::PinProject#expansion). So `cfg` and the attributes below this one are applied before the fields are
/// read.
///
/// On anything else than a struct or an enum:
///
/// ```text
/// error: only a struct or an enum can be projected
///        help: put this attribute on the declaration of the type whose fields are to be projected
/// ```
pub use pinsight_macros::pin_project;

/// Marks an `impl PinnedDrop`, the drop code of a projected type.
///
/// The type has to say `PinnedDrop`, in [`#[pin(PinnedDrop)]`](derive@crate::PinProject#pinneddrop) or in
/// [`#[pin_project(PinnedDrop)]`](macro@crate::pin_project). The trait is found without an import.
///
/// ```
/// use pinsight::{PinProject, pinned_drop};
/// use std::pin::{Pin, pin};
///
/// #[derive(PinProject)]
/// #[pin(PinnedDrop)]
/// struct Released<'a, F> {
///     #[pin]
///     future: F,
///     slots: &'a mut u32,
/// }
///
/// #[pinned_drop]
/// impl<F> PinnedDrop for Released<'_, F> {
///     fn drop(self: Pin<&mut Self>) {
///         **self.project().slots += 1;
///     }
/// }
///
/// let mut slots = 0;
/// drop(Released { future: async {}, slots: &mut slots });
/// assert_eq!(slots, 1);
/// ```
///
/// # Arguments
///
/// None:
///
/// ```text
/// error: `#[pinned_drop]` takes no arguments
///        help: write `#[pinned_drop]`
/// ```
///
/// # Expansion
///
/// The body becomes a safe method that only the implementation itself can name, so that nobody runs it twice:
///
/// ```ignore
/// impl<F> PinnedDrop for Released<'_, F> {
///     // Hidden, and unsafe to call: only the generated `Drop` does.
///     unsafe fn hidden(self: Pin<&mut Self>) {
///         mod __pinsight_body {
///             pub(super) trait __DropBody { fn __drop_body(self: Pin<&mut Self>); }
///         }
///         impl<F> __pinsight_body::__DropBody for Released<'_, F> {
///             fn __drop_body(self: Pin<&mut Self>) { /* your body */ }
///         }
///         __pinsight_body::__DropBody::__drop_body(self)
///     }
/// }
/// ```
///
/// # Where it goes wrong
///
/// ```text
/// error: `drop` must take the one argument `self: Pin<&mut Self>`
///        help: write `fn drop(self: Pin<&mut Self>)`
///
/// error: `#[pinned_drop]` implements `PinnedDrop`, not `Drop`
///        help: write `impl PinnedDrop for …`
///
/// error: missing the method `drop` of `PinnedDrop`
///        help: write `fn drop(self: Pin<&mut Self>) { … }`
/// ```
///
/// # Panics
///
/// A panic in the body is a panic in drop code: the fields are dropped all the same, and if the thread was already panicking
/// the process aborts.
pub use pinsight_macros::pinned_drop;
