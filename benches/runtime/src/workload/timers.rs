//! Timers that are made, dropped, and awaited.

use std::future::poll_fn;
use std::pin::Pin;
use std::task::Poll;
use std::time::{Duration, Instant};

use crate::rt::Timers;
use crate::stats;

/// So late that none of them fires.
const NEVER: Duration = Duration::from_secs(3_600);
/// Time enough for every runtime to register 100,000 timers, so that none has passed when it is registered.
const LEAD: Duration = Duration::from_millis(300);

/// Polls once, which is what registers a timer.
async fn register(mut sleep: Pin<&mut impl Future<Output = ()>>) {
    poll_fn(|cx| {
        assert!(sleep.as_mut().poll(cx).is_pending(), "the deadline is in the future");
        Poll::Ready(())
    })
    .await;
}

/// Creates, registers and drops one timer at a time.
pub async fn churn<R: Timers>(count: usize) {
    for _ in 0..count {
        let sleep = std::pin::pin!(R::sleep(NEVER));
        register(sleep).await;
    }
}

/// Creates and registers all timers, then drops them.
pub async fn cancelled<R: Timers>(count: usize) {
    let mut sleeps = Vec::with_capacity(count);
    for number in 0..count {
        let mut sleep = Box::pin(R::sleep(NEVER + Duration::from_millis(number as u64 % 1_000)));
        register(sleep.as_mut()).await;
        sleeps.push(sleep);
    }
}

/// Creates and registers all timers, their deadlines strewn over 50 ms, and awaits them.
pub async fn fired<R: Timers>(count: usize) {
    let mut sleeps = Vec::with_capacity(count);
    for number in 0..count {
        let after = LEAD + Duration::from_micros(number as u64 * 7_919 % 50_000);
        let mut sleep = Box::pin(R::sleep(after));
        register(sleep.as_mut()).await;
        sleeps.push(sleep);
    }
    for sleep in sleeps {
        sleep.await;
    }
}

/// The median of how many nanoseconds sleeps of a millisecond are late.
pub async fn lateness<R: Timers>(count: usize) -> f64 {
    let millisecond = Duration::from_millis(1);
    let mut late = Vec::with_capacity(count);
    for _ in 0..count {
        let start = Instant::now();
        R::sleep(millisecond).await;
        let slept = start.elapsed();
        assert!(slept >= millisecond, "slept only {slept:?}");
        late.push((slept - millisecond).as_secs_f64() * 1e9);
    }
    stats::median(late)
}
