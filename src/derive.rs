/// Derives projections of a struct or an enum: the method `project`, and on request `project_ref` and `project_replace`.
///
/// `#[pin]` on a field makes it *structurally pinned*: pinned if the value is. Arguments are given in one `#[pin(…)]` on the
/// type, below the derive, separated by commas.
///
/// ```
/// use pinsight::PinProject;
/// use std::pin::{Pin, pin};
///
/// #[derive(PinProject)]
/// struct Counted<F> {
///     #[pin]
///     future: F,
///     polls: u32,
/// }
///
/// let mut counted = pin!(Counted { future: async { 1 }, polls: 0 });
/// let this = counted.as_mut().project();
/// let _: Pin<&mut _> = this.future;
/// let _: &mut u32 = this.polls;
/// ```
///
/// | method | is there | takes | a pinned field becomes | any other field becomes |
/// | --- | --- | --- | --- | --- |
/// | `project` | always | `Pin<&mut Self>` | `Pin<&mut Field>` | `&mut Field` |
/// | `project_ref` | with [`#[pin(project_ref)]`](#project_ref) | `Pin<&Self>` | `Pin<&Field>` | `&Field` |
/// | `project_replace` | with [`#[pin(project_replace)]`](#project_replace) | `Pin<&mut Self>`, `Self` | `PhantomData<Field>`, dropped where it stood | `Field` |
///
/// The methods have the visibility of the type, at most `pub(crate)`: see [visibility](#visibility). None of them panics,
/// and calling them is safe.
///
/// The type may be a struct or an enum of any form, with generics of every kind, also `?Sized` in the last field of a struct.
/// A union cannot be projected, and neither can a packed type:
///
/// ```text
/// error: `Flags` cannot be projected, because it is packed
///        help: remove `packed`, or do not derive projections for this type
///        note: a packed field may be moved to be dropped, which pinning forbids, and it cannot be borrowed
/// ```
///
/// Arguments in `#[pin_project(…)]`, a macro that runs later and could change the type, and a macro in the generics or the where clause
/// are errors too:
///
/// ```text
/// error: `#[derive(PinProject)]` takes its arguments in `#[pin(…)]`, not in `#[pin_project(…)]`
///        help: write `#[pin(project = CountedProj)]`
///
/// error: this macro runs after `#[derive(PinProject)]`, and may change the type that has been projected
///        help: write `#[derive(PinProject)]` below it
///
/// error: a macro cannot stand in the parameters and bounds of a projected type, because they are repeated in its implementations
///        help: give what the macro stands for a name with `type` or `const`, and write that name here
/// ```
///
/// # Warnings
///
/// A macro on stable Rust can warn only by the use of something deprecated. So these warnings have the level that the lint `deprecated`
/// has where the type is: `#[allow(deprecated)]` above the type silences them, and `deny(deprecated)` or `forbid(deprecated)` in a
/// crate makes them errors. There are three: for [a type without a pinned field](#unpinned), for a `PhantomPinned` that is not pinned,
/// and for a pinned pointer, which gains nothing by it: a `Box<_>`, `Rc<_>`, `Arc<_>`, reference, or a `Pin<_>` of one of these may be
/// moved at any time, and what it points to stays where it is. A pinned `Box` that is to be polled can be polled by
/// `Pin::new(this.future)`, a `Pin<Box<_>>` by `this.future.as_mut()`.
///
/// ```text
/// warning: use of deprecated constant `_::PHANTOM_PINNED_WITHOUT_PIN`: the field `_pinned` has no effect, because it is not pinned: `PhantomPinned` must be a pinned field to count
///          help: write `#[pin]` above it, or `#[pin(!Unpin)]` above the type instead of the field
///
/// warning: use of deprecated constant `_::NEEDLESS_PIN`: the field `future` needs no `#[pin]`: its `Pin<Box<_>>` may always be moved, and what that points to stays where it is
///          help: remove `#[pin]` and poll `this.future.as_mut()`, or write `#[allow(deprecated)]` above the type to keep it
/// ```
///
/// A projection needs `allow(dead_code)`, and with a lifetime `allow(single_use_lifetimes)`: these two lints can be denied in a crate
/// that derives projections, but not forbidden. Every other lint can.
///
/// # Expansion
///
/// For the struct above, with shorter paths:
///
/// ```ignore
/// // What `project` returns.
/// struct __CountedProjection<'pin, F> {
///     future: Pin<&'pin mut F>,
///     polls: &'pin mut u32,
/// }
///
/// impl<F> Counted<F> {
///     fn project(self: Pin<&mut Self>) -> __CountedProjection<'_, F> {
///         let Self { future: __pinsight_0, polls: __pinsight_1 } = unsafe { Support::get_mut(self) };
///         let __pinsight_0 = unsafe { Support::pinned(__pinsight_0) };
///         __CountedProjection { future: __pinsight_0, polls: __pinsight_1 }
///     }
/// }
///
/// // `Unpin` if all pinned fields are, and never by another implementation.
/// impl<F> Unpin for Counted<F> where (F,): Unpin {}
///
/// // Rejects a `Drop` written by hand, and proves that the names found are pinsight's own.
/// unsafe impl<F> UsePinnedDropInsteadOfDrop for Counted<F> {
///     type __ImplementedByPinsight = fn(Support, &dyn Unpin);
/// }
/// ```
///
/// The whole of it, with the reason for every line, stands in the `examples/*-expanded.rs` of the repository, and
/// `SOUNDNESS.md` says what each item is there for.
///
/// # Names of projections
///
/// The projections of a struct have no name unless they are given one: use their fields, or take them apart where they are
/// made. Those of an enum `E` are called `EProj`, and on request `EProjRef` and `EProjOwn`, because variants have to be matched on:
///
/// ```
/// use pinsight::PinProject;
/// use std::pin::Pin;
///
/// #[derive(PinProject)]
/// enum Stage<F> {
///     Running(#[pin] F),
///     Done,
/// }
///
/// fn is_running<F>(stage: Pin<&mut Stage<F>>) -> bool {
///     matches!(stage.project(), StageProj::Running(_))
/// }
/// ```
///
/// A projection with a name has docs: which fields are pinned, and the docs of the fields.
///
/// # `project`
///
/// `project = Name` names what `project` returns. It can then be matched on, and be the argument of a function.
///
/// ```
/// use pinsight::PinProject;
///
/// #[derive(PinProject)]
/// #[pin(project = CountedProj)]
/// struct Counted<F> {
///     #[pin]
///     future: F,
///     polls: u32,
/// }
///
/// fn count<F>(CountedProj { polls, .. }: CountedProj<'_, F>) {
///     *polls += 1;
/// }
/// ```
///
/// Expands to a type beside yours, with a lifetime in front:
///
/// ```ignore
/// struct CountedProj<'pin, F> {
///     future: Pin<&'pin mut F>,
///     polls: &'pin mut u32,
/// }
/// ```
///
/// Where it goes wrong: without a name, or with what cannot be one, such as `self`, `5` or a path; with more than a name; and so on.
///
/// ```text
/// error: expected a name for the type that `project` returns
///        help: write `project = Name`
///
/// error: expected one name after `project =`
///        help: write `project = Name`, and a comma before what follows
///
/// error: expected a name, not a string
///        help: write `project = CountedProj`
///
/// error: the projection cannot have the name of the type, `Counted`
///        help: write another name, such as `CountedProj`
/// ```
///
/// # `project_ref`
///
/// `project_ref`, with or without `= Name`, adds the method of this name, which takes `Pin<&Self>`. It has to be asked for, because a
/// method and what it returns are most of what a projection costs to compile. With [`#[pin_project]`](macro@crate::pin_project), a
/// struct has it without asking, as with pin-project.
///
/// ```
/// use pinsight::PinProject;
/// use std::pin::Pin;
///
/// #[derive(PinProject)]
/// #[pin(project_ref = StageRef)]
/// enum Stage<F> {
///     Running { #[pin] future: F, polls: u32 },
///     Done,
/// }
///
/// fn polls<F>(stage: Pin<&Stage<F>>) -> u32 {
///     match stage.project_ref() {
///         StageRef::Running { polls, .. } => *polls,
///         StageRef::Done => 0,
///     }
/// }
/// ```
///
/// Expands to
///
/// ```ignore
/// enum StageRef<'pin, F> {
///     Running { future: Pin<&'pin F>, polls: &'pin u32 },
///     Done,
/// }
/// ```
///
/// Where it goes wrong, beside what is said of `project`; the first is the compiler's, where the method is called and was not asked for:
///
/// ```text
/// error[E0599]: no method named `project_ref` found for struct `Pin<&Stage<_>>` in the current scope
///
/// error: the name `StageProj` is already that of `project`
///        help: write another name
/// ```
///
/// # `project_replace`
///
/// `project_replace`, with or without `= Name`, adds a method that puts another value in the place of this one. The unpinned
/// fields of the old value are returned. Its pinned fields are dropped where they stood, since they must not be moved.
///
/// ```
/// use pinsight::PinProject;
/// use std::pin::pin;
///
/// #[derive(PinProject)]
/// #[pin(project_replace)]
/// struct Named<F> {
///     #[pin]
///     future: F,
///     name: String,
/// }
///
/// let future = std::future::ready::<u8>;
/// let mut named = pin!(Named { future: future(1), name: "first".to_owned() });
/// let old = named.as_mut().project_replace(Named { future: future(2), name: "second".to_owned() });
/// assert_eq!(old.name, "first");
/// assert_eq!(named.name, "second");
/// ```
///
/// Expands to
///
/// ```ignore
/// struct __NamedProjectionOwned<F> { future: PhantomData<F>, name: String }
///
/// impl<F> Named<F> {
///     fn project_replace(self: Pin<&mut Self>, replacement: Self) -> __NamedProjectionOwned<F> {
///         // A guard overwrites the value at the end, the unpinned fields are read,
///         // and a guard for each pinned field drops it in place: also if one of the drops panics.
///     }
/// }
/// ```
///
/// Where it goes wrong:
///
/// ```text
/// error: `PinnedDrop` and `project_replace` exclude each other: replacing takes the type apart, so its drop could not run
///        help: remove one of the two, or replace the whole value with `Pin::set`
/// ```
///
/// The method does not panic; if the drop code of a field does, the replacement is in place all the same.
///
/// # Visibility
///
/// A visibility in front of `project`, `project_ref` or `project_replace` is that of the projection and its method. Without one
/// they have the visibility of the type, but `pub` becomes `pub(crate)`: a projection is an implementation detail.
///
/// ```
/// pub mod futures {
///     #[derive(pinsight::PinProject)]
///     #[pin(pub project = CountedProj)]
///     pub struct Counted<F> {
///         #[pin]
///         pub future: F,
///         pub polls: u32,
///     }
/// }
/// ```
///
/// Expands to `pub struct CountedProj` and `pub fn project`. Each of its fields has the visibility that it has in the type.
/// Where it goes wrong:
///
/// ```text
/// error: a visibility goes before `project`, `project_ref` or `project_replace`, not before `PinnedDrop`
///        help: write `PinnedDrop`
/// ```
///
/// # `PinnedDrop`
///
/// `PinnedDrop` says that the type has drop code of its own, in [`#[pinned_drop]`](macro@crate::pinned_drop)
/// `impl PinnedDrop for …`. A plain [`Drop`] would get `&mut self`, with which it could move a pinned field.
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
/// Expands to
///
/// ```ignore
/// impl<F> Drop for Logged<F> {
///     fn drop(&mut self) {
///         // Runs the body of `#[pinned_drop]`, with `Pin<&mut Self>` as its `self`.
///         unsafe { Support::drop_pinned(self) }
///     }
/// }
/// ```
///
/// Where it goes wrong, without the implementation, without the argument, and with a plain `Drop`:
///
/// ```text
/// error[E0277]: `Logged<F>` says `PinnedDrop`, but does not implement it
///   = note: write `#[pinned_drop] impl PinnedDrop for … { fn drop(self: Pin<&mut Self>) { … } }`
///
/// error[E0277]: the `PinnedDrop` implementation of `Logged<F>` would never run
///   = note: write `#[pin(PinnedDrop)]` (or `#[pin_project(PinnedDrop)]`) on the type
///
/// error[E0119]: conflicting implementations of trait `UsePinnedDropInsteadOfDrop` for type `Logged<_>`
/// ```
///
/// # `UnsafeUnpin`
///
/// `UnsafeUnpin` leaves it to an `unsafe impl` of [`UnsafeUnpin`](trait@crate::UnsafeUnpin) when the type is [`Unpin`]. Without such an implementation it
/// never is.
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
/// unsafe impl<F: Unpin, L: Copy> UnsafeUnpin for Labelled<F, L> {}
/// ```
///
/// Expands to
///
/// ```ignore
/// // `ByTrait<T>` is `Unpin` if `T` is `UnsafeUnpin`.
/// impl<'pin, F, L> Unpin for Labelled<F, L> where (&'pin (), ByTrait<Self>): Unpin {}
/// ```
///
/// Where it goes wrong, when both are given, and when only the implementation is there:
///
/// ```text
/// error: `UnsafeUnpin` and `!Unpin` exclude each other
///        help: write `!Unpin` alone for a type that is never `Unpin`, `UnsafeUnpin` alone to implement it by hand
///
/// error[E0277]: the `UnsafeUnpin` implementation of `Labelled<F, L>` would have no effect
///   = note: write `#[pin(UnsafeUnpin)]` (or `#[pin_project(UnsafeUnpin)]`) on the type
/// ```
///
/// # `!Unpin`
///
/// `!Unpin` makes a type that is never [`Unpin`], whatever its fields are.
///
/// ```
/// use pinsight::PinProject;
///
/// #[derive(PinProject)]
/// #[pin(!Unpin)]
/// struct Registered {
///     address: usize,
/// }
/// ```
///
/// Expands to
///
/// ```ignore
/// impl<'pin> Unpin for Registered where (&'pin (), PhantomPinned): Unpin {}
/// ```
///
/// Where it goes wrong:
///
/// ```text
/// error: unknown argument `Unpin`: without arguments, the type is `Unpin` when all its pinned fields are
///        help: write `!Unpin` for a type that never is, `UnsafeUnpin` to implement it by hand
/// ```
///
/// # `unpinned`
///
/// `unpinned` says that no field is pinned on purpose. Nothing is generated for it; it silences a [warning](#warnings), which is an error
/// in a crate with `deny(deprecated)` or `forbid(deprecated)`:
///
/// ```
/// use pinsight::PinProject;
///
/// #[derive(PinProject)]
/// #[pin(unpinned)]
/// struct Plain<T> {
///     value: T,
/// }
/// ```
///
/// ```text
/// warning: use of deprecated constant `_::NO_FIELD_IS_PINNED`: no field of `Plain` is pinned, so `project` gives `&mut` to every one of them
///          help: write `#[pin]` above the field that is polled, or `#[pin(unpinned)]` above the type if none is
/// ```
///
/// # `crate`
///
/// `crate = path` says where the `pinsight` crate is found, for a crate that does not depend on it itself, but gets it from
/// another one, or under another name.
///
/// ```
/// mod reexported {
///     pub use pinsight;
/// }
///
/// #[derive(reexported::pinsight::PinProject)]
/// #[pin(crate = reexported::pinsight)]
/// struct Counted<F> {
///     #[pin]
///     future: F,
///     polls: u32,
/// }
/// ```
///
/// Whatever stands at the path, each expansion proves that it is pinsight: a module in which one item is another does not
/// compile. Where it goes wrong:
///
/// ```text
/// error: expected the path of the `pinsight` crate
///        help: write `crate = some::path`
/// ```
pub use pinsight_macros::PinProject;
