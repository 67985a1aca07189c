//@ says: `&pin mut self.field` is not a projection yet
//@ today: cannot move out of dereference of `Pin<&mut Task<F>>`
#![feature(pin_ergonomics)]
#![allow(dead_code, incomplete_features)]
#[pin_v2]
struct Task<F> {
    future: F,
}
fn future<F>(task: &pin mut Task<F>) -> &pin mut F {
    &pin mut task.future
}
fn main() {}
