//! Turns a broken promise of pinning into a panic.

use crate::PinProject;
use core::future::Future;
use core::pin::Pin;
use core::task::{Context, Poll};

/// A future that remembers where it was first polled, and panics when it is polled or dropped elsewhere.
///
/// Safe code cannot move it in between. An executor or a combinator with a wrong `unsafe` can, and then a future that points into
/// itself reads freed memory: sometimes, and much later. With the guard around it, a test fails, each time. In a release build it
/// checks nothing.
///
/// ```
/// use pinsight::PinGuard;
/// use std::pin::pin;
/// use std::task::{Context, Poll, Waker};
///
/// let mut future = pin!(PinGuard::new(async { 1 }));
/// assert_eq!(future.as_mut().poll(&mut Context::from_waker(Waker::noop())), Poll::Ready(1));
/// ```
#[derive(Debug, PinProject)]
#[pin(PinnedDrop, crate = crate)]
#[must_use = "a future does nothing unless it is awaited"]
pub struct PinGuard<F> {
    #[pin]
    future: F,
    /// The address at the first poll; 0 before. A number, because it is compared and never read.
    address: usize,
    /// Set during a poll. If it is still set afterwards, that has panicked, and no second panic may follow: it would abort the process.
    in_poll: bool,
}

impl<F> PinGuard<F> {
    /// Guards a future, which may be moved until its first poll.
    pub fn new(future: F) -> Self {
        Self { future, address: 0, in_poll: false }
    }
}

impl<F: Future> Future for PinGuard<F> {
    type Output = F::Output;

    #[track_caller]
    fn poll(self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<F::Output> {
        let this = self.project();
        let now = core::ptr::from_ref(this.address).addr();
        if *this.address == 0 {
            *this.address = now;
        }
        *this.in_poll = true;
        check(*this.address, now, "polled");
        let poll = this.future.poll(context);
        *this.in_poll = false;
        poll
    }
}

// What `#[pinned_drop]` would write: inside this crate, it does not find the crate.
impl<F> crate::PinnedDrop for PinGuard<F> {
    unsafe fn __put_pinned_drop_above_this_impl(self: Pin<&mut Self>) {
        let this = self.project();
        if *this.address != 0 && !*this.in_poll {
            check(*this.address, core::ptr::from_ref(this.address).addr(), "dropped");
        }
    }
}

#[track_caller]
fn check(first: usize, now: usize, what: &str) {
    if cfg!(debug_assertions) && first != now {
        panic!(
            "a pinned future was moved: first polled at {first:#x}, {what} at {now:#x}\n\
             help: look for `Pin::new_unchecked`, `get_unchecked_mut` and `mem::swap` in what polls it"
        );
    }
}
