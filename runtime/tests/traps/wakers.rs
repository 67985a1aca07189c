//! Wakers that fire late, elsewhere, or do harm; and executors that go meanwhile.

use crate::{Guard, MS};
use pinsight_rt::net::UnixStream;
use pinsight_rt::{LocalExecutor, block_on, spawn, time};
use std::future::poll_fn;
use std::pin::{Pin, pin};
use std::rc::Rc;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::sync::{Arc, Mutex};
use std::task::{Context, Poll, Wake, Waker};
use std::thread;
use std::time::Duration;

/// A future that hands out its waker at every poll, and never ends.
async fn wait_for_ever(guard: Guard, wakers: Arc<Mutex<Vec<Waker>>>) {
    poll_fn(|context| {
        wakers.lock().unwrap().push(context.waker().clone());
        Poll::<()>::Pending
    })
    .await;
    drop(guard);
}

/// Traps 1, 2 and 3: a waker that fires on another thread while the executor goes. No task is freed under it, none is left
/// behind, and none is dropped over there.
#[test]
fn wakers_fire_while_the_executor_is_dropped() {
    const TASKS: usize = 8;
    for round in 0..300 {
        let dropped = Arc::new(AtomicUsize::new(0));
        let wakers = Arc::new(Mutex::new(Vec::new()));
        let executor = LocalExecutor::new();
        for _ in 0..TASKS {
            let guard = Guard { thread: thread::current().id(), dropped: Arc::clone(&dropped), _local: Rc::new(()) };
            drop(executor.spawn(wait_for_ever(guard, Arc::clone(&wakers))));
        }
        executor.run_until_stalled();
        let stop = Arc::new(AtomicBool::new(false));
        let helpers: Vec<_> = (0..2)
            .map(|_| {
                let (mine, stop) = (wakers.lock().unwrap().clone(), Arc::clone(&stop));
                thread::spawn(move || {
                    while !stop.load(Ordering::Relaxed) {
                        mine.iter().for_each(Waker::wake_by_ref);
                    }
                    // Also when nobody is there any more.
                    mine.into_iter().for_each(Waker::wake);
                })
            })
            .collect();
        for _ in 0..round % 5 {
            executor.try_tick();
        }
        drop(executor);
        assert_eq!(dropped.load(Ordering::SeqCst), TASKS);
        stop.store(true, Ordering::Relaxed);
        helpers.into_iter().for_each(|helper| helper.join().unwrap());
        wakers.lock().unwrap().drain(..).for_each(Waker::wake);
    }
}

/// Trap 3, the other way: the last waker is dropped elsewhere, long after.
#[test]
fn wakers_outlive_the_executor() {
    let dropped = Arc::new(AtomicUsize::new(0));
    let wakers = Arc::new(Mutex::new(Vec::new()));
    let executor = LocalExecutor::new();
    let guard = Guard { thread: thread::current().id(), dropped: Arc::clone(&dropped), _local: Rc::new(()) };
    let task = executor.spawn(wait_for_ever(guard, Arc::clone(&wakers)));
    executor.run_until_stalled();
    let root = executor.run(poll_fn(|context| Poll::Ready(context.waker().clone())));
    drop(executor);
    assert_eq!(dropped.load(Ordering::SeqCst), 1);
    thread::spawn(move || {
        root.wake();
        let clones = wakers.lock().unwrap().clone();
        clones.into_iter().for_each(Waker::wake);
        wakers.lock().unwrap().clear();
    })
    .join()
    .unwrap();
    assert!(block_on(task).unwrap_err().is_aborted());
}

/// A waker whose every step comes back to the runtime.
struct Meddler {
    sleeps: Mutex<Vec<SendSleep>>,
}

/// The test stays on one thread; `Wake` does not know that.
struct SendSleep(#[expect(dead_code, reason = "dropped")] Pin<Box<time::Sleep>>);
// SAFETY: Wakers of the test are made, woken and dropped on its thread.
unsafe impl Send for SendSleep {}

fn meddle() {
    drop(spawn(async {}));
    let mut sleep = Box::pin(time::sleep(MS));
    assert!(sleep.as_mut().poll(&mut Context::from_waker(Waker::noop())).is_pending());
}

impl Wake for Meddler {
    fn wake(self: Arc<Self>) {
        meddle();
    }
}

impl Drop for Meddler {
    fn drop(&mut self) {
        meddle();
        self.sleeps.lock().unwrap().clear();
    }
}

/// Trap 8: wakers are foreign code, and none of it runs while the runtime has something borrowed.
#[test]
fn wakers_may_do_anything() {
    LocalExecutor::new().run(async {
        let meddler = || {
            let mut inner = Box::pin(time::sleep(MS));
            assert!(inner.as_mut().poll(&mut Context::from_waker(Waker::noop())).is_pending());
            Waker::from(Arc::new(Meddler { sleeps: Mutex::new(vec![SendSleep(inner)]) }))
        };
        // Replaced by another, dropped with its timer, and woken.
        let mut replaced = pin!(time::sleep(MS));
        assert!(replaced.as_mut().poll(&mut Context::from_waker(&meddler())).is_pending());
        assert!(replaced.as_mut().poll(&mut Context::from_waker(&meddler())).is_pending());
        let mut dropped = Box::pin(time::sleep(MS));
        assert!(dropped.as_mut().poll(&mut Context::from_waker(&meddler())).is_pending());
        drop(dropped);
        let (mut one, mut other) = UnixStream::pair().unwrap();
        let mut byte = [0];
        {
            let mut read = pin!(one.read(&mut byte));
            assert!(read.as_mut().poll(&mut Context::from_waker(&meddler())).is_pending());
            assert!(read.as_mut().poll(&mut Context::from_waker(&meddler())).is_pending());
            other.write_all(b"x").await.unwrap();
            time::sleep(3 * MS).await;
        }
        {
            let mut read = pin!(one.read(&mut byte));
            let _ = read.as_mut().poll(&mut Context::from_waker(&meddler()));
        }
        drop(one);
    });
}

struct PanicWhenWoken;

impl Wake for PanicWhenWoken {
    fn wake(self: Arc<Self>) {
        panic!("in a waker");
    }
}

/// Trap 11: it is the fault of neither the executor nor the other timers.
#[test]
fn a_waker_that_panics_harms_nobody_else() {
    LocalExecutor::new().run(async {
        let bad = Waker::from(Arc::new(PanicWhenWoken));
        let mut sleeps: Vec<_> = (0..3).map(|_| Box::pin(time::sleep(MS))).collect();
        for sleep in &mut sleeps {
            assert!(sleep.as_mut().poll(&mut Context::from_waker(&bad)).is_pending());
        }
        time::sleep(2 * MS).await;
        let (mut one, mut other) = UnixStream::pair().unwrap();
        let mut byte = [0];
        assert!(pin!(one.read(&mut byte)).poll(&mut Context::from_waker(&bad)).is_pending());
        other.write_all(b"x").await.unwrap();
        time::sleep(MS).await;
        one.read_exact(&mut byte).await.unwrap();
    });
}

struct BlockAtTheEnd;

impl Drop for BlockAtTheEnd {
    fn drop(&mut self) {
        assert_eq!(block_on(async { 5 }), 5);
    }
}

/// Trap 12: an executor that goes with the locals of its thread.
#[test]
fn executors_in_thread_locals() {
    thread_local! {
        static LAST: BlockAtTheEnd = const { BlockAtTheEnd };
        static EXECUTOR: LocalExecutor = LocalExecutor::new();
    }
    let dropped = Arc::new(AtomicUsize::new(0));
    let theirs = Arc::clone(&dropped);
    thread::spawn(move || {
        LAST.with(|_| ());
        let guard = Guard { thread: thread::current().id(), dropped: theirs, _local: Rc::new(()) };
        EXECUTOR.with(|executor| {
            drop(executor.spawn(async move {
                time::sleep(Duration::from_secs(3600)).await;
                drop(guard);
            }));
            executor.run_until_stalled();
        });
    })
    .join()
    .unwrap();
    assert_eq!(dropped.load(Ordering::SeqCst), 1);
}
