//! What the derive in `struct-default.rs` expands to, with the reasons. It prints the same.
//!
//! The four promises of a projection, which the `unsafe` blocks rest on:
//! 1. the type is `Unpin` only if its pinned fields are;
//! 2. its drop code never moves a pinned field;
//! 3. it is not packed, so that its fields can be borrowed where they are;
//! 4. nothing else hands out a way to move a pinned field.
//!
//! What stands between the markers is the expansion token by token. `rustfmt` would change its
//! commas and braces, so it is told to leave them alone.

use std::pin::{Pin, pin};

struct Struct<T, U> {
    pinned: T,
    unpinned: U,
}

#[rustfmt::skip]
// <expansion>
#[allow(
    clippy::missing_inline_in_public_items,
    clippy::pattern_type_mismatch,
    clippy::single_char_lifetime_names,
    clippy::used_underscore_binding,
)]
const _: () = {
    // `extern crate` always finds the crate itself; a path could be redirected by the user's names.
    extern crate pinsight as __pinsight;

    // What `project` returns. It has no name for the user, so it lives in here.
    #[allow(
        dead_code,
        missing_debug_implementations,
        single_use_lifetimes,
        clippy::mut_mut,
        clippy::ref_option_ref,
        clippy::type_repetition_in_bounds,
    )]
    struct __StructProjection<'pin, T, U>
    where
        Struct<T, U>: 'pin
    {
        pinned: ::core::pin::Pin<&'pin mut T>,
        unpinned: &'pin mut U
    }

    // What `project_ref` returns.
    #[allow(
        dead_code,
        missing_debug_implementations,
        single_use_lifetimes,
        clippy::mut_mut,
        clippy::ref_option_ref,
        clippy::type_repetition_in_bounds,
    )]
    struct __StructProjectionRef<'pin, T, U>
    where
        Struct<T, U>: 'pin
    {
        pinned: ::core::pin::Pin<&'pin T>,
        unpinned: &'pin U
    }

    impl<T, U> Struct<T, U> {
        #[doc = "Projects a pinned mutable reference to the fields."]
        #[allow(dead_code)]
        #[inline]
        fn project<'pin>(
            self: __pinsight::__private::Pin<&'pin mut Self>
        ) -> __StructProjection<'pin, T, U> {
            // The pattern has no `..` and borrows every field, in safe code: so a field that was
            // added afterwards, a union and a packed struct do not compile. The bindings do not
            // have the names of the fields, which could be names of constants too, and match
            // instead of bind.
            //
            // SAFETY: nothing is moved out of the reference: it is only borrowed, field by field,
            // and the pinned field is pinned again before anybody else sees it.
            let Self { pinned: __pinsight_0, unpinned: __pinsight_1 } =
                unsafe { __pinsight::__private::Pin::get_unchecked_mut(self) };
            // A `let` of its own, so that it has the type the field really has: nothing is
            // dereferenced into the type that the projection expects.
            //
            // SAFETY: the field lies in a value that is pinned, and is not moved before it is
            // dropped: see the four promises at the top.
            let __pinsight_0 = unsafe { __pinsight::__private::pinned(__pinsight_0) };
            __StructProjection { pinned: __pinsight_0, unpinned: __pinsight_1 }
        }

        #[doc = "Projects a pinned shared reference to the fields."]
        #[allow(dead_code)]
        #[inline]
        fn project_ref<'pin>(
            self: __pinsight::__private::Pin<&'pin Self>
        ) -> __StructProjectionRef<'pin, T, U> {
            let Self { pinned: __pinsight_0, unpinned: __pinsight_1 } =
                __pinsight::__private::Pin::get_ref(self);
            // SAFETY: as in `project`.
            let __pinsight_0 = unsafe { __pinsight::__private::pinned_ref(__pinsight_0) };
            __StructProjectionRef { pinned: __pinsight_0, unpinned: __pinsight_1 }
        }
    }

    // Promise 1, the type is `Unpin` only if its pinned field is. There is always this one
    // implementation, so that one written by hand is rejected (E0119). The tuple keeps the compiler
    // from concluding that the two do not overlap, and its lifetime lets the bound be false without
    // being an error.
    #[automatically_derived]
    impl<'pin, T, U> __pinsight::__private::Unpin for Struct<T, U>
    where
        (&'pin (), T,): __pinsight::__private::Unpin
    {}

    // Promise 2, no drop code moves the pinned field. `MustNotImplement` is there for every type
    // with `Drop` already; so a `Drop` written by hand makes it there twice, and is rejected
    // (E0119). In the same way, an `UnsafeUnpin` that the derive was not told of is rejected.
    #[automatically_derived]
    impl<T, U, __Offender> __pinsight::__private::MustNotImplement<__Offender> for Struct<T, U> {}
};
// </expansion>

fn main() {
    let mut value = pin!(Struct { pinned: 1, unpinned: "one" });

    // The projection has no name: it is taken apart where it is made.
    let this = value.as_mut().project();
    let mut pinned: Pin<&mut i32> = this.pinned;
    let unpinned: &mut &str = this.unpinned;
    pinned.set(2);
    *unpinned = "two";

    let this = value.as_ref().project_ref();
    println!("pinned: {}, unpinned: {}", this.pinned, this.unpinned);
}
