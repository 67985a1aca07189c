// The unsafe trait for types that say `PinnedDrop` has the same member, and rejects no `Drop`.
#![forbid(unsafe_code)]
#![allow(dead_code)]

use pinsight::PinProject;

mod fake {
    pub mod __private {
        pub use pinsight::__private::{DeclaresPinnedDrop as UsePinnedDropInsteadOfDrop, Pin, Support, Unpin};
    }
}

#[derive(PinProject)] //~ ERROR what was found at the path to `pinsight` is not all of pinsight
#[pin(crate = fake)]
struct Task<F> {
    #[pin]
    future: F,
}

impl<F> Drop for Task<F> {
    fn drop(&mut self) {}
}

fn main() {}
