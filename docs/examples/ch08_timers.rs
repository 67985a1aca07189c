//! Timers: a list of instants and wakers, and a thread that sleeps until the first of them.

use std::cell::RefCell;
use std::collections::BTreeMap;
use std::future::poll_fn;
use std::pin::pin;
use std::task::{Context, Poll, Waker};
use std::time::{Duration, Instant};

thread_local! {
    /// The second part of a key tells two timers of the same instant apart.
    static TIMERS: RefCell<BTreeMap<(Instant, u64), Waker>> = RefCell::default();
}

async fn sleep(duration: Duration) {
    static NEXT: std::sync::atomic::AtomicU64 = std::sync::atomic::AtomicU64::new(0);
    let deadline = Instant::now() + duration;
    let key = (deadline, NEXT.fetch_add(1, std::sync::atomic::Ordering::Relaxed));
    poll_fn(|context| {
        if Instant::now() >= deadline {
            return Poll::Ready(());
        }
        // Whoever polls last is the one to be woken.
        let waker = context.waker().clone();
        let old = TIMERS.with_borrow_mut(|timers| timers.insert(key, waker));
        drop(old); // Wakers are foreign code, and nothing is borrowed here.
        Poll::Pending
    })
    .await;
}

/// Sleeps until the first timer, and wakes all whose time has come.
fn wait_for_timers() {
    let next = TIMERS.with_borrow(|timers| timers.first_key_value().map(|((instant, _), _)| *instant));
    let next = next.expect("here, whoever waits has a timer");
    std::thread::sleep(next.saturating_duration_since(Instant::now()));
    let now = Instant::now();
    let later = TIMERS.with_borrow_mut(|timers| timers.split_off(&(now, u64::MAX)));
    // Foreign code runs in `wake`, so nothing is borrowed meanwhile.
    TIMERS.replace(later).into_values().for_each(Waker::wake);
}

fn block_on<T>(future: impl Future<Output = T>) -> T {
    let mut future = pin!(future);
    loop {
        // There is one task, and only timers wake it; after each of them it is polled. So the waker has nothing to do.
        match future.as_mut().poll(&mut Context::from_waker(Waker::noop())) {
            Poll::Ready(output) => return output,
            Poll::Pending => wait_for_timers(),
        }
    }
}

fn main() {
    let start = Instant::now();
    block_on(async {
        for step in 1..=3 {
            sleep(Duration::from_millis(10)).await;
            println!("step {step}");
        }
    });
    assert!(start.elapsed() >= Duration::from_millis(30));
}
