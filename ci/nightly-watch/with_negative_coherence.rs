//@ says: nor does `with_negative_coherence`
//@ today: conflicting implementations of trait `Unpin`
#![feature(negative_impls)]
#![feature(with_negative_coherence)]
#![allow(dead_code, incomplete_features)]
use pinsight::PinProject;
struct Never;
impl !Unpin for Never {}
#[derive(PinProject)]
struct Task<F> {
    #[pin]
    future: F,
}
impl Unpin for Task<Never> {}
fn main() {}
