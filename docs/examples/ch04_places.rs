//! The two places to pin: a box on the heap, and the current stack frame.

use std::pin::{Pin, pin};
use std::task::{Context, Poll, Waker};

async fn double(number: u32) -> u32 {
    number * 2
}

/// A box can be returned, stored, and given to others. It costs one allocation.
fn on_the_heap() -> Pin<Box<dyn Future<Output = u32>>> {
    Box::pin(double(1))
}

fn poll(future: Pin<&mut dyn Future<Output = u32>>) -> u32 {
    match future.poll(&mut Context::from_waker(Waker::noop())) {
        Poll::Ready(output) => output,
        Poll::Pending => unreachable!("`double` never waits"),
    }
}

fn main() {
    let mut boxed = on_the_heap();
    println!("from the heap: {}", poll(boxed.as_mut()));

    // `pin!` costs nothing. The future lies in this frame, and cannot leave it.
    let local = pin!(double(2));
    println!("from the stack: {}", poll(local));
}
