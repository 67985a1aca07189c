//! What the derive in `enum-default.rs` expands to, with the reasons. It prints the same.
//!
//! The four promises of a projection, which the `unsafe` blocks rest on:
//! 1. the type is `Unpin` only if its pinned fields are;
//! 2. its drop code never moves a pinned field;
//! 3. it is not packed, so that its fields can be borrowed where they are;
//! 4. nothing else hands out a way to move a pinned field.
//!
//! What stands between the markers is the expansion token by token. `rustfmt` would change its
//! commas and braces, so it is told to leave them alone.

// Lints do not look into what another crate's macro writes, but they do look at this file.
#![allow(clippy::init_numbered_fields)]

use std::pin::{Pin, pin};

enum Enum<T, U> {
    /// Both kinds of field.
    Both {
        pinned: T,
        unpinned: U,
    },
    Pinned(T),
    Nothing,
}

// The variants have to be matched on, so the projections stand beside the type, where the user can
// name them.
#[rustfmt::skip]
// <expansion>
/// The projection of [`Enum`] that its method `project` returns.
#[allow(dead_code)]
enum EnumProj<'pin, T, U> {
    /// Both kinds of field.
    Both {
        /// Structurally pinned.
        pinned: ::pinsight::__private::Pin<&'pin mut T>,
        /// Not pinned.
        unpinned: &'pin mut U,
    },
    Pinned(
        /// Structurally pinned.
        ::pinsight::__private::Pin<&'pin mut T>,
    ),
    Nothing,
}
// </expansion>

#[rustfmt::skip]
// <expansion>
/// The projection of [`Enum`] that its method `project_ref` returns.
#[allow(dead_code)]
enum EnumProjRef<'pin, T, U> {
    /// Both kinds of field.
    Both {
        /// Structurally pinned.
        pinned: ::pinsight::__private::Pin<&'pin T>,
        /// Not pinned.
        unpinned: &'pin U,
    },
    Pinned(
        /// Structurally pinned.
        ::pinsight::__private::Pin<&'pin T>,
    ),
    Nothing,
}
// </expansion>

#[rustfmt::skip]
// <expansion>
impl<T, U> Enum<T, U> {
    /// Projects a pinned mutable reference to the fields.
    #[inline]
    fn project(self: ::pinsight::__private::Pin<&mut Self>) -> EnumProj<'_, T, U> {
        // SAFETY: nothing is moved out of the reference: the closed patterns only borrow it, field by field.
        match unsafe { ::pinsight::__private::Support::get_mut(self) } {
            Self::Both { pinned: __pinsight_0, unpinned: __pinsight_1 } => {
                // SAFETY: the field lies in a value that is pinned, and is not moved before it is dropped: the four promises.
                let __pinsight_0 = unsafe {
                    ::pinsight::__private::Support::pinned(__pinsight_0)
                };
                EnumProj::Both {
                    pinned: __pinsight_0,
                    unpinned: __pinsight_1,
                }
            }
            Self::Pinned { 0: __pinsight_0 } => {
                // SAFETY: the field lies in a value that is pinned, and is not moved before it is dropped: the four promises.
                let __pinsight_0 = unsafe {
                    ::pinsight::__private::Support::pinned(__pinsight_0)
                };
                EnumProj::Pinned {
                    0: __pinsight_0,
                }
            }
            Self::Nothing {} => EnumProj::Nothing {},
        }
    }
    /// Projects a pinned shared reference to the fields.
    #[inline]
    fn project_ref(self: ::pinsight::__private::Pin<&Self>) -> EnumProjRef<'_, T, U> {
        match ::pinsight::__private::Support::get_ref(self) {
            Self::Both { pinned: __pinsight_0, unpinned: __pinsight_1 } => {
                // SAFETY: the field lies in a value that is pinned, and is not moved before it is dropped: the four promises.
                let __pinsight_0 = unsafe {
                    ::pinsight::__private::Support::pinned_ref(__pinsight_0)
                };
                EnumProjRef::Both {
                    pinned: __pinsight_0,
                    unpinned: __pinsight_1,
                }
            }
            Self::Pinned { 0: __pinsight_0 } => {
                // SAFETY: the field lies in a value that is pinned, and is not moved before it is dropped: the four promises.
                let __pinsight_0 = unsafe {
                    ::pinsight::__private::Support::pinned_ref(__pinsight_0)
                };
                EnumProjRef::Pinned {
                    0: __pinsight_0,
                }
            }
            Self::Nothing {} => EnumProjRef::Nothing {},
        }
    }
}
// </expansion>

#[rustfmt::skip]
// <expansion>
// Promise 1: `Unpin` only if the pinned fields are. The tuple makes a second, hand-written impl an error (E0119).
impl<T, U> ::pinsight::__private::Unpin for Enum<T, U>
where
    (T, T): ::pinsight::__private::Unpin,
{}
// </expansion>

#[rustfmt::skip]
// <expansion>
// Promise 2: a type with `Drop` has this already, so a hand-written `Drop` is an error (E0119).
// SAFETY: only the macros implement it, for the types that they project.
unsafe impl<T, U> ::pinsight::__private::UsePinnedDropInsteadOfDrop for Enum<T, U> {
    // Proves that the names found at the path are pinsight's own: this type can be written with no others.
    type __ImplementedByPinsight = (
        ::pinsight::__private::Support,
        dyn ::pinsight::__private::Unpin,
    );
}
// </expansion>

fn describe(value: Pin<&mut Enum<i32, &str>>) -> String {
    // The variants have to be matched on, so the projection has a name also by default.
    match value.project() {
        EnumProj::Both { pinned, unpinned } => {
            *unpinned = "changed";
            format!("both: {pinned}, {unpinned}")
        }
        EnumProj::Pinned(mut pinned) => {
            pinned.set(2);
            format!("pinned: {pinned}")
        }
        EnumProj::Nothing => String::from("nothing"),
    }
}

fn main() {
    let mut value = pin!(Enum::Both { pinned: 1, unpinned: "first" });
    println!("{}", describe(value.as_mut()));

    // The whole value is replaced where it stands; nothing is moved out of the pin.
    value.set(Enum::Pinned(1));
    println!("{}", describe(value.as_mut()));
    if let EnumProjRef::Pinned(pinned) = value.as_ref().project_ref() {
        println!("still pinned: {pinned}");
    }

    value.set(Enum::Nothing);
    println!("{}", describe(value));
}
