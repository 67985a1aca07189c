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
        (&'pin (), __pinsight::__private::ByTrait<'pin, Self>): __pinsight::__private::Unpin
    {
    }
    impl<T, U>
        __pinsight::__private::MustNotImplement<__pinsight::__private::Drop_ButPinnedDropInstead>
        for Struct<T, U>
    {
    }
};
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
