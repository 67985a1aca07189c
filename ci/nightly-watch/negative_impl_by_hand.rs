//@ says: `impl !Unpin` by hand collides with the generated `Unpin`
//@ today: found both positive and negative implementation of trait `Unpin`
#![feature(negative_impls)]
#![allow(dead_code, incomplete_features)]
use pinsight::PinProject;
#[derive(PinProject)]
struct Task<F> {
    #[pin]
    future: F,
}
impl<F> !Unpin for Task<F> {}
fn main() {}
