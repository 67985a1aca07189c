//! `#[derive(PinProject)]` with `!Unpin`, for a type that must not be moved whatever its fields
//! are. What it expands to stands in `not_unpin-expanded.rs`, which prints the same.

#![forbid(unsafe_code)]

use pinsight::PinProject;
use std::pin::pin;

#[derive(PinProject)]
#[pin(!Unpin, project_ref)]
struct Struct<T, U> {
    #[pin]
    pinned: T,
    unpinned: U,
}

fn main() {
    // All fields are `Unpin`, and yet `Pin::new` does not accept the value: it needs `pin!`.
    let mut value = pin!(Struct { pinned: 1, unpinned: "one" });

    // std::pin::Pin::new(&mut Struct { pinned: 1, unpinned: "one" });
    // ^ error[E0277]: `PhantomPinned` cannot be unpinned

    let mut this = value.as_mut().project();
    this.pinned.set(2);
    *this.unpinned = "two";

    let this = value.as_ref().project_ref();
    println!("pinned: {}, unpinned: {}", this.pinned, this.unpinned);
}
