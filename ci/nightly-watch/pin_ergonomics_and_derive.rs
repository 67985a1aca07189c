//@ says: `#[pin_v2]` and the derive on one type: the language wants no `impl Unpin`
//@ today: explicit impls for the `Unpin` trait are not permitted for structurally pinned types
#![feature(pin_ergonomics)]
#![allow(dead_code, incomplete_features)]
use pinsight::PinProject;
#[derive(PinProject)]
#[pin_v2]
struct Task<F> {
    #[pin]
    future: F,
    retries: u32,
}
fn main() {}
