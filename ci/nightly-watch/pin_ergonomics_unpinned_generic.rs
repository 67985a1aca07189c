//@ says: a field of a type that may not be `Unpin` cannot be left unpinned
//@ today: cannot borrow data in dereference of `Pin<&mut Option<T>>` as mutable
#![feature(pin_ergonomics)]
#![allow(dead_code, incomplete_features)]
#[pin_v2]
struct Task<F, T> {
    future: F,
    output: Option<T>,
}
fn take<F, T>(task: &pin mut Task<F, T>) -> Option<T> {
    let Task { future: _, output } = task;
    output.take()
}
fn main() {}
