//! `#[derive(PinProject)]` on an enum, without arguments. What it expands to stands in
//! `enum-default-expanded.rs`, which prints the same.

#![forbid(unsafe_code)]

use pinsight::PinProject;
use std::pin::{Pin, pin};

#[derive(PinProject)]
#[pin(project_ref)]
enum Enum<T, U> {
    /// Both kinds of field.
    Both {
        #[pin]
        pinned: T,
        unpinned: U,
    },
    Pinned(#[pin] T),
    Nothing,
}

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
