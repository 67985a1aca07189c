//@ says: and it refuses an `Unpin` by hand
//@ today: conflicting implementations of trait `Unpin`
//@ flags: -Znext-solver=globally
#![allow(dead_code, incomplete_features)]
use pinsight::PinProject;
use std::marker::PhantomPinned;
#[derive(PinProject)]
struct Task<F> {
    #[pin]
    future: F,
}
impl Unpin for Task<PhantomPinned> {}
fn main() {}
