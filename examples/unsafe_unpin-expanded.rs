//! What the derive in `unsafe_unpin.rs` expands to, with the reasons. It prints the same.
//!
//! The four promises of a projection, which the `unsafe` blocks rest on:
//! 1. the type is `Unpin` only if its pinned fields are;
//! 2. its drop code never moves a pinned field;
//! 3. it is not packed, so that its fields can be borrowed where they are;
//! 4. nothing else hands out a way to move a pinned field.
//!
//! What stands between the markers is the expansion token by token. `rustfmt` would change its
//! commas and braces, so it is told to leave them alone.

use pinsight::UnsafeUnpin;
use std::marker::PhantomPinned;
use std::pin::Pin;

struct Struct<T, U> {
    pinned: T,
    unpinned: U,
}

#[rustfmt::skip]
// <expansion>
// What `project` returns. It has no name for the user.
struct __StructProjection<'pin, T, U> {
    pinned: ::pinsight::__private::Pin<&'pin mut T>,
    unpinned: &'pin mut U,
}
// </expansion>

#[rustfmt::skip]
// <expansion>
impl<T, U> Struct<T, U> {
    /// Projects a pinned mutable reference to the fields.
    #[inline]
    fn project(
        self: ::pinsight::__private::Pin<&mut Self>,
    ) -> __StructProjection<'_, T, U> {
        // SAFETY: nothing is moved out of the reference: the closed pattern only borrows it, field by field.
        let Self { pinned: __pinsight_0, unpinned: __pinsight_1 } = unsafe {
            ::pinsight::__private::Support::get_mut(self)
        };
        // SAFETY: the field lies in a value that is pinned, and is not moved before it is dropped: the four promises.
        let __pinsight_0 = unsafe {
            ::pinsight::__private::Support::pinned(__pinsight_0)
        };
        __StructProjection {
            pinned: __pinsight_0,
            unpinned: __pinsight_1,
        }
    }
}
// </expansion>

#[rustfmt::skip]
// <expansion>
impl<T, U> ::pinsight::__private::DeclaresUnsafeUnpin for Struct<T, U> {}
// </expansion>

#[rustfmt::skip]
// <expansion>
// Promise 1: `Unpin` only if the pinned fields are. The tuple makes a second, hand-written impl an error (E0119).
impl<'pin, T, U> ::pinsight::__private::Unpin for Struct<T, U>
where
    (&'pin (), ::pinsight::__private::ByTrait<Self>): ::pinsight::__private::Unpin,
{}
// </expansion>

#[rustfmt::skip]
// <expansion>
// Promise 2: a type with `Drop` has this already, so a hand-written `Drop` is an error (E0119).
// SAFETY: only the macros implement it, for the types that they project.
unsafe impl<T, U> ::pinsight::__private::UsePinnedDropInsteadOfDrop for Struct<T, U> {
    // Proves that the names found at the path are pinsight's own: this type can be written with no others.
    type __ImplementedByPinsight = (
        ::pinsight::__private::Support,
        ::pinsight::__private::ByTrait<Self>,
        dyn ::pinsight::__private::Unpin,
    );
}
// </expansion>

// By default the bound would be `T: Unpin`. This says that the type may be `Unpin` if `U` is too.
//
// SAFETY: `T: Unpin` is among the bounds, so the type is `Unpin` only if its pinned field is.
unsafe impl<T: Unpin, U: Unpin> UnsafeUnpin for Struct<T, U> {}

fn main() {
    let mut value = Struct { pinned: 1, unpinned: "one" };
    // Both are `Unpin`, so the value is, and `Pin::new` accepts it.
    let mut this = Pin::new(&mut value).project();
    this.pinned.set(2);
    *this.unpinned = "two";
    println!("pinned: {}, unpinned: {}", value.pinned, value.unpinned);

    let mut value = Struct { pinned: 1, unpinned: PhantomPinned };

    // Pin::new(&mut value);
    // ^ error[E0277]: `PhantomPinned` cannot be unpinned

    value.pinned = 3;
    println!("not to be pinned by `Pin::new`: {}", value.pinned);
}
