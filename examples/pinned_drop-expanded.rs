//! What both macros in `pinned_drop.rs` expand to, with the reasons. It prints the same.
//!
//! The four promises of a projection, which the `unsafe` blocks rest on:
//! 1. the type is `Unpin` only if its pinned fields are;
//! 2. its drop code never moves a pinned field;
//! 3. it is not packed, so that its fields can be borrowed where they are;
//! 4. nothing else hands out a way to move a pinned field.
//!
//! What stands between the markers is the expansion token by token. `rustfmt` would change its
//! commas and braces, so it is told to leave them alone.

use std::fmt::Display;
use std::pin::{Pin, pin};

struct Struct<T: Display, U> {
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
    struct __StructProjection<'pin, T: Display, U>
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
    struct __StructProjectionRef<'pin, T: Display, U>
    where
        Struct<T, U>: 'pin
    {
        pinned: ::core::pin::Pin<&'pin T>,
        unpinned: &'pin U
    }

    impl<T: Display, U> Struct<T, U> {
        #[doc = "Projects a pinned mutable reference to the fields."]
        #[allow(dead_code)]
        #[inline]
        fn project<'pin>(
            self: __pinsight::__private::Pin<&'pin mut Self>
        ) -> __StructProjection<'pin, T, U> {
            // SAFETY: nothing is moved out of the reference: it is only borrowed, field by field,
            // and the pinned field is pinned again before anybody else sees it.
            let Self { pinned: __pinsight_0, unpinned: __pinsight_1 } =
                unsafe { __pinsight::__private::Pin::get_unchecked_mut(self) };
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
    impl<'pin, T: Display, U> __pinsight::__private::Unpin for Struct<T, U>
    where
        (&'pin (), T,): __pinsight::__private::Unpin
    {}

    // Tells `PinnedDrop` that the derive knows of it: without, `impl PinnedDrop` is an error.
    #[automatically_derived]
    impl<T: Display, U> __pinsight::__private::DeclaresPinnedDrop for Struct<T, U> {}

    // Promise 2, no drop code moves the pinned field: this is the one `Drop` (a second one is
    // rejected, E0119), and it passes on a pin, out of which nothing can be moved.
    #[automatically_derived]
    impl<T: Display, U> __pinsight::__private::Drop for Struct<T, U> {
        #[inline]
        fn drop(&mut self) {
            // SAFETY: a value that is being dropped is not moved again.
            let __pinsight_this = unsafe { __pinsight::__private::Pin::new_unchecked(self) };
            // SAFETY: this is the one call, and it is the compiler that makes it, once.
            unsafe { <Self as __pinsight::__private::PinnedDrop>::__put_pinned_drop_above_this_impl(__pinsight_this) }
        }
    }

    // An `UnsafeUnpin` that the derive was not told of makes this there twice, and is rejected
    // (E0119).
    #[automatically_derived]
    impl<T: Display, U>
        __pinsight::__private::MustNotImplement<
            __pinsight::__private::UnsafeUnpin_UnlessTheAttributeSaysSo
        > for Struct<T, U> {}
};
// </expansion>

// The second macro: what `#[pinned_drop]` makes of the implementation.
#[rustfmt::skip]
// <expansion>
/// Takes a pin: out of the `&mut self` of `Drop::drop`, a pinned field could be moved.
#[doc(hidden)]
#[allow(clippy::missing_inline_in_public_items, clippy::missing_trait_methods)]
impl<T: Display, U> ::pinsight::__private::PinnedDrop for Struct<T, U> {
    // Unsafe to call, since it may run only once. The user's body must not become unsafe code by
    // that; so it goes into the safe method of a local trait, which nobody else can name or call.
    unsafe fn __put_pinned_drop_above_this_impl(self: ::core::pin::Pin<&mut Self>) {
        mod __pinsight_body {
            pub(super) trait __DropBody {
                fn __drop_body(self: ::core::pin::Pin<&mut Self>);
            }
        }
        #[allow(clippy::needless_pass_by_value, clippy::single_call_fn)]
        impl<T: Display, U> __pinsight_body::__DropBody for Struct<T, U> {
            fn __drop_body(self: Pin<&mut Self>) {
                let this = self.project();
                println!("dropped with {}", this.pinned);
            }
        }
        __pinsight_body::__DropBody::__drop_body(self)
    }
}
// </expansion>

fn main() {
    let mut value = pin!(Struct { pinned: 1, unpinned: "one" });
    *value.as_mut().project().unpinned = "two";
    println!("before: {}", value.unpinned);
    value.set(Struct { pinned: 2, unpinned: "three" });
    println!("after: {}", value.unpinned);
}
