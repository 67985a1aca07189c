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
#[allow(dead_code)]
const _: () = {
    // `extern crate` always finds the crate itself; a path could be redirected by the user's names.
    extern crate pinsight as __pinsight;
    // What `project` returns. It has no name for the user, so it lives in here.
    struct __StructProjection<'pin, T: Display, U>
    where
        Struct<T, U>: 'pin,
    {
        pinned: ::core::pin::Pin<&'pin mut T>,
        unpinned: &'pin mut U,
    }
    // What `project_ref` returns. It has no name for the user, so it lives in here.
    struct __StructProjectionRef<'pin, T: Display, U>
    where
        Struct<T, U>: 'pin,
    {
        pinned: ::core::pin::Pin<&'pin T>,
        unpinned: &'pin U,
    }
    impl<T: Display, U> Struct<T, U> {
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
    impl<'pin, T: Display, U> __pinsight::__private::Unpin for Struct<T, U> where
        (&'pin (), T): __pinsight::__private::Unpin
    {
    }
    // Without this, an implementation of `PinnedDrop` would be an error, because nobody would call it.
    #[automatically_derived]
    impl<T: Display, U> __pinsight::__private::DeclaresPinnedDrop for Struct<T, U> {}
    #[automatically_derived]
    impl<T: Display, U> __pinsight::__private::Drop for Struct<T, U> {
        #[inline]
        fn drop(&mut self) {
            // SAFETY: a value that is being dropped is not moved again.
            let __pinsight_this = unsafe { __pinsight::__private::Pin::new_unchecked(self) };
            // SAFETY: this is the one call, and it is the compiler that makes it, once.
            unsafe {
                <Self as __pinsight::__private::PinnedDrop>::__put_pinned_drop_above_this_impl(
                    __pinsight_this,
                )
            }
        }
    }
    impl<T: Display, U>
        __pinsight::__private::MustNotImplement<
            __pinsight::__private::UnsafeUnpin_UnlessTheAttributeSaysSo,
        > for Struct<T, U>
    {
    }
};
// </expansion>

#[rustfmt::skip]
// <expansion>
#[doc = " Takes a pin: out of the `&mut self` of `Drop::drop`, a pinned field could be moved."]
#[doc(hidden)]
impl<T: Display, U> ::pinsight::__private::PinnedDrop for Struct<T, U> {
    unsafe fn __put_pinned_drop_above_this_impl(self: ::core::pin::Pin<&mut Self>) {
        // The body is safe code, in a method that nobody else can name; `self` and `Self` mean what they say.
        mod __pinsight_body {
            pub(super) trait __DropBody {
                fn __drop_body(self: ::core::pin::Pin<&mut Self>);
            }
        }
        impl<T: Display, U> __pinsight_body::__DropBody for Struct<T, U> {
            fn __drop_body(#[allow(unused_mut)] self: Pin<&mut Self>) {
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
