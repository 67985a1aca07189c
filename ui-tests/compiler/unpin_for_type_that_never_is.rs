// The other implementation is for one type, around another that is not `Unpin`.
#![forbid(unsafe_code)]
#![allow(dead_code)]

use pinsight::PinProject;
use std::marker::PhantomPinned;

#[derive(PinProject)]
struct Task<F> {
    #[pin]
    future: Option<F>,
}

impl Unpin for Task<PhantomPinned> {} //~ ERROR conflicting implementations

fn main() {}
