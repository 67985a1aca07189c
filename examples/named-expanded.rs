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
#[allow(
    dead_code,
    missing_debug_implementations,
    single_use_lifetimes,
    clippy::mut_mut,
    clippy::ref_option_ref,
    clippy::type_repetition_in_bounds,
)]
struct StructProj<'pin, T, U>
where
    Struct<T, U>: 'pin
{
    /// The one that stays where it is.
    #[doc = ""]
    #[doc = "Structurally pinned."]
    pinned: ::core::pin::Pin<&'pin mut T>,
    #[doc = "Not pinned."]
    unpinned: &'pin mut U
}
// </expansion>

#[rustfmt::skip]
// <expansion>
#[doc = "The projection of [`Struct`] that its method `project_ref` returns."]
#[allow(
    dead_code,
    missing_debug_implementations,
    single_use_lifetimes,
    clippy::mut_mut,
    clippy::ref_option_ref,
    clippy::type_repetition_in_bounds,
)]
struct StructProjRef<'pin, T, U>
where
    Struct<T, U>: 'pin
{
    /// The one that stays where it is.
    #[doc = ""]
    #[doc = "Structurally pinned."]
    pinned: ::core::pin::Pin<&'pin T>,
    #[doc = "Not pinned."]
    unpinned: &'pin U
}
// </expansion>

#[rustfmt::skip]
// <expansion>
#[doc = "The projection of [`Struct`] that its method `project_replace` returns."]
#[allow(
    dead_code,
    missing_debug_implementations,
    single_use_lifetimes,
    clippy::mut_mut,
    clippy::ref_option_ref,
    clippy::type_repetition_in_bounds,
)]
struct StructProjOwn<T, U> {
    /// The one that stays where it is.
    #[doc = ""]
    #[doc = "Structurally pinned: dropped where it stood."]
    pinned: ::core::marker::PhantomData<T>,
    #[doc = "Not pinned: moved out."]
    unpinned: U
}
// </expansion>

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

    impl<T, U> Struct<T, U> {
        #[doc = "Projects a pinned mutable reference to the fields."]
        #[allow(dead_code)]
        #[inline]
        fn project<'pin>(
            self: __pinsight::__private::Pin<&'pin mut Self>
        ) -> StructProj<'pin, T, U> {
            // SAFETY: nothing is moved out of the reference: it is only borrowed, field by field,
            // and the pinned field is pinned again before anybody else sees it.
            let Self { pinned: __pinsight_0, unpinned: __pinsight_1 } =
                unsafe { __pinsight::__private::Pin::get_unchecked_mut(self) };
            // SAFETY: the field lies in a value that is pinned, and is not moved before it is
            // dropped: see the four promises at the top.
            let __pinsight_0 = unsafe { __pinsight::__private::pinned(__pinsight_0) };
            StructProj { pinned: __pinsight_0, unpinned: __pinsight_1 }
        }

        #[doc = "Projects a pinned shared reference to the fields."]
        #[allow(dead_code)]
        #[inline]
        fn project_ref<'pin>(
            self: __pinsight::__private::Pin<&'pin Self>
        ) -> StructProjRef<'pin, T, U> {
            let Self { pinned: __pinsight_0, unpinned: __pinsight_1 } =
                __pinsight::__private::Pin::get_ref(self);
            // SAFETY: as in `project`.
            let __pinsight_0 = unsafe { __pinsight::__private::pinned_ref(__pinsight_0) };
            StructProjRef { pinned: __pinsight_0, unpinned: __pinsight_1 }
        }

        #[doc = "Replaces the value. What was not pinned is returned; what was is dropped where it stood."]
        #[allow(dead_code)]
        #[inline]
        fn project_replace(
            self: __pinsight::__private::Pin<&mut Self>,
            __pinsight_replacement: Self
        ) -> StructProjOwn<T, U> {
            // SAFETY: no pinned field is moved: it is dropped in place below.
            let __pinsight_this = unsafe { __pinsight::__private::Pin::get_unchecked_mut(self) };
            // A guard, so that the place is never left without a value, not even by a panic in the
            // drop code of the pinned field.
            //
            // SAFETY: the guard goes last, when every field has been moved out or dropped: the
            // target is then valid to be written, and holds nothing that is still to be dropped.
            let __pinsight_overwrite = unsafe {
                __pinsight::__private::Overwrite::new(__pinsight_this as *mut Self, __pinsight_replacement)
            };
            let Self { pinned: __pinsight_0, unpinned: __pinsight_1 } = __pinsight_this;
            let __pinsight_result = StructProjOwn {
                pinned: __pinsight::__private::PhantomData,
                // SAFETY: the reference is valid, and the value is not used again: it is
                // overwritten without being dropped.
                unpinned: unsafe { __pinsight::__private::read(__pinsight_1) }
            };
            // A block of its own, or else the result would leak when the drop code panics
            // (rust-lang/rust#47949).
            {
                // SAFETY: the field is valid, and nobody uses it after the guard: it is overwritten
                // without being dropped again.
                let __pinsight_0 = unsafe { __pinsight::__private::DropInPlace::new(__pinsight_0) };
            }
            __pinsight_result
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
