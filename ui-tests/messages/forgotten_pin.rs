use pinsight::PinProject;
use std::future::Future;
use std::pin::Pin;
use std::task::{Context, Poll};

#[derive(PinProject)]
struct Task<F> { //~ WARN no field of `Task` is pinned
    future: F,
}

impl<F: Future> Future for Task<F> {
    type Output = F::Output;
    fn poll(self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<F::Output> {
        self.project().future.poll(cx) //~ ERROR no method named `poll`
    }
}

fn main() {}
