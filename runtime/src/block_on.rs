//! Runs one future on this thread, with nothing beside it.

use crate::local;
use crate::sync::thread::{self, Thread};
use crate::sync::{AtomicU8, Ordering, thread_local};
use std::cell::Cell;
use std::pin::{Pin, pin};
use std::sync::Arc;
use std::task::{Context, Poll, Wake, Waker};

const EMPTY: u8 = 0;
/// Set by the sleeping thread, while it is parked or about to be.
const PARKED: u8 = 1;
/// Set by wakers; the thread takes it back before it polls.
const WOKEN: u8 = 2;

/// What a thread waits on. The state decides, not the park token of the thread: anything that parks may use that up.
struct Parker {
    state: AtomicU8,
    thread: Thread,
}

impl Parker {
    fn wait(&self) {
        if self.state.swap(EMPTY, Ordering::Acquire) == WOKEN {
            return;
        }
        if self.state.compare_exchange(EMPTY, PARKED, Ordering::Relaxed, Ordering::Relaxed).is_ok() {
            while self.state.load(Ordering::Relaxed) == PARKED {
                thread::park();
            }
        }
        self.state.swap(EMPTY, Ordering::Acquire);
    }
}

impl Wake for Parker {
    fn wake(self: Arc<Self>) {
        self.wake_by_ref();
    }

    fn wake_by_ref(self: &Arc<Self>) {
        if self.state.swap(WOKEN, Ordering::Release) == PARKED {
            self.thread.unpark();
        }
    }
}

/// A parker and the waker made of it, so that neither is allocated for each call.
struct Bench {
    parker: Arc<Parker>,
    waker: Waker,
    /// Set during a `block_on`: another one inside it must not wait here, where it would eat the wake-ups of the outer future.
    is_taken: Cell<bool>,
}

impl Bench {
    fn new() -> Self {
        let parker = Arc::new(Parker { state: AtomicU8::new(EMPTY), thread: thread::current() });
        Self { waker: Waker::from(Arc::clone(&parker)), parker, is_taken: Cell::new(false) }
    }
}

/// A `block_on` on its bench.
struct Seat<'a> {
    bench: &'a Bench,
    /// Whether it sits there inside another one.
    is_inner: bool,
}

impl<'a> Seat<'a> {
    #[inline]
    fn new(bench: &'a Bench) -> Self {
        Self { bench, is_inner: bench.is_taken.replace(true) }
    }
}

impl Drop for Seat<'_> {
    fn drop(&mut self) {
        self.bench.is_taken.set(self.is_inner);
    }
}

thread_local! {
    static BENCH: Bench = Bench::new();
}

/// Runs a future on the calling thread, which sleeps while the future waits.
///
/// There are no tasks, timers or sockets here: for those, use [`LocalExecutor::run`](crate::LocalExecutor::run).
///
/// ```
/// assert_eq!(pinsight_rt::block_on(async { 1 + 1 }), 2);
/// ```
///
/// # Panics
///
/// When the future has to wait inside another `block_on`, or in a running executor, whose tasks would all stand still.
#[track_caller]
pub fn block_on<F: Future>(future: F) -> F::Output {
    let mut future = pin!(future);
    match BENCH.try_with(|bench| drive(future.as_mut(), bench)) {
        Ok(output) => output,
        // The thread is ending, and a destructor of its locals wants to wait.
        Err(_) => drive(future, &Bench::new()),
    }
}

#[inline]
#[track_caller]
fn drive<F: Future>(mut future: Pin<&mut F>, bench: &Bench) -> F::Output {
    let seat = Seat::new(bench);
    let mut context = Context::from_waker(&bench.waker);
    if let Poll::Ready(output) = future.as_mut().poll(&mut context) {
        return output;
    }
    // Only now: a future that is ready at once keeps nobody waiting.
    if seat.is_inner || local::is_running() {
        nested();
    }
    loop {
        bench.parker.wait();
        if let Poll::Ready(output) = future.as_mut().poll(&mut context) {
            return output;
        }
    }
}

#[cold]
#[track_caller]
fn nested() -> ! {
    if local::is_running() {
        panic!(
            "`block_on` inside a running executor would stop all its tasks\n\
             help: `.await` the future, or `spawn` it; for blocking code there is `unblock`"
        );
    }
    panic!(
        "`block_on` inside `block_on` would stop the outer future\n\
         help: `.await` the inner future, or call `block_on` on another thread"
    );
}
