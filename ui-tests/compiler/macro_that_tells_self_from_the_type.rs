// A macro that expands to one type in the declaration, where it is given `Self`, and to another in the projection.
#![forbid(unsafe_code)]
#![allow(dead_code)]

use pinsight::PinProject;
use std::marker::PhantomPinned;

macro_rules! sticky_of_self {
    (Self) => { PhantomPinned };
    ($($other:tt)*) => { u8 };
}

#[derive(PinProject)] //~ ERROR mismatched types
struct Task {
    #[pin]
    future: sticky_of_self!(Self),
}

fn main() {}
