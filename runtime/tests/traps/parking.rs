//! The park token of a thread is anybody's.

use crate::{MS, within_ten_seconds};
use pinsight_rt::{LocalExecutor, block_on, time};
use std::future::poll_fn;
use std::task::Poll;
use std::thread;

/// Wakes from another thread, and then uses up the park token, as anything that blocks may.
async fn wake_and_eat_the_token() {
    let mut polls = 0;
    poll_fn(|context| {
        polls += 1;
        if polls == 3 {
            return Poll::Ready(());
        }
        let waker = context.waker().clone();
        thread::spawn(move || waker.wake()).join().unwrap();
        thread::current().unpark();
        thread::park();
        Poll::Pending
    })
    .await;
}

/// Trap 5.
#[test]
fn an_eaten_park_token_loses_no_wake_up() {
    within_ten_seconds(|| block_on(wake_and_eat_the_token()));
    within_ten_seconds(|| LocalExecutor::new().run(wake_and_eat_the_token()));
    within_ten_seconds(|| {
        let executor = LocalExecutor::new();
        let task = executor.spawn(wake_and_eat_the_token());
        executor.run(task).unwrap();
    });
}

/// The other half of trap 5: a token that is there for no reason is no wake-up.
#[test]
fn a_park_token_for_nothing_is_no_poll() {
    let main = thread::current();
    let helper = thread::spawn(move || {
        for _ in 0..50 {
            main.unpark();
            thread::sleep(MS / 5);
        }
    });
    let mut polls = 0;
    let waits = |polls: &mut i32| {
        *polls += 1;
        Poll::<()>::Pending
    };
    LocalExecutor::new().run(async {
        let _ = time::timeout(5 * MS, poll_fn(|_| waits(&mut polls))).await;
    });
    helper.join().unwrap();
    // Once at the start, and once when the timer fires.
    assert_eq!(polls, 2);
}
