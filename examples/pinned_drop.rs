//! `#[derive(PinProject)]` with `PinnedDrop`, for a type that has to do something when it is
//! dropped. What both macros expand to stands in `pinned_drop-expanded.rs`, which prints the same.

#![forbid(unsafe_code)]

use pinsight::{PinProject, pinned_drop};
use std::fmt::Display;
use std::pin::{Pin, pin};

#[derive(PinProject)]
#[pin(PinnedDrop)]
struct Struct<T: Display, U> {
    #[pin]
    pinned: T,
    unpinned: U,
}

/// Takes a pin: out of the `&mut self` of `Drop::drop`, a pinned field could be moved.
#[pinned_drop]
impl<T: Display, U> PinnedDrop for Struct<T, U> {
    fn drop(self: Pin<&mut Self>) {
        let this = self.project();
        println!("dropped with {}", this.pinned);
    }
}

fn main() {
    let mut value = pin!(Struct { pinned: 1, unpinned: "one" });
    *value.as_mut().project().unpinned = "two";
    println!("before: {}", value.unpinned);
    value.set(Struct { pinned: 2, unpinned: "three" });
    println!("after: {}", value.unpinned);
}
