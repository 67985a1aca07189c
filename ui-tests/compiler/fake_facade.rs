#![forbid(unsafe_code)]
#![allow(dead_code)]

// `::pinsight` is now this crate, with a `__private` of its own.
extern crate pinsight as genuine;
extern crate self as pinsight;

use std::marker::PhantomPinned;

pub mod __private {
    pub trait Unpin {}
    pub trait MustNotImplement<Offender> {}
}

#[derive(genuine::PinProject)]
struct Task {
    #[pin]
    future: PhantomPinned,
}

fn is_unpin<T: Unpin>() {}

fn main() {
    is_unpin::<Task>(); //~ ERROR cannot be unpinned
}
