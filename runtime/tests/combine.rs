//! The combinators of the examples, and what has gone wrong with such.

#![cfg(not(loom))]

#[path = "../examples/combinators/abortable.rs"]
mod abortable;
#[path = "harness/hang.rs"]
mod hang;
#[path = "harness/hostile.rs"]
mod hostile;
#[path = "../examples/combinators/join.rs"]
mod join;
#[path = "../examples/combinators/many.rs"]
mod many;
#[path = "../examples/combinators/race.rs"]
mod race;
#[path = "../examples/combinators/retry.rs"]
mod retry;

use abortable::{Aborted, abortable};
use join::join;
use many::{join_all, race_all};
use pinsight::PinGuard;
use pinsight_rt::time;
use pinsight_rt::{LocalExecutor, block_on, yield_now};
use race::{Either, race};
use retry::{Backoff, Policy, retry};
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
        let start = time::now();
        let times = Rc::new(RefCell::new(Vec::new()));
        let result = retry(policy, || {
            times.borrow_mut().push(time::now() - start);
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
        assert_eq!(race(ready(1), ready(2)).await, Either::Left(1));
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

/// A number that is none, and pauses that no sum of them would be.
#[test]
fn a_policy_of_odd_numbers() {
    for jitter in [f64::NAN, f64::INFINITY, f64::NEG_INFINITY, -0.0, 2.0] {
        let fixed = Policy::attempts(4).backoff(Backoff::Fixed(SECOND)).jitter(jitter);
        assert_eq!(attempts(fixed, 9).0.len(), 4, "{jitter}");
    }
    for jitter in [0.0, 1.0, f64::NAN] {
        let policy = Policy::attempts(2).backoff(Backoff::Fixed(Duration::MAX)).jitter(jitter).seed(1);
        let ended = LocalExecutor::new().run(async {
            time::pause();
            time::timeout(1000 * SECOND, retry(policy, || ready(Err::<(), _>("no")))).await
        });
        assert!(ended.is_err(), "for ever, less nothing or a part: {ended:?}");
    }
}

#[test]
fn a_waker_that_aborts_whatever_it_is_called_for() {
    hang::within(Duration::from_secs(10), || {
        let (future, handle) = abortable(pending::<()>());
        let abort = handle.clone();
        let hostility = hostile::Hostility::new(move |_| abort.abort());
        let mut future = Box::pin(future);
        let waker = hostility.waker();
        let poll = future.as_mut().poll(&mut std::task::Context::from_waker(&waker));
        assert_eq!(poll, std::task::Poll::Ready(Err(Aborted)), "its clone has aborted it");
        drop(waker);
        drop((future, handle));
        assert!(hostility.calls(hostile::Call::Drop) > 0);
        assert_eq!(*hostility.panics.lock().unwrap(), [] as [String; 0]);
    });
}
