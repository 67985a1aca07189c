//@ says: bounds without a parameter: a type with a pinned `PhantomPinned` is not `Unpin`
//@ today: cannot be unpinned
#![feature(trivial_bounds)]
#![allow(dead_code, incomplete_features)]
use pinsight::PinProject;
use std::marker::PhantomPinned;
#[derive(PinProject)]
struct Task {
    #[pin]
    future: PhantomPinned,
}
fn is_unpin<T: Unpin>() {}
fn main() {
    is_unpin::<Task>();
}
