//@ says: a `Drop` whose receiver is pinned is a `Drop` by hand to the derive
//@ today: conflicting implementations of trait
#![feature(pin_ergonomics)]
#![allow(dead_code, incomplete_features)]
use pinsight::PinProject;
#[derive(PinProject)]
struct Task<F> {
    #[pin]
    future: F,
}
impl<F> Drop for Task<F> {
    fn drop(&pin mut self) {}
}
fn main() {}
