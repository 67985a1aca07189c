//! `std::thread` for models: loom's threads, with a park token that others may get at between any two steps.
//!
//! loom's own `unpark` is one step with what comes before it, and wakes threads that wait for a lock as well.

use crate::sync::{AtomicBool, Ordering};
use std::sync::Arc;

pub(crate) use loom::thread::{JoinHandle, spawn};

loom::thread_local! {
    static CURRENT: Thread =
        Thread { token: Arc::new(AtomicBool::new(false)), parked: Arc::default(), inner: loom::thread::current() };
}

#[derive(Clone)]
pub(crate) struct Thread {
    /// Whether the next `park` returns at once.
    token: Arc<AtomicBool>,
    /// Whether it is in loom's `park`. Not loom's: it is looked at where no other thread can come in between.
    parked: Arc<std::sync::atomic::AtomicBool>,
    inner: loom::thread::Thread,
}

pub(crate) fn current() -> Thread {
    CURRENT.with(Thread::clone)
}

/// std's returns for no reason as well. Here it does not, so that a wake-up that is lost is a deadlock.
pub(crate) fn park() {
    let this = current();
    // All calls of `unpark` happen before the `park` that follows them, as std promises.
    while !this.token.swap(false, Ordering::AcqRel) {
        this.parked.store(true, Ordering::Relaxed);
        loom::thread::park();
        this.parked.store(false, Ordering::Relaxed);
    }
}

/// There is no time in a model: it has passed when others have gone on.
pub(crate) fn park_timeout(_: std::time::Duration) {
    loom::thread::yield_now();
    current().token.swap(false, Ordering::AcqRel);
}

impl Thread {
    pub(crate) fn unpark(&self) {
        self.token.swap(true, Ordering::AcqRel);
        if self.parked.load(Ordering::Relaxed) {
            self.inner.unpark();
        }
    }
}
