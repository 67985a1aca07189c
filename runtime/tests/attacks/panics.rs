//! Panics where none is expected.

use super::{MS, poll, within_a_minute};
use pinsight_rt::{LocalExecutor, block_on, time, unblock};
use std::future::pending;
use std::panic::{AssertUnwindSafe, catch_unwind, resume_unwind};
use std::rc::Rc;
use std::sync::Arc;
use std::task::{Wake, Waker};
use std::thread;

/// Panics when dropped, and so does what it panics with. Without size, so that what stays in memory needs none.
struct Bomb;
struct Splinter;

impl Drop for Bomb {
    fn drop(&mut self) {
        if !thread::panicking() {
            resume_unwind(Box::new(Splinter));
        }
    }
}

impl Drop for Splinter {
    fn drop(&mut self) {
        if !thread::panicking() {
            resume_unwind(Box::new(()));
        }
    }
}

impl Wake for Bomb {
    fn wake(self: Arc<Self>) {
        resume_unwind(Box::new(Splinter));
    }
}

/// Calls a function that panics with a bomb, and defuses it.
fn defuse(function: impl FnOnce()) {
    std::mem::forget(catch_unwind(AssertUnwindSafe(function)).unwrap_err());
}

/// Calls a function that bombs must not get out of: they would go off where the failure is told of.
fn unharmed(function: impl FnOnce()) {
    let result = catch_unwind(AssertUnwindSafe(function)).map_err(std::mem::forget);
    assert!(result.is_ok(), "a panic got out");
}

#[test]
fn payloads_that_panic_in_their_drop_with_another() {
    let executor = LocalExecutor::new();
    executor.on_panic(|_| resume_unwind(Box::new(Bomb)));
    let live = Rc::new(());
    let waits = || {
        let (bomb, live) = (Bomb, Rc::clone(&live));
        async move {
            pending::<()>().await;
            drop((bomb, live));
        }
    };
    drop(executor.spawn(async { resume_unwind(Box::new(Bomb)) }));
    drop(executor.spawn(async { Bomb }));
    drop(executor.spawn(waits()));
    let (aborted, mut awaited) = (executor.spawn(waits()), executor.spawn(async { 1 }));
    assert!(poll(&mut awaited, &Waker::from(Arc::new(Bomb))).is_pending());
    unharmed(|| assert_eq!(executor.run_until_stalled(), 5));
    let error = executor.run(aborted.abort()).unwrap_err();
    assert!(error.is_panic());
    // The bomb alone: the error itself has memory, which a leak detector would miss.
    std::mem::forget(error.try_into_panic().unwrap());
    assert_eq!(executor.run(awaited).unwrap(), 1);
    drop(executor);
    assert_eq!(Rc::strong_count(&live), 1);
}

#[test]
fn a_waiter_that_panics_in_its_drop() {
    let live = Arc::new(());
    let executor = LocalExecutor::new();
    let bad = || Waker::from(Arc::new(Bomb));
    let task = || {
        let output = Arc::clone(&live);
        let mut handle = executor.spawn(async move { output });
        assert!(poll(&mut handle, &bad()).is_pending());
        handle
    };
    let (mut polled, dropped) = (task(), task());
    defuse(|| drop(dropped));
    // The panic is the poll's, but the new waiter is in its place.
    defuse(|| drop(poll(&mut polled, Waker::noop())));
    assert_eq!(executor.run_until_stalled(), 2);
    drop(poll(&mut polled, Waker::noop()));
    assert_eq!(Arc::strong_count(&live), 1);
}

/// The output of a detached job, and what a job has captured that is not wanted any more, are dropped on the pool.
#[test]
fn jobs_that_panic_in_their_drops_do_not_use_up_the_pool() {
    within_a_minute(|| {
        for _ in 0..64 {
            unblock(|| {
                thread::sleep(5 * MS);
                Bomb
            })
            .detach();
        }
        assert_eq!(block_on(unblock(|| 1)), 1);
        for _ in 0..200 {
            let bomb = Bomb;
            drop(unblock(move || drop(bomb)));
        }
        assert_eq!(block_on(unblock(|| 1)), 1);
        // A paused clock waits until the pool is idle.
        thread::sleep(100 * MS);
        LocalExecutor::new().run(async {
            time::pause();
            time::sleep(3_600_000 * MS).await;
        });
    });
}
