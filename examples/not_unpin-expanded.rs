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
#[allow(dead_code)]
const _: () = {
    // `extern crate` always finds the crate itself; a path could be redirected by the user's names.
    extern crate pinsight as __pinsight;
    // What `project` returns. It has no name for the user, so it lives in here.
    struct __StructProjection<'pin, T, U>
    where
        Struct<T, U>: 'pin,
    {
        pinned: ::core::pin::Pin<&'pin mut T>,
        unpinned: &'pin mut U,
    }
    // What `project_ref` returns. It has no name for the user, so it lives in here.
    struct __StructProjectionRef<'pin, T, U>
    where
        Struct<T, U>: 'pin,
    {
        pinned: ::core::pin::Pin<&'pin T>,
        unpinned: &'pin U,
    }
    impl<T, U> Struct<T, U> {
        #[doc = "Projects a pinned mutable reference to the fields."]
        #[inline]
        fn project<'pin>(
            self: __pinsight::__private::Pin<&'pin mut Self>,
        ) -> __StructProjection<'pin, T, U> {
            let Self {
                pinned: __pinsight_0,
                unpinned: __pinsight_1,
            // SAFETY: nothing is moved out of the reference: it is only borrowed, field by field.
            } = unsafe { __pinsight::__private::get_mut(self) };
            // SAFETY: the field lies in a value that is pinned, and is not moved before it is dropped: the four promises.
            let __pinsight_0 = unsafe { __pinsight::__private::pinned(__pinsight_0) };
            __StructProjection {
                pinned: __pinsight_0,
                unpinned: __pinsight_1,
            }
        }
        #[doc = "Projects a pinned shared reference to the fields."]
        #[inline]
        fn project_ref<'pin>(
            self: __pinsight::__private::Pin<&'pin Self>,
        ) -> __StructProjectionRef<'pin, T, U> {
            let Self {
                pinned: __pinsight_0,
                unpinned: __pinsight_1,
            } = __pinsight::__private::get_ref(self);
            // SAFETY: as in `project`.
            let __pinsight_0 = unsafe { __pinsight::__private::pinned_ref(__pinsight_0) };
            __StructProjectionRef {
                pinned: __pinsight_0,
                unpinned: __pinsight_1,
            }
        }
    }
    // Promise 1: `Unpin` only if the pinned fields are. The tuple makes a second, hand-written impl an error (E0119).
    #[automatically_derived]
    impl<'pin, T, U> __pinsight::__private::Unpin for Struct<T, U> where
        (&'pin (), __pinsight::__private::PhantomPinned): __pinsight::__private::Unpin
    {
    }
    // Promise 2: a type with `Drop` has this already, so a hand-written `Drop` is an error (E0119).
    impl<T, U, __Offender> __pinsight::__private::MustNotImplement<__Offender> for Struct<T, U> {}
};
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
