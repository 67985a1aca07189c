//! Turns a broken promise of pinning into a panic.

use pinsight::PinProject;
use std::pin::Pin;
use std::task::{Context, Poll};

/// A future that remembers where it was first polled, and panics when it is polled or dropped elsewhere.
///
/// Safe code cannot move it in between. An executor or a combinator with a wrong `unsafe` can, and then a future that points into
/// itself reads freed memory: sometimes, and much later. With the guard around it, a test fails, each time. In a release build it
/// checks nothing.
///
/// ```
/// use pinsight_rt::{PinGuard, block_on};
///
/// assert_eq!(block_on(PinGuard::new(async { 1 })), 1);
/// ```
#[derive(Debug, PinProject)]
#[pin(PinnedDrop)]
#[must_use = "a future does nothing unless it is awaited"]
pub struct PinGuard<F> {
    #[pin]
    future: F,
    /// Of the first poll; 0 before. A number, because it is compared and never read.
    address: usize,
}

impl<F> PinGuard<F> {
    /// Guards a future, which may be moved until its first poll.
    pub fn new(future: F) -> Self {
        Self { future, address: 0 }
    }
}

impl<F: Future> Future for PinGuard<F> {
    type Output = F::Output;

    #[track_caller]
    fn poll(self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<F::Output> {
        let this = self.project();
        let now = std::ptr::from_ref(this.address).addr();
        if *this.address == 0 {
            *this.address = now;
        }
        check(*this.address, now, "polled");
        this.future.poll(context)
    }
}

#[pinsight::pinned_drop]
impl<F> PinnedDrop for PinGuard<F> {
    fn drop(self: Pin<&mut Self>) {
        // A second panic would abort the process, and the first one says more.
        let address = self.project().address;
        if *address != 0 && !std::thread::panicking() {
            check(*address, std::ptr::from_ref(address).addr(), "dropped");
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
