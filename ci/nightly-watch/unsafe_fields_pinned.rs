//@ says: the same for a pinned field
//@ today: use of unsafe field is unsafe and requires unsafe block
#![feature(unsafe_fields)]
#![allow(dead_code, incomplete_features)]
use pinsight::PinProject;
#[derive(PinProject)]
struct Task<F> {
    /// Polled once.
    #[pin]
    unsafe future: F,
}
fn main() {}
