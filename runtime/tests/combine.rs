//! Combinators.

#![cfg(not(loom))]

use pinsight_rt::time::{self, Instant};
use pinsight_rt::{
    Aborted, Backoff, Either, LocalExecutor, PinGuard, Policy, abortable, block_on, join, join_all, race, race_all,
    retry, yield_now,
};
use std::cell::RefCell;
use std::future::{pending, ready};
use std::panic::catch_unwind;
use std::rc::Rc;
use std::time::Duration;

const SECOND: Duration = Duration::from_secs(1);

/// The times at which attempts are made, and the result.
fn attempts(policy: Policy, succeed: usize) -> (Vec<Duration>, Result<usize, &'static str>) {
    LocalExecutor::new().run(async {
        time::pause();
        let start = Instant::now();
        let times = Rc::new(RefCell::new(Vec::new()));
        let result = retry(policy, || {
            times.borrow_mut().push(start.elapsed());
            let number = times.borrow().len();
            // Kept in place while it is polled, and replaced in place.
            PinGuard::new(async move {
                yield_now().await;
                if number == succeed { Ok(number) } else { Err("no") }
            })
        });
        let result = result.when(|error| *error == "no").await;
        (times.take(), result)
    })
}

fn seconds(times: &[Duration]) -> Vec<u64> {
    times.iter().map(Duration::as_secs).collect()
}

#[test]
fn retry_makes_attempts_until_one_succeeds_or_none_is_left() {
    assert_eq!(attempts(Policy::attempts(5), 3).1, Ok(3));
    assert_eq!(attempts(Policy::attempts(2), 3).1, Err("no"));
    assert_eq!(attempts(Policy::attempts(1), 2).0.len(), 1);
}

#[test]
fn retry_waits_as_the_policy_says() {
    let fixed = Policy::attempts(4).backoff(Backoff::Fixed(SECOND));
    assert_eq!(seconds(&attempts(fixed, 9).0), [0, 1, 2, 3]);
    let doubling = Policy::attempts(6).backoff(Backoff::Exponential { first: SECOND, limit: 5 * SECOND });
    assert_eq!(seconds(&attempts(doubling, 9).0), [0, 1, 3, 7, 12, 17]);
    let many = Policy::attempts(80).backoff(Backoff::exponential(SECOND));
    assert_eq!(attempts(many, 99).0.len(), 80);
}

#[test]
fn jitter_shortens_and_a_seed_repeats_it() {
    let policy = |seed| Policy::attempts(10).backoff(Backoff::Fixed(100 * SECOND)).jitter(0.5).seed(seed);
    let times = attempts(policy(1), 99).0;
    let pauses: Vec<Duration> = times.windows(2).map(|pair| pair[1] - pair[0]).collect();
    assert!(pauses.iter().all(|pause| (50 * SECOND..101 * SECOND).contains(pause)), "{pauses:?}");
    assert!(pauses.iter().any(|pause| *pause < 90 * SECOND), "{pauses:?}");
    assert_eq!(seconds(&attempts(policy(1), 99).0), seconds(&times));
    assert_ne!(seconds(&attempts(policy(2), 99).0), seconds(&times));
}

#[test]
fn an_error_that_is_not_worth_it_is_the_last() {
    let mut made = 0;
    let result: Result<(), u8> = LocalExecutor::new().run(
        retry(Policy::attempts(9), || {
            made += 1;
            ready(Err(made))
        })
        .when(|error| *error < 3),
    );
    assert_eq!((result, made), (Err(3), 3));
}

#[test]
fn a_policy_of_no_attempts_says_what_to_write() {
    let panic = catch_unwind(|| Policy::attempts(0)).unwrap_err();
    assert!(panic.downcast_ref::<&str>().unwrap().contains("help: `Policy::attempts(1)`"));
}

#[test]
fn races_and_joins() {
    block_on(async {
        assert_eq!(race(pending::<()>(), async { 1 }).await, Either::Right(1));
        assert_eq!(race(ready(1), ready(2)).await.into_inner(), 1);
        let slow = async {
            yield_now().await;
            "slow"
        };
        assert_eq!(join(slow, ready("fast")).await, ("slow", "fast"));
        let numbers = (0..20_u32).map(|number| async move {
            for _ in 0..(number * 7) % 20 {
                yield_now().await;
            }
            number
        });
        assert_eq!(join_all(numbers.clone()).await, (0..20).collect::<Vec<_>>());
        assert_eq!(race_all(numbers).await, (0, 0));
        assert_eq!(join_all(Vec::<std::future::Ready<()>>::new()).await, []);
    });
    assert!(catch_unwind(|| drop(race_all(Vec::<std::future::Ready<()>>::new()))).is_err());
}

#[test]
fn join_drops_each_future_when_it_ends() {
    let guard = Rc::new(());
    let theirs = Rc::clone(&guard);
    let first = async move {
        drop(theirs);
        yield_now().await;
    };
    let second = async {
        yield_now().await;
        yield_now().await;
        Rc::strong_count(&guard)
    };
    assert_eq!(block_on(join(first, second)).1, 1);
}

#[test]
fn an_abort_wakes_the_future_from_any_thread() {
    let (future, handle) = abortable(pending::<()>());
    let helper = std::thread::spawn(move || {
        std::thread::sleep(Duration::from_millis(2));
        handle.abort();
    });
    assert_eq!(block_on(future), Err(Aborted));
    helper.join().unwrap();
    let (future, handle) = abortable(ready(1));
    assert_eq!((block_on(future), handle.is_aborted()), (Ok(1), false));
}
