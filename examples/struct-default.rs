//! `#[derive(PinProject)]` on a struct, with `project_ref` as its only argument. What it expands to
//! stands in `struct-default-expanded.rs`, which prints the same.

#![forbid(unsafe_code)]

use pinsight::PinProject;
use std::pin::{Pin, pin};

#[derive(PinProject)]
#[pin(project_ref)]
struct Struct<T, U> {
    #[pin]
    pinned: T,
    unpinned: U,
}

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
