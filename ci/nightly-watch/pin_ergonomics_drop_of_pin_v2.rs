//@ says: a `#[pin_v2]` type has to have a pinned `Drop`
//@ today: compiles
#![feature(pin_ergonomics)]
#![allow(dead_code, incomplete_features)]
#[pin_v2]
struct Task<F> {
    future: F,
}
impl<F> Drop for Task<F> {
    fn drop(&pin mut self) {}
}
fn main() {}
