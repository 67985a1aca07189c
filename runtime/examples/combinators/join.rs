//! Both of two.

use pinsight::PinProject;
use std::pin::Pin;
use std::task::{Context, Poll};

/// The outputs of both.
pub(crate) fn join<A: Future, B: Future>(left: A, right: B) -> Join<A, B> {
    Join { left: Part::Running(left), right: Part::Running(right) }
}

/// See [`join`].
#[derive(PinProject)]
#[must_use = "a future does nothing unless it is awaited"]
pub(crate) struct Join<A: Future, B: Future> {
    #[pin]
    left: Part<A>,
    #[pin]
    right: Part<B>,
}

/// A future, and then its output where it stood.
///
/// Only the future is pinned. An enum is projected into another, `PartProj`, which is matched on; `Pin::set` drops the future in
/// place, as pinning demands, and writes the output there.
#[derive(PinProject)]
#[pin(project_replace)]
pub(crate) enum Part<F: Future> {
    Running(#[pin] F),
    Done(F::Output),
    Taken,
}

impl<F: Future> Part<F> {
    /// Whether the output is there.
    pub(crate) fn poll(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> bool {
        match self.as_mut().project() {
            PartProj::Running(future) => match future.poll(context) {
                Poll::Ready(output) => {
                    self.set(Self::Done(output));
                    true
                }
                Poll::Pending => false,
            },
            PartProj::Done(_) => true,
            PartProj::Taken => panic!("a future was polled after it had ended\nhelp: `.await` it once"),
        }
    }

    /// The output, if it is there. `project_replace` moves out what is not pinned, and drops the rest in place.
    pub(crate) fn take(self: Pin<&mut Self>) -> Option<F::Output> {
        match self.project_replace(Self::Taken) {
            PartProjOwn::Done(output) => Some(output),
            PartProjOwn::Running(_) | PartProjOwn::Taken => None,
        }
    }
}

impl<A: Future, B: Future> Future for Join<A, B> {
    type Output = (A::Output, B::Output);

    fn poll(self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Self::Output> {
        let mut this = self.project();
        let left = this.left.as_mut().poll(context);
        let right = this.right.as_mut().poll(context);
        if !(left && right) {
            return Poll::Pending;
        }
        match (this.left.take(), this.right.take()) {
            (Some(left), Some(right)) => Poll::Ready((left, right)),
            _ => unreachable!("both are there"),
        }
    }
}
