//@ says: a pattern does not project a derived type, whose unpinned fields it would pin
//@ today: cannot project on type that is not `#[pin_v2]`
#![feature(pin_ergonomics)]
#![allow(dead_code, incomplete_features)]
use pinsight::PinProject;
use std::marker::PhantomPinned;
use std::pin::Pin;
#[derive(PinProject)]
struct Task<F> {
    #[pin]
    future: F,
    other: PhantomPinned,
}
fn both<F>(mut task: Pin<&mut Task<F>>) {
    {
        let Task { future: _, other } = task.as_mut();
        let _: Pin<&mut PhantomPinned> = other;
    }
    let _: &mut PhantomPinned = task.project().other;
}
fn main() {}
