//! A future that can be given up from outside.

use pinsight::PinProject;
use std::error::Error;
use std::fmt;
use std::pin::Pin;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex, PoisonError};
use std::task::{Context, Poll, Waker};

/// A future that ends when its handle says so. A task can be aborted without this; see `JoinHandle::abort_handle`.
pub(crate) fn abortable<F: Future>(future: F) -> (Abortable<F>, AbortHandle) {
    let handle = AbortHandle { state: Arc::default() };
    (Abortable { future, handle: handle.clone() }, handle)
}

/// See [`abortable`].
#[derive(Debug, PinProject)]
#[must_use = "a future does nothing unless it is awaited"]
pub(crate) struct Abortable<F> {
    #[pin]
    future: F,
    /// Not pinned: it is shared, and a move of the `Arc` moves nothing that anybody points at.
    handle: AbortHandle,
}

impl<F: Future> Future for Abortable<F> {
    type Output = Result<F::Output, Aborted>;

    fn poll(self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Self::Output> {
        let this = self.project();
        if this.handle.is_aborted() {
            return Poll::Ready(Err(Aborted));
        }
        if let Poll::Ready(output) = this.future.poll(context) {
            return Poll::Ready(Ok(output));
        }
        this.handle.set_waker(context.waker());
        // Once more, because it may have been aborted before the waker was there.
        if this.handle.is_aborted() { Poll::Ready(Err(Aborted)) } else { Poll::Pending }
    }
}

/// Ends an [`Abortable`], from any thread.
#[derive(Clone, Debug)]
pub(crate) struct AbortHandle {
    state: Arc<State>,
}

#[derive(Debug, Default)]
struct State {
    is_aborted: AtomicBool,
    waker: Mutex<Option<Waker>>,
}

impl AbortHandle {
    /// Ends the future, at the latest when it would be polled next.
    pub(crate) fn abort(&self) {
        self.state.is_aborted.store(true, Ordering::Release);
        let waker = self.state.waker.lock().unwrap_or_else(PoisonError::into_inner).take();
        waker.into_iter().for_each(Waker::wake);
    }

    /// Whether [`abort`](Self::abort) was called.
    pub(crate) fn is_aborted(&self) -> bool {
        self.state.is_aborted.load(Ordering::Acquire)
    }

    fn set_waker(&self, waker: &Waker) {
        let slot = || self.state.waker.lock().unwrap_or_else(PoisonError::into_inner);
        if slot().as_ref().is_some_and(|old| old.will_wake(waker)) {
            return;
        }
        // Its clone is foreign code, as is the drop of the old one: neither happens under the lock, for it may come back here.
        let new = waker.clone();
        let old = slot().replace(new);
        drop(old);
    }
}

/// The future was aborted.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Aborted;

impl fmt::Display for Aborted {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("aborted")
    }
}

impl Error for Aborted {}
