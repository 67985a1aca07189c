//! `#[derive(PinProject)]` with `UnsafeUnpin`, for a type that knows better when it is `Unpin`.
//! What it expands to stands in `unsafe_unpin-expanded.rs`, which prints the same.

use pinsight::{PinProject, UnsafeUnpin};
use std::marker::PhantomPinned;
use std::pin::Pin;

#[derive(PinProject)]
#[pin(UnsafeUnpin)]
struct Struct<T, U> {
    #[pin]
    pinned: T,
    unpinned: U,
}

// By default the bound would be `T: Unpin`. This says that the type may be `Unpin` if `U` is too.
//
// SAFETY: `T: Unpin` is among the bounds, so the type is `Unpin` only if its pinned field is.
unsafe impl<T: Unpin, U: Unpin> UnsafeUnpin for Struct<T, U> {}

fn main() {
    let mut value = Struct { pinned: 1, unpinned: "one" };
    // Both are `Unpin`, so the value is, and `Pin::new` accepts it.
    let mut this = Pin::new(&mut value).project();
    this.pinned.set(2);
    *this.unpinned = "two";
    println!("pinned: {}, unpinned: {}", value.pinned, value.unpinned);

    let mut value = Struct { pinned: 1, unpinned: PhantomPinned };

    // Pin::new(&mut value);
    // ^ error[E0277]: `PhantomPinned` cannot be unpinned

    value.pinned = 3;
    println!("not to be pinned by `Pin::new`: {}", value.pinned);
}
