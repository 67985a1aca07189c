//@ says: `specialization` lets a wider `Unpin` by hand stand beside the generated one, as it does with the peers
//@ today: compiles
#![feature(specialization)]
#![allow(dead_code, incomplete_features)]
use pinsight::PinProject;
#[derive(PinProject)]
struct Task<F> {
    #[pin]
    future: F,
}
impl<F> Unpin for Task<F> {}
fn main() {}
