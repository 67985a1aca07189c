//! What safe code can do to the runtime when it means harm.

#![cfg(not(loom))]

mod cycles;
#[path = "../harness/hang.rs"]
mod hang;
mod misuse;
#[cfg(feature = "tracing")]
#[path = "../harness/on_event.rs"]
mod on_event;
mod panics;
#[cfg(feature = "tracing")]
mod subscribers;
mod threads;
mod values;

use std::future::poll_fn;
use std::marker::PhantomData;
use std::pin::Pin;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::task::{Context, Poll, Waker};
use std::thread::{self, ThreadId};
use std::time::Duration;

const MS: Duration = Duration::from_millis(1);

/// How many guards were dropped, and how many of them in a wrong place. Counted, because the runtime catches panics.
#[derive(Default)]
struct Drops {
    all: AtomicUsize,
    wrong: AtomicUsize,
}

impl Drops {
    fn note(&self, is_right: bool) {
        self.all.fetch_add(1, Ordering::SeqCst);
        self.wrong.fetch_add(usize::from(!is_right), Ordering::SeqCst);
    }

    fn get(&self) -> (usize, usize) {
        (self.all.load(Ordering::SeqCst), self.wrong.load(Ordering::SeqCst))
    }
}

/// Not `Send`: must be dropped where it was made.
struct Home(Arc<Drops>, ThreadId, PhantomData<*const ()>);

impl Home {
    fn new(drops: &Arc<Drops>) -> Self {
        Self(Arc::clone(drops), thread::current().id(), PhantomData)
    }
}

impl Drop for Home {
    fn drop(&mut self) {
        self.0.note(self.1 == thread::current().id());
    }
}

async fn waker() -> Waker {
    poll_fn(|context| Poll::Ready(context.waker().clone())).await
}

fn poll<F: Future + Unpin>(future: &mut F, waker: &Waker) -> Poll<F::Output> {
    Pin::new(future).poll(&mut Context::from_waker(waker))
}

/// Fails the test, instead of letting it hang. With a sanitizer, a backtrace alone takes seconds.
fn within_a_minute(test: impl FnOnce() + Send + 'static) {
    hang::within(60_000 * MS, test);
}
