//! Subscribers of `tracing` that panic.

use super::{Drops, Home, waker, within_a_minute};
use crate::on_event::on_event;
use pinsight_rt::LocalExecutor;
use std::cell::Cell;
use std::future::poll_fn;
use std::panic::{AssertUnwindSafe, catch_unwind, resume_unwind};
use std::rc::Rc;
use std::sync::{Arc, mpsc};
use std::task::Poll;
use std::thread;
use tracing::Subscriber;

fn bad() -> impl Subscriber + Send + Sync {
    on_event(|_| resume_unwind(Box::new("subscriber")))
}

#[test]
fn a_subscriber_that_panics_at_a_spawn_sends_no_output_astray() {
    let drops = Arc::new(Drops::default());
    let executor = LocalExecutor::new();
    let (sender, receiver) = mpsc::channel();
    let home = Home::new(&drops);
    let task = async move {
        sender.send(waker().await).unwrap();
        home
    };
    let _ = tracing::subscriber::with_default(bad(), || catch_unwind(AssertUnwindSafe(|| drop(executor.spawn(task)))));
    executor.run_until_stalled();
    drop(executor);
    // The last reference.
    let last = receiver.recv().unwrap();
    thread::spawn(move || drop(last)).join().unwrap();
    assert_eq!(drops.get(), (1, 0));
}

/// The panic comes between a letter and the next ones, which hold wake-ups.
#[test]
fn a_subscriber_that_panics_at_a_letter_loses_no_other() {
    within_a_minute(|| {
        let executor = LocalExecutor::new();
        let is_woken = Rc::new(Cell::new(false));
        let theirs = Rc::clone(&is_woken);
        let (sender, receiver) = mpsc::channel();
        let waits = executor.spawn(async move {
            sender.send(waker().await).unwrap();
            poll_fn(|_| if theirs.get() { Poll::Ready(()) } else { Poll::Pending }).await;
        });
        executor.run_until_stalled();
        let (spawner, waker) = (executor.spawner(), receiver.recv().unwrap());
        drop(spawner.spawn(async {}));
        let theirs = waker.clone();
        thread::spawn(move || theirs.wake()).join().unwrap();
        let _ = tracing::subscriber::with_default(bad(), || {
            catch_unwind(AssertUnwindSafe(|| executor.run_until_stalled()))
        });
        is_woken.set(true);
        thread::spawn(move || waker.wake()).join().unwrap();
        executor.run(waits).unwrap();
    });
}
