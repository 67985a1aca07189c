#![forbid(unsafe_code)]
#![allow(dead_code)]

// `::pinsight` is now this crate, with a `__private` of its own in which one item is another.
extern crate pinsight as genuine;
extern crate self as pinsight;

use std::marker::PhantomPinned;

pub mod __private {
    pub use genuine::__private::*;
    pub trait Unpin {}
}

#[derive(genuine::PinProject)]
struct Task { //~ ERROR what was found at the path
    #[pin]
    future: PhantomPinned,
}

impl Unpin for Task {}

fn main() {}
