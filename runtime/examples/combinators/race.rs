//! The first of two.

use pinsight::PinProject;
use std::pin::Pin;
use std::task::{Context, Poll};

/// The output of whichever is ready first; if both are, of the first one. The other is dropped with the race.
pub(crate) fn race<A: Future, B: Future>(left: A, right: B) -> Race<A, B> {
    Race { left, right }
}

/// One of two outputs.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Either<A, B> {
    /// Of the first future.
    Left(A),
    /// Of the second future.
    Right(B),
}

/// See [`race`].
///
/// Both futures are pinned: one projection gives a `Pin<&mut _>` to each, at the same time.
#[derive(Debug, PinProject)]
#[must_use = "a future does nothing unless it is awaited"]
pub(crate) struct Race<A, B> {
    #[pin]
    left: A,
    #[pin]
    right: B,
}

impl<A: Future, B: Future> Future for Race<A, B> {
    type Output = Either<A::Output, B::Output>;

    fn poll(self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Self::Output> {
        let this = self.project();
        if let Poll::Ready(output) = this.left.poll(context) {
            return Poll::Ready(Either::Left(output));
        }
        this.right.poll(context).map(Either::Right)
    }
}
