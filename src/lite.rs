//! The form of pin-project-lite 0.2: one macro around the declaration.
//!
//! To migrate, replace the dependency and import [`pin_project!`](crate::lite::pin_project) from here.

/// Declares a type together with its projections, in the form of pin-project-lite 0.2.
///
/// ```
/// use pinsight::lite::pin_project;
/// use std::pin::Pin;
///
/// pin_project! {
///     #[project = StageProj]
///     enum Stage<F> {
///         Running { #[pin] future: F },
///         Done,
///     }
/// }
///
/// fn is_running<F>(stage: Pin<&mut Stage<F>>) -> bool {
///     matches!(stage.project(), StageProj::Running { .. })
/// }
/// ```
///
/// # Attributes of the type
///
/// | attribute | the argument of [`#[pin_project]`](macro@crate::pin_project) |
/// | --- | --- |
/// | `#[project = Name]` | `project = Name` |
/// | `#[project_ref = Name]` | `project_ref = Name` |
/// | `#[project_replace = Name]` | `project_replace = Name` |
/// | `#[project(!Unpin)]` | `!Unpin` |
///
/// Anything else in `#[project(…)]` is an error:
///
/// ```text
/// error: unknown argument `Unpin`
///        help: write `#[project(!Unpin)]`, or `#[project = Name]`
/// ```
///
/// and so is anything but one name behind `=`:
///
/// ```text
/// error: expected one name for the type that `project` returns
///        help: write `#[project = Name]`
/// ```
///
/// An enum is projected by the methods that have been given a name, and by no others.
///
/// # Drop code
///
/// Behind the declaration may stand one `impl PinnedDrop`, whose method takes `this`:
///
/// ```
/// use pinsight::lite::pin_project;
/// use std::pin::Pin;
///
/// pin_project! {
///     struct Logged<F> {
///         #[pin]
///         future: F,
///         name: &'static str,
///     }
///
///     impl<F> PinnedDrop for Logged<F> {
///         fn drop(this: Pin<&mut Self>) {
///             println!("{} is gone", this.project().name);
///         }
///     }
/// }
/// ```
///
/// ```text
/// error: `drop` must take the one argument `this: Pin<&mut Self>`
///        help: write `fn drop(this: Pin<&mut Self>)`
/// ```
///
/// The macro takes nothing else: one type, and at most this one implementation.
///
/// ```text
/// error: not expected here: behind the type stands one implementation of `PinnedDrop`, and nothing else
///        help: move this out of the macro
/// ```
///
/// # What goes beyond pin-project-lite
///
/// Every declaration of a struct or an enum that Rust accepts: tuple structs and tuple variants, types without fields, const
/// generics, several bounds, `Self` in the type of a field, fields with docs, attributes and `cfg`. Drop code may have what a
/// method of a trait can have: any path to `PinnedDrop` and to `Pin`, `-> ()`, a where clause.
///
/// ```
/// use pinsight::lite::pin_project;
///
/// pin_project! {
///     /// Both futures, and what they have given.
///     struct Both<A, B, const N: usize>(#[pin] A, #[pin] B, #[cfg(all())] [u8; N]);
/// }
/// ```
///
/// # Expansion
///
/// That of [`#[derive(PinProject)]`](derive@crate::PinProject#expansion). Everything is found by `$crate`, so the macro works under
/// whatever name a crate knows this one.
#[doc(hidden)]
#[macro_export]
macro_rules! __lite_pin_project {
    ($($item:tt)*) => {
        $crate::__private::__pin_project_lite! { [$crate] $($item)* }
    };
}

#[doc(inline)]
pub use __lite_pin_project as pin_project;
