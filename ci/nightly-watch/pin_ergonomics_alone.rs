//@ says: the language projects a `#[pin_v2]` type by a pattern, every field pinned
//@ today: compiles
#![feature(pin_ergonomics)]
#![allow(dead_code, incomplete_features)]
#[pin_v2]
struct Task<F> {
    future: F,
    retries: u32,
}
fn retries<F>(task: &pin mut Task<F>) -> &pin mut u32 {
    let Task { future: _, retries } = task;
    retries
}
fn main() {}
