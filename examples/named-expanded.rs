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
/// The projection of [`Struct`] that its method `project` returns.
#[allow(dead_code)]
struct StructProj<'pin, T, U> {
    /// The one that stays where it is.
    ///
    /// Structurally pinned.
    pinned: ::pinsight::__private::Pin<&'pin mut T>,
    /// Not pinned.
    unpinned: &'pin mut U,
}
// </expansion>

#[rustfmt::skip]
// <expansion>
/// The projection of [`Struct`] that its method `project_ref` returns.
#[allow(dead_code)]
struct StructProjRef<'pin, T, U> {
    /// The one that stays where it is.
    ///
    /// Structurally pinned.
    pinned: ::pinsight::__private::Pin<&'pin T>,
    /// Not pinned.
    unpinned: &'pin U,
}
// </expansion>

#[rustfmt::skip]
// <expansion>
/// The projection of [`Struct`] that its method `project_replace` returns.
#[allow(dead_code)]
struct StructProjOwn<T, U> {
    /// The one that stays where it is.
    ///
    /// Structurally pinned: dropped where it stood.
    pinned: ::pinsight::__private::PhantomData<T>,
    /// Not pinned: moved out.
    unpinned: U,
}
// </expansion>

#[rustfmt::skip]
// <expansion>
impl<T, U> Struct<T, U> {
    /// Projects a pinned mutable reference to the fields.
    #[inline]
    fn project(self: ::pinsight::__private::Pin<&mut Self>) -> StructProj<'_, T, U> {
        // SAFETY: nothing is moved out of the reference: the closed pattern only borrows it, field by field.
        let Self { pinned: __pinsight_0, unpinned: __pinsight_1 } = unsafe {
            ::pinsight::__private::Support::get_mut(self)
        };
        // SAFETY: the field lies in a value that is pinned, and is not moved before it is dropped: the four promises.
        let __pinsight_0 = unsafe {
            ::pinsight::__private::Support::pinned(__pinsight_0)
        };
        StructProj {
            pinned: __pinsight_0,
            unpinned: __pinsight_1,
        }
    }
    /// Projects a pinned shared reference to the fields.
    #[inline]
    fn project_ref(self: ::pinsight::__private::Pin<&Self>) -> StructProjRef<'_, T, U> {
        // SAFETY: nothing is moved out of the reference: the closed pattern only borrows it, field by field.
        let Self { pinned: __pinsight_0, unpinned: __pinsight_1 } = ::pinsight::__private::Support::get_ref(
            self,
        );
        // SAFETY: the field lies in a value that is pinned, and is not moved before it is dropped: the four promises.
        let __pinsight_0 = unsafe {
            ::pinsight::__private::Support::pinned_ref(__pinsight_0)
        };
        StructProjRef {
            pinned: __pinsight_0,
            unpinned: __pinsight_1,
        }
    }
    /// Replaces the value. What was not pinned is returned; what was is dropped where it stood.
    #[inline]
    fn project_replace(
        self: ::pinsight::__private::Pin<&mut Self>,
        __pinsight_replacement: Self,
    ) -> StructProjOwn<T, U> {
        // SAFETY: no pinned field is moved: each is dropped in place below.
        let __pinsight_this: *mut Self = unsafe {
            ::pinsight::__private::Support::get_mut(self)
        };
        // SAFETY: the guard goes last, when every field has been moved out or dropped, also if something panics.
        let __pinsight_overwrite = unsafe {
            ::pinsight::__private::Support::overwrite(
                __pinsight_this,
                __pinsight_replacement,
            )
        };
        // SAFETY: it was made of such a reference. The guard's pointer has to be older than this one.
        let __pinsight_this = unsafe { &mut *__pinsight_this };
        // SAFETY: nothing is moved out of the reference: the closed pattern only borrows it, field by field.
        let Self { pinned: __pinsight_0, unpinned: __pinsight_1 } = __pinsight_this;
        let __pinsight_result = StructProjOwn {
            pinned: ::pinsight::__private::Support::dropped(),
            // SAFETY: the value is not used again: it is overwritten without being dropped.
            unpinned: unsafe { ::pinsight::__private::Support::moved(__pinsight_1) },
        };
        {
            // SAFETY: nobody uses the field after the guard: it is overwritten without being dropped again.
            let __pinsight_0 = unsafe {
                ::pinsight::__private::Support::drop_in_place(__pinsight_0)
            };
        }
        __pinsight_result
    }
}
// </expansion>

#[rustfmt::skip]
// <expansion>
// Promise 1: `Unpin` only if the pinned fields are. The tuple makes a second, hand-written impl an error (E0119).
impl<T, U> ::pinsight::__private::Unpin for Struct<T, U>
where
    (T,): ::pinsight::__private::Unpin,
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
        dyn ::pinsight::__private::Unpin,
    );
}
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
