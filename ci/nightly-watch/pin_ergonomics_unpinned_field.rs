//@ says: every field is pinned, which does not matter for one that is `Unpin`
//@ today: compiles
#![feature(pin_ergonomics)]
#![allow(dead_code, incomplete_features)]
#[pin_v2]
struct Task<F> {
    future: F,
    retries: u32,
}
fn count<F>(task: &pin mut Task<F>) {
    let Task { future: _, retries } = task;
    *retries.get_mut() += 1;
}
fn main() {}
