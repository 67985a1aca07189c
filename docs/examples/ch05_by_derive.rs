//! The same by a derive: no `unsafe`, and the compiler holds the promises.

use pinsight::PinProject;
use std::pin::{Pin, pin};
use std::task::{Context, Poll, Waker, ready};

#[derive(PinProject)]
struct Counted<F> {
    #[pin]
    future: F,
    polls: u32,
}

impl<F: Future> Future for Counted<F> {
    type Output = (F::Output, u32);

    fn poll(self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Self::Output> {
        let this = self.project();
        *this.polls += 1;
        let output = ready!(this.future.poll(context));
        Poll::Ready((output, *this.polls))
    }
}

fn main() {
    let counted = pin!(Counted { future: async { "done" }, polls: 0 });
    let Poll::Ready((output, polls)) = counted.poll(&mut Context::from_waker(Waker::noop())) else { return };
    println!("{output}, polls: {polls}");
}
