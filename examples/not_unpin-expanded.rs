//! What the derive in `not_unpin.rs` expands to, with the reasons. It prints the same.
//!
//! The four promises of a projection, which the `unsafe` blocks rest on:
//! 1. the type is `Unpin` only if its pinned fields are;
//! 2. its drop code never moves a pinned field;
//! 3. it is not packed, so that its fields can be borrowed where they are;
//! 4. nothing else hands out a way to move a pinned field.
//!
//! What stands between the markers is the expansion token by token. `rustfmt` would change its
//! commas and braces, so it is told to leave them alone.

use std::pin::pin;

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
// What `project_ref` returns. It has no name for the user.
struct __StructProjectionRef<'pin, T, U> {
    pinned: ::pinsight::__private::Pin<&'pin T>,
    unpinned: &'pin U,
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
    /// Projects a pinned shared reference to the fields.
    #[inline]
    fn project_ref(
        self: ::pinsight::__private::Pin<&Self>,
    ) -> __StructProjectionRef<'_, T, U> {
        // SAFETY: nothing is moved out of the reference: the closed pattern only borrows it, field by field.
        let Self { pinned: __pinsight_0, unpinned: __pinsight_1 } = ::pinsight::__private::Support::get_ref(
            self,
        );
        // SAFETY: the field lies in a value that is pinned, and is not moved before it is dropped: the four promises.
        let __pinsight_0 = unsafe {
            ::pinsight::__private::Support::pinned_ref(__pinsight_0)
        };
        __StructProjectionRef {
            pinned: __pinsight_0,
            unpinned: __pinsight_1,
        }
    }
}
// </expansion>

#[rustfmt::skip]
// <expansion>
// Promise 1: `Unpin` only if the pinned fields are. The tuple makes a second, hand-written impl an error (E0119).
impl<'pin, T, U> ::pinsight::__private::Unpin for Struct<T, U>
where
    (&'pin (), ::pinsight::__private::PhantomPinned): ::pinsight::__private::Unpin,
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
        ::pinsight::__private::PhantomPinned,
        dyn ::pinsight::__private::Unpin,
    );
}
// </expansion>

fn main() {
    // All fields are `Unpin`, and yet `Pin::new` does not accept the value: it needs `pin!`.
    let mut value = pin!(Struct { pinned: 1, unpinned: "one" });

    // std::pin::Pin::new(&mut Struct { pinned: 1, unpinned: "one" });
    // ^ error[E0277]: `PhantomPinned` cannot be unpinned

    let mut this = value.as_mut().project();
    this.pinned.set(2);
    *this.unpinned = "two";

    let this = value.as_ref().project_ref();
    println!("pinned: {}, unpinned: {}", this.pinned, this.unpinned);
}
