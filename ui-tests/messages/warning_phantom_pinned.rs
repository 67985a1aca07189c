#![deny(warnings)]

use pinsight::PinProject;
use std::marker::PhantomPinned;

#[derive(PinProject)]
struct Task<F> {
    #[pin]
    future: F,
    _pinned: PhantomPinned, //~ ERROR has no effect
}

fn main() {
    let _ = Task { future: 1, _pinned: PhantomPinned }.future;
}
