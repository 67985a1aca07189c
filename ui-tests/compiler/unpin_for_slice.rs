// The type is never sized, and what it is made of is not `Unpin`.
#![forbid(unsafe_code)]
#![allow(dead_code)]

use pinsight::PinProject;
use std::marker::PhantomPinned;

#[derive(PinProject)]
struct Task<F: ?Sized> {
    #[pin]
    future: F,
}

impl Unpin for Task<[PhantomPinned]> {} //~ ERROR conflicting implementations

fn main() {}
