//! `block_on`, whole: its future is woken by other threads.

use super::thread;
use crate::block_on;
use loom::model;
use loom::sync::atomic::{AtomicUsize, Ordering};
use std::future::poll_fn;
use std::sync::Arc;
use std::task::{Poll, Waker};

/// Starts a thread that counts itself, and wakes.
fn wake_from_elsewhere(count: &Arc<AtomicUsize>, waker: &Waker) {
    let (count, waker) = (Arc::clone(count), waker.clone());
    thread::spawn(move || {
        // Relaxed: the wake-up has to make it visible.
        count.fetch_add(1, Ordering::Relaxed);
        waker.wake();
    });
}

/// Waits until `wakers` threads have woken it. `disturb` is called in each poll. Returns the number of polls.
fn wait_for(wakers: usize, disturb: impl Fn()) -> usize {
    let count = Arc::new(AtomicUsize::new(0));
    let mut polls = 0;
    block_on(poll_fn(|context| {
        if polls == 0 {
            (0..wakers).for_each(|_| wake_from_elsewhere(&count, context.waker()));
        }
        polls += 1;
        disturb();
        if count.load(Ordering::Relaxed) == wakers { Poll::Ready(()) } else { Poll::Pending }
    }));
    polls
}

#[test]
fn no_wake_up_is_lost() {
    model(|| {
        let polls = wait_for(1, || ());
        assert!(polls <= 2, "{polls} polls for one wake-up");
    });
}

#[test]
fn two_wake_at_once() {
    model(|| {
        let polls = wait_for(2, || ());
        assert!(polls <= 3, "{polls} polls for two wake-ups");
    });
}

/// Anything that parks uses up a token that is there, and leaves none.
#[test]
fn an_eaten_park_token_loses_no_wake_up() {
    model(|| {
        wait_for(1, || {
            thread::current().unpark();
            thread::park();
        });
    });
}

/// What unparks the thread for another reason is no wake-up.
#[test]
fn a_park_token_for_nothing_is_no_poll() {
    model(|| {
        let main = thread::current();
        thread::spawn(move || main.unpark());
        let polls = wait_for(1, || ());
        assert!(polls <= 2, "{polls} polls for one wake-up");
    });
}

/// The waker outlives its `block_on`, and the next one is not disturbed for good.
#[test]
fn a_late_wake_up_is_at_most_one_poll_of_the_next() {
    model(|| {
        let mut late = None;
        block_on(poll_fn(|context| {
            late = Some(context.waker().clone());
            Poll::Ready(())
        }));
        let late = late.unwrap();
        thread::spawn(move || late.wake());
        let polls = wait_for(1, || ());
        assert!(polls <= 3, "{polls} polls for one wake-up and a late one");
    });
}
