//@ says: a field that is unsafe to touch, which a projection would hand out as a safe one
//@ today: use of unsafe field is unsafe and requires unsafe block
#![feature(unsafe_fields)]
#![allow(dead_code, incomplete_features)]
use pinsight::PinProject;
#[derive(PinProject)]
struct Task<F> {
    #[pin]
    future: F,
    /// Below 3.
    unsafe retries: u32,
}
fn main() {}
