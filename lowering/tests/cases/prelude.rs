//! What the cases call: the functions say by their signatures what they do with what they are given.

use std::future::Future;
use std::pin::Pin;
use std::task::{Context, Poll};

pub async fn op() {}

pub async fn number() -> u32 {
    0
}

pub async fn text() -> String {
    String::new()
}

pub async fn fallible() -> Result<u32, ()> {
    Ok(0)
}

pub async fn look<T: ?Sized>(value: &T) -> u32 {
    op().await;
    let _ = value;
    0
}

pub async fn change<T: ?Sized>(value: &mut T) {
    op().await;
    let _ = value;
}

pub async fn eat<T>(value: T) {
    op().await;
    drop(value);
}

pub async fn together<A: Future, B: Future>(a: A, b: B) {
    a.await;
    b.await;
}

pub fn take<T>(_: T) {}

pub fn view<T: ?Sized>(_: &T) {}

pub fn touch<T: ?Sized>(_: &mut T) {}

pub fn flag() -> bool {
    std::hint::black_box(true)
}

/// Does not return.
pub fn fail() -> ! {
    panic!()
}

/// Needs drop, and nothing else.
pub struct Guard(pub u32);

impl Guard {
    pub fn new() -> Guard {
        Guard(0)
    }

    pub fn measure(&self) -> u32 {
        self.0
    }

    pub fn set(&mut self) {
        self.0 += 1;
    }

    pub fn finish(self) {}

    pub async fn wait(&self) {}

    pub async fn close(self) {}
}

impl Drop for Guard {
    fn drop(&mut self) {}
}

/// Does not need drop, and is not `Copy`.
pub struct Plain {
    pub a: u32,
    pub b: u32,
}

/// Needs drop because of its fields.
#[derive(Default)]
pub struct Pair {
    pub first: String,
    pub second: String,
    pub count: u32,
}

#[derive(Clone, Copy)]
pub struct Point {
    pub x: u32,
    pub y: u32,
}

/// A future that may be awaited by reference.
pub struct Timer;

impl Future for Timer {
    type Output = u32;

    fn poll(self: Pin<&mut Self>, _: &mut Context<'_>) -> Poll<u32> {
        Poll::Ready(0)
    }
}
