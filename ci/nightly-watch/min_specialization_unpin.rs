//@ says: `min_specialization` does not
//@ today: cannot specialize on trait `Unpin`
#![feature(min_specialization)]
#![allow(dead_code, incomplete_features)]
use pinsight::PinProject;
#[derive(PinProject)]
struct Task<F> {
    #[pin]
    future: F,
}
impl<F> Unpin for Task<F> {}
fn main() {}
