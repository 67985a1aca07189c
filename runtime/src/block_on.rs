//! Runs one future on this thread, with nothing beside it.

use crate::executor::local;
use crate::executor::mailbox::{Bed, Bell};
use crate::sync::thread::{self, Thread};
use crate::sync::thread_local;
use std::cell::Cell;
use std::pin::{Pin, pin};
use std::ptr;
use std::sync::Arc;
use std::task::{Context, Poll, Wake, Waker};

/// What a thread waits on. The bell decides, not the park token of the thread: anything that parks may use that up.
struct Parker {
    bell: Bell,
    thread: Thread,
}

impl Wake for Parker {
    fn wake(self: Arc<Self>) {
        self.wake_by_ref();
    }

    fn wake_by_ref(self: &Arc<Self>) {
        if ptr::eq(POLLED.with(Cell::get), Arc::as_ptr(self)) {
            set_polled(ptr::null());
        } else if self.bell.ring().is_some() {
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
        let parker = Arc::new(Parker { bell: Bell::new(), thread: thread::current() });
        Self { waker: Waker::from(Arc::clone(&parker)), parker, is_taken: Cell::new(false) }
    }
}

/// A `block_on` on its bench.
struct Seat<'a> {
    bench: &'a Bench,
    /// Whether it sits there inside another one.
    is_inner: bool,
}

impl Drop for Seat<'_> {
    fn drop(&mut self) {
        self.bench.is_taken.set(self.is_inner);
    }
}

thread_local! {
    static BENCH: Bench = Bench::new();
    /// The parker whose future is polled on this thread, until that is woken. So a future that wakes itself needs no step that other
    /// threads see. Not in the first poll, which most futures are ready in.
    static POLLED: Cell<*const Parker> = const { Cell::new(ptr::null()) };
}

fn set_polled(parker: *const Parker) {
    POLLED.with(|polled| polled.set(parker));
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
    /// Another parker may come to lie where this one has been.
    struct Forget;

    impl Drop for Forget {
        fn drop(&mut self) {
            set_polled(ptr::null());
        }
    }

    let seat = Seat { bench, is_inner: bench.is_taken.replace(true) };
    let mut context = Context::from_waker(&bench.waker);
    if let Poll::Ready(output) = future.as_mut().poll(&mut context) {
        return output;
    }
    // Only now: a future that is ready at once keeps nobody waiting.
    if seat.is_inner || local::is_running() {
        nested();
    }
    let _forget = Forget;
    let parker = &*bench.parker;
    loop {
        if parker.bell.lie_down(Bed::Thread) {
            while !parker.bell.is_rung() {
                thread::park();
            }
        }
        parker.bell.reset();
        // It is null when the future was woken meanwhile, on this thread.
        while POLLED.with(Cell::get).is_null() {
            set_polled(parker);
            if let Poll::Ready(output) = future.as_mut().poll(&mut context) {
                return output;
            }
        }
        set_polled(ptr::null());
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
