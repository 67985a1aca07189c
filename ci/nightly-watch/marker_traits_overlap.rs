//@ says: `#[marker]` traits overlap; `Unpin` is none
//@ today: conflicting implementations of trait `Unpin`
#![feature(marker_trait_attr)]
#![allow(dead_code, incomplete_features)]
use pinsight::PinProject;
#[derive(PinProject)]
struct Task<F> {
    #[pin]
    future: F,
}
impl<F> Unpin for Task<F> {}
fn main() {}
