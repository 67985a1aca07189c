//@ says: `ref pin mut` pins a field behind a plain reference, which may move it afterwards (rust-lang/rust issue 157634)
//@ today: compiles
#![feature(pin_ergonomics)]
#![allow(dead_code, incomplete_features)]
use pinsight::PinProject;
use std::marker::PhantomPinned;
use std::pin::Pin;
#[derive(PinProject)]
struct Task {
    #[pin]
    future: PhantomPinned,
}
fn pinned(task: &mut Task) {
    let Task { future: ref pin mut future } = *task;
    let _: Pin<&mut PhantomPinned> = future;
}
fn main() {
    let mut task = Task { future: PhantomPinned };
    pinned(&mut task);
    let _moved = Box::new(task);
}
