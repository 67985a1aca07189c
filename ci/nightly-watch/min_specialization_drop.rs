//@ says: a `Drop` by hand stays refused
//@ today: specializes an item from a parent `impl`
#![feature(min_specialization)]
#![allow(dead_code, incomplete_features)]
use pinsight::PinProject;
#[derive(PinProject)]
struct Task<F> {
    #[pin]
    future: F,
}
impl<F> Drop for Task<F> {
    fn drop(&mut self) {}
}
fn main() {}
