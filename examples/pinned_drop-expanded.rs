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

// The compiler does not look for this in what another crate's macro writes.
#![allow(dyn_drop)]

use std::fmt::Display;
use std::pin::{Pin, pin};

struct Struct<T: Display, U> {
    pinned: T,
    unpinned: U,
}

#[rustfmt::skip]
// <expansion>
// What `project` returns. It has no name for the user.
struct __StructProjection<'pin, T: Display, U>
where
    Struct<T, U>: 'pin,
{
    pinned: ::pinsight::__private::Pin<&'pin mut T>,
    unpinned: &'pin mut U,
}
// </expansion>

#[rustfmt::skip]
// <expansion>
impl<T: Display, U> Struct<T, U> {
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
// Promise 1: `Unpin` only if the pinned fields are. The tuple makes a second, hand-written impl an error (E0119).
impl<T: Display, U> ::pinsight::__private::Unpin for Struct<T, U>
where
    (T,): ::pinsight::__private::Unpin,
{}
// </expansion>

#[rustfmt::skip]
// <expansion>
// Without it, `#[pinned_drop]` is an error. SAFETY: only the macros implement it, for types that say `PinnedDrop`.
unsafe impl<T: Display, U> ::pinsight::__private::DeclaresPinnedDrop for Struct<T, U> {
    type __DropIsByPinsight = fn(
        ::pinsight::__private::Support,
        &dyn ::pinsight::__private::Unpin,
        &dyn ::pinsight::__private::Drop,
        ::pinsight::__private::PhantomPinned,
        ::pinsight::__private::ByTrait<Self>,
    );
}
// </expansion>

#[rustfmt::skip]
// <expansion>
#[automatically_derived]
impl<T: Display, U> ::pinsight::__private::Drop for Struct<T, U> {
    #[inline]
    fn drop(&mut self) {
        // SAFETY: this is the one call, and it is the compiler that makes it, once.
        unsafe { ::pinsight::__private::Support::drop_pinned(self) }
    }
}
// </expansion>

#[rustfmt::skip]
// <expansion>
/// Takes a pin: out of the `&mut self` of `Drop::drop`, a pinned field could be moved.
#[doc(hidden)]
impl<T: Display, U> ::pinsight::__private::PinnedDrop for Struct<T, U> {
    unsafe fn __put_pinned_drop_above_this_impl(self: ::core::pin::Pin<&mut Self>) {
        // The body is safe code, in a method of a trait of its own; `self` and `Self` mean what they say.
        mod __pinsight_body {
            pub(super) trait __DropBody {
                fn __drop_body(self: ::core::pin::Pin<&mut Self>);
            }
        }
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
