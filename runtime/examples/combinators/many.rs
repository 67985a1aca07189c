//! All or the first of many.

use super::join::Part;
use std::fmt;
use std::pin::Pin;
use std::task::{Context, Poll};

/// The outputs of all, in their order. Every wake-up polls all that are left: for more than some dozens, spawn tasks.
pub(crate) fn join_all<F: Future>(futures: impl IntoIterator<Item = F>) -> JoinAll<F> {
    JoinAll { parts: futures.into_iter().map(|future| Box::pin(Part::Running(future))).collect() }
}

/// See [`join_all`].
///
/// No field is pinned here, because a `Vec` moves its elements when it grows. Each future has a `Pin<Box<_>>` of its own instead,
/// which may be moved.
#[must_use = "a future does nothing unless it is awaited"]
pub(crate) struct JoinAll<F: Future> {
    parts: Vec<Pin<Box<Part<F>>>>,
}

impl<F: Future> Future for JoinAll<F> {
    type Output = Vec<F::Output>;

    fn poll(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Self::Output> {
        let mut is_done = true;
        for part in &mut self.parts {
            is_done &= part.as_mut().poll(context);
        }
        if !is_done {
            return Poll::Pending;
        }
        Poll::Ready(self.parts.iter_mut().filter_map(|part| part.as_mut().take()).collect())
    }
}

impl<F: Future> fmt::Debug for JoinAll<F> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("JoinAll").field("futures", &self.parts.len()).finish()
    }
}

/// The output of whichever is ready first, with its number. The others are dropped with the race.
///
/// # Panics
///
/// If there are no futures: nobody would ever be first.
#[track_caller]
pub(crate) fn race_all<F: Future>(futures: impl IntoIterator<Item = F>) -> RaceAll<F> {
    let futures: Vec<_> = futures.into_iter().map(Box::pin).collect();
    assert!(
        !futures.is_empty(),
        "a race of no futures never ends\nhelp: check that there is one, or use `std::future::pending`"
    );
    RaceAll { futures }
}

/// See [`race_all`].
#[derive(Debug)]
#[must_use = "a future does nothing unless it is awaited"]
pub(crate) struct RaceAll<F> {
    futures: Vec<Pin<Box<F>>>,
}

impl<F: Future> Future for RaceAll<F> {
    type Output = (usize, F::Output);

    fn poll(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Self::Output> {
        for (number, future) in self.futures.iter_mut().enumerate() {
            if let Poll::Ready(output) = future.as_mut().poll(context) {
                return Poll::Ready((number, output));
            }
        }
        Poll::Pending
    }
}
