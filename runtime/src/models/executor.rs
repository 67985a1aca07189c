//! An executor, whole: its run queue, its tasks and its way to sleep, while other threads wake, spawn, join and abort.

use super::thread::{self, JoinHandle};
use crate::{LocalExecutor, Spawner, block_on};
use loom::sync::atomic::{AtomicUsize, Ordering};
use std::future::{pending, poll_fn};
use std::pin::pin;
use std::sync::Arc;
use std::task::{Context, Poll, Waker};

/// All orders with at most three preemptions: those with more are too many, and none has shown anything yet.
fn model(function: impl Fn() + Send + Sync + 'static) {
    model_with(3, function);
}

/// With fewer preemptions, for three threads beside the executor.
fn model_with(preemptions: usize, function: impl Fn() + Send + Sync + 'static) {
    let mut builder = loom::model::Builder::new();
    builder.preemption_bound.get_or_insert(preemptions);
    builder.check(function);
}

/// Waits until `wakers` threads have woken it, which it starts. Returns the number of polls.
async fn woken_by(wakers: usize) -> usize {
    let count = Arc::new(AtomicUsize::new(0));
    let mut polls = 0;
    poll_fn(|context| {
        for _ in 0..if polls == 0 { wakers } else { 0 } {
            let (count, waker) = (Arc::clone(&count), context.waker().clone());
            thread::spawn(move || {
                // Relaxed: the wake-up has to make it visible.
                count.fetch_add(1, Ordering::Relaxed);
                waker.wake();
            });
        }
        polls += 1;
        if count.load(Ordering::Relaxed) == wakers { Poll::Ready(()) } else { Poll::Pending }
    })
    .await;
    polls
}

/// Runs an executor for as long as another thread has something for it to do.
fn run_for<T: 'static>(work: impl FnOnce(Spawner) -> T + 'static) -> T {
    let executor = LocalExecutor::new();
    let spawner = executor.spawner();
    let mut work = Some(work);
    let mut helper: Option<JoinHandle<T>> = None;
    let is_done = Arc::new(AtomicUsize::new(0));
    executor.run(poll_fn(|context| {
        if let Some(work) = work.take() {
            let (spawner, is_done, waker) = (spawner.clone(), Arc::clone(&is_done), context.waker().clone());
            helper = Some(thread::spawn(move || {
                let result = work(spawner);
                is_done.store(1, Ordering::Relaxed);
                waker.wake();
                result
            }));
        }
        if is_done.load(Ordering::Relaxed) == 1 { Poll::Ready(()) } else { Poll::Pending }
    }));
    executor.run_until_stalled();
    assert!(executor.is_empty());
    helper.unwrap().join().unwrap()
}

/// Counts its drops, of which there must be one.
struct Once(Arc<AtomicUsize>);

impl Once {
    fn new() -> (Self, Arc<AtomicUsize>) {
        let drops = Arc::new(AtomicUsize::new(0));
        (Self(Arc::clone(&drops)), drops)
    }
}

impl Drop for Once {
    fn drop(&mut self) {
        assert_eq!(self.0.fetch_add(1, Ordering::Relaxed), 0, "dropped twice");
    }
}

#[test]
fn two_wake_the_root() {
    model(|| {
        let polls = LocalExecutor::new().run(woken_by(2));
        assert!(polls <= 3, "{polls} polls for two wake-ups");
    });
}

#[test]
fn two_wake_a_task() {
    model(|| {
        let executor = LocalExecutor::new();
        let task = executor.spawn(woken_by(2));
        let polls = executor.run(task).unwrap();
        assert!(polls <= 3, "{polls} polls for two wake-ups");
    });
}

/// The output crosses over, and so does the waker of whoever waits for it.
#[test]
fn a_task_is_joined_elsewhere() {
    model(|| {
        let output = run_for(|spawner| block_on(spawner.spawn(async { Box::new(7) })).unwrap());
        assert_eq!(*output, 7);
    });
}

/// The first waker is replaced by another, while the task ends.
#[test]
fn a_task_is_joined_with_another_waker_than_before() {
    model(|| {
        run_for(|spawner| {
            let mut task = pin!(spawner.spawn(async {}));
            let early = task.as_mut().poll(&mut Context::from_waker(Waker::noop()));
            match early {
                Poll::Ready(result) => result.unwrap(),
                Poll::Pending => block_on(task).unwrap(),
            }
        });
    });
}

#[test]
fn an_output_that_nobody_wants_is_dropped_once() {
    model(|| {
        let (output, drops) = Once::new();
        run_for(|spawner| drop(spawner.spawn(async { output })));
        assert_eq!(drops.load(Ordering::Relaxed), 1);
    });
}

#[test]
fn a_task_is_aborted_elsewhere() {
    model(|| {
        let (guard, drops) = Once::new();
        run_for(|spawner| {
            let task = spawner.spawn(async {
                let _guard = guard;
                pending::<()>().await;
            });
            assert!(block_on(task.abort()).unwrap_err().is_aborted());
        });
        assert_eq!(drops.load(Ordering::Relaxed), 1);
    });
}

/// A waker that fires while the executor goes, and after.
#[test]
fn an_executor_goes_while_its_task_is_woken() {
    model(|| {
        let (guard, drops) = Once::new();
        let executor = LocalExecutor::new();
        drop(executor.spawn(async {
            let _guard = guard;
            poll_fn(|context| {
                let waker = context.waker().clone();
                thread::spawn(move || waker.wake());
                Poll::<()>::Pending
            })
            .await;
        }));
        assert!(executor.try_tick());
        drop(executor);
        // Here, not over there.
        assert_eq!(drops.load(Ordering::Relaxed), 1);
    });
}

#[test]
fn an_executor_goes_while_a_task_is_sent() {
    model(|| {
        let (guard, drops) = Once::new();
        let executor = LocalExecutor::new();
        let spawner = executor.spawner();
        let helper = thread::spawn(move || {
            let task = spawner.spawn(async {
                let _guard = guard;
                pending::<()>().await;
            });
            assert!(block_on(task).unwrap_err().is_aborted());
        });
        drop(executor);
        helper.join().unwrap();
        assert_eq!(drops.load(Ordering::Relaxed), 1);
    });
}

/// The waiter is a task too, of an executor on another thread: one word, with a reference that crosses over.
#[test]
fn a_task_is_joined_by_a_task_of_another_executor() {
    model(|| {
        let (output, drops) = Once::new();
        run_for(move |spawner| {
            let other = LocalExecutor::new();
            let waits = other.spawn(async move { drop(spawner.spawn(async { output }).await.unwrap()) });
            other.run(waits).unwrap();
        });
        assert_eq!(drops.load(Ordering::Relaxed), 1);
    });
}

/// The same waiter is dropped instead, by its handle or by the end of the task.
#[test]
fn a_waiter_that_is_a_task_is_given_up() {
    model(|| {
        let (guard, drops) = Once::new();
        run_for(move |spawner| {
            let other = LocalExecutor::new();
            let waits = other.spawn(async move {
                let _guard = guard;
                spawner.spawn(async {}).await.unwrap();
            });
            other.run_until_stalled();
            drop(waits.abort());
            other.run_until_stalled();
        });
        assert_eq!(drops.load(Ordering::Relaxed), 1);
    });
}

/// Through an `AbortHandle`, while the task ends and its output is taken.
#[test]
fn a_task_is_aborted_while_it_is_joined() {
    model_with(2, || {
        let (output, drops) = Once::new();
        run_for(move |spawner| {
            let task = spawner.spawn(async { output });
            let stop = task.abort_handle();
            let helper = thread::spawn(move || stop.abort());
            drop(block_on(task));
            helper.join().unwrap();
        });
        assert_eq!(drops.load(Ordering::Relaxed), 1);
    });
}
