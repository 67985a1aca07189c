//! What the derive in `named.rs` expands to, with the reasons. It prints the same.
//!
//! The four promises of a projection, which the `unsafe` blocks rest on:
//! 1. the type is `Unpin` only if its pinned fields are;
//! 2. its drop code never moves a pinned field;
//! 3. it is not packed, so that its fields can be borrowed where they are;
//! 4. nothing else hands out a way to move a pinned field.
//!
//! What stands between the markers is the expansion token by token. `rustfmt` would change its
//! commas and braces, so it is told to leave them alone.

use std::marker::PhantomData;
use std::pin::{Pin, pin};

struct Struct<T, U> {
    /// The one that stays where it is.
    pinned: T,
    unpinned: U,
}

// With a name, the projections stand beside the type, where the user can name them.
#[rustfmt::skip]
// <expansion>
#[doc = "The projection of [`Struct`] that its method `project` returns."]
#[allow(dead_code)]
struct StructProj<'pin, T, U>
where
    Struct<T, U>: 'pin,
{
    #[doc = " The one that stays where it is."]
    #[doc = ""]
    #[doc = "Structurally pinned."]
    pinned: ::core::pin::Pin<&'pin mut T>,
    #[doc = "Not pinned."]
    unpinned: &'pin mut U,
}
// </expansion>

#[rustfmt::skip]
// <expansion>
#[doc = "The projection of [`Struct`] that its method `project_ref` returns."]
#[allow(dead_code)]
struct StructProjRef<'pin, T, U>
where
    Struct<T, U>: 'pin,
{
    #[doc = " The one that stays where it is."]
    #[doc = ""]
    #[doc = "Structurally pinned."]
    pinned: ::core::pin::Pin<&'pin T>,
    #[doc = "Not pinned."]
    unpinned: &'pin U,
}
// </expansion>

#[rustfmt::skip]
// <expansion>
#[doc = "The projection of [`Struct`] that its method `project_replace` returns."]
#[allow(dead_code)]
struct StructProjOwn<T, U> {
    #[doc = " The one that stays where it is."]
    #[doc = ""]
    #[doc = "Structurally pinned: dropped where it stood."]
    pinned: ::core::marker::PhantomData<T>,
    #[doc = "Not pinned: moved out."]
    unpinned: U,
}
// </expansion>

#[rustfmt::skip]
// <expansion>
#[allow(dead_code)]
const _: () = {
    // `extern crate` always finds the crate itself; a path could be redirected by the user's names.
    extern crate pinsight as __pinsight;
    impl<T, U> Struct<T, U> {
        #[doc = "Projects a pinned mutable reference to the fields."]
        #[inline]
        fn project<'pin>(
            self: __pinsight::__private::Pin<&'pin mut Self>,
        ) -> StructProj<'pin, T, U> {
            let Self {
                pinned: __pinsight_0,
                unpinned: __pinsight_1,
            // SAFETY: nothing is moved out of the reference: it is only borrowed, field by field.
            } = unsafe { __pinsight::__private::get_mut(self) };
            // SAFETY: the field lies in a value that is pinned, and is not moved before it is dropped: the four promises.
            let __pinsight_0 = unsafe { __pinsight::__private::pinned(__pinsight_0) };
            StructProj {
                pinned: __pinsight_0,
                unpinned: __pinsight_1,
            }
        }
        #[doc = "Projects a pinned shared reference to the fields."]
        #[inline]
        fn project_ref<'pin>(
            self: __pinsight::__private::Pin<&'pin Self>,
        ) -> StructProjRef<'pin, T, U> {
            let Self {
                pinned: __pinsight_0,
                unpinned: __pinsight_1,
            } = __pinsight::__private::get_ref(self);
            // SAFETY: as in `project`.
            let __pinsight_0 = unsafe { __pinsight::__private::pinned_ref(__pinsight_0) };
            StructProjRef {
                pinned: __pinsight_0,
                unpinned: __pinsight_1,
            }
        }
        #[doc = "Replaces the value. What was not pinned is returned; what was is dropped where it stood."]
        #[inline]
        fn project_replace(
            self: __pinsight::__private::Pin<&mut Self>,
            __pinsight_replacement: Self,
        ) -> StructProjOwn<T, U> {
            // SAFETY: nothing is moved out of the reference: it is only borrowed, field by field.
            let __pinsight_this: *mut Self = unsafe { __pinsight::__private::get_mut(self) };
            let __pinsight_overwrite = unsafe {
                // SAFETY: the guard goes last, when every field has been moved out or dropped, also after a panic.
                __pinsight::__private::Overwrite::new(__pinsight_this, __pinsight_replacement)
            };
            // SAFETY: the pointer was made of such a reference, and is not used while this one is.
            let __pinsight_this = unsafe { &mut *__pinsight_this };
            let Self {
                pinned: __pinsight_0,
                unpinned: __pinsight_1,
            } = __pinsight_this;
            let __pinsight_result = StructProjOwn {
                pinned: __pinsight::__private::PhantomData,
                // SAFETY: the value is not used again: it is overwritten without being dropped.
                unpinned: unsafe { __pinsight::__private::read(__pinsight_1) },
            };
            {
                // SAFETY: the field is valid, and nobody uses it after the guard: it is overwritten, not dropped again.
                let __pinsight_0 = unsafe { __pinsight::__private::DropInPlace::new(__pinsight_0) };
            }
            __pinsight_result
        }
    }
    // Promise 1: `Unpin` only if the pinned fields are. The tuple makes a second, hand-written impl an error (E0119).
    #[automatically_derived]
    impl<'pin, T, U> __pinsight::__private::Unpin for Struct<T, U> where
        (&'pin (), T): __pinsight::__private::Unpin
    {
    }
    // Promise 2: a type with `Drop` has this already, so a hand-written `Drop` is an error (E0119).
    impl<T, U, __Offender> __pinsight::__private::MustNotImplement<__Offender> for Struct<T, U> {}
};
// </expansion>

/// With a name, a projection can be an argument, and be taken apart by a pattern.
fn change(projection: StructProj<'_, i32, String>) {
    let StructProj { mut pinned, unpinned } = projection;
    pinned.set(2);
    unpinned.push_str(" and changed");
}

fn describe(value: Pin<&Struct<i32, String>>) -> String {
    let StructProjRef { pinned, unpinned } = value.project_ref();
    format!("pinned: {pinned}, unpinned: {unpinned}")
}

fn main() {
    let mut value = pin!(Struct { pinned: 1, unpinned: String::from("made") });
    change(value.as_mut().project());
    println!("{}", describe(value.as_ref()));

    // What is not pinned comes out by value; what is pinned is dropped where it stood, and only its
    // type is left.
    let replacement = Struct { pinned: 3, unpinned: String::from("new") };
    let StructProjOwn { pinned, unpinned } = value.as_mut().project_replace(replacement);
    let _: PhantomData<i32> = pinned;
    println!("taken out: {unpinned}");
    println!("{}", describe(value.as_ref()));
}
