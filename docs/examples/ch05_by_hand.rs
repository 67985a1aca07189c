//! A projection written by hand, with the four promises that it rests on.

use std::pin::{Pin, pin};
use std::task::{Context, Poll, Waker, ready};

struct Counted<F> {
    future: F,
    polls: u32,
}

// Promise 1: `Counted` is `Unpin` only if the pinned field is. Nobody writes an `impl Unpin`, so the compiler keeps it.
// Promise 2: the pinned field is dropped where it stands, before its memory is used again. No `Drop` moves it; there is none.
// Promise 3: the type is not `repr(packed)`.
// Promise 4: nothing else gives out a `&mut F` of a pinned `Counted`, by which `F` could be moved.
impl<F> Counted<F> {
    fn project(self: Pin<&mut Self>) -> (Pin<&mut F>, &mut u32) {
        // SAFETY: Nothing is moved out of `this`: the future is pinned again at once.
        let this = unsafe { self.get_unchecked_mut() };
        // SAFETY: `future` is pinned because the whole is, by the four promises above.
        (unsafe { Pin::new_unchecked(&mut this.future) }, &mut this.polls)
    }
}

impl<F: Future> Future for Counted<F> {
    type Output = (F::Output, u32);

    fn poll(self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Self::Output> {
        let (future, polls) = self.project();
        *polls += 1;
        let output = ready!(future.poll(context));
        Poll::Ready((output, *polls))
    }
}

fn main() {
    let counted = pin!(Counted { future: async { "done" }, polls: 0 });
    let Poll::Ready((output, polls)) = counted.poll(&mut Context::from_waker(Waker::noop())) else { return };
    println!("{output}, polls: {polls}");
}
