//! The load. Each part does one thing after another until it is told to stop, so there is never more of it than its number.

mod net;
mod threads;

pub(crate) use self::net::{connect, serve};
pub(crate) use self::threads::thread;

use crate::count::{self, Alive, panic_as_planned};
use crate::random::Random;
use pinsight_rt::{JoinHandle, spawn, time, unblock, yield_now};
use std::future::pending;
use std::pin::pin;
use std::sync::atomic::{AtomicBool, Ordering};
use std::task::{Context, Waker};
use std::thread;
use std::time::{Duration, Instant};

static STOP: AtomicBool = AtomicBool::new(false);

pub(crate) fn start() {
    STOP.store(false, Ordering::SeqCst);
}

pub(crate) fn stop() {
    STOP.store(true, Ordering::SeqCst);
}

fn goes_on() -> bool {
    !STOP.load(Ordering::SeqCst)
}

/// So that the load stays bounded on a machine that is fast.
async fn pause(random: &mut Random) {
    time::sleep(Duration::from_millis(1 + random.below(20))).await;
}

/// Timers by the thousand, most of which are taken back.
pub(crate) async fn timers(mut random: Random) {
    while goes_on() {
        let mut fire = Vec::new();
        for _ in 0..800 {
            let duration = Duration::from_micros(random.below(20_000));
            let far = Duration::from_secs(3600) + duration;
            match random.below(4) {
                0 => fire.push(spawn(fires_after(duration, duration))),
                1 => fire.push(spawn(fires_after(far, duration))),
                2 => {
                    count::CANCELLED.begin();
                    let mut sleep = pin!(time::sleep(duration));
                    assert!(sleep.as_mut().poll(&mut Context::from_waker(Waker::noop())).is_pending());
                    count::CANCELLED.answer();
                }
                _ => {
                    count::CANCELLED.begin();
                    let task = spawn(fires_after(far, far)).abort_on_drop();
                    yield_now().await;
                    drop(task);
                    count::CANCELLED.answer();
                }
            }
        }
        for task in fire {
            task.await.unwrap();
            count::TIMERS.answer();
        }
        pause(&mut random).await;
    }
}

/// Sleeps for the first duration, and changes its mind to the second.
async fn fires_after(first: Duration, second: Duration) {
    let _alive = Alive::new();
    // One that is aborted does not get there.
    let start = Instant::now();
    let mut sleep = time::sleep(first);
    if first != second {
        assert!(pin!(&mut sleep).poll(&mut Context::from_waker(Waker::noop())).is_pending());
        sleep.reset(time::now() + second);
    }
    if second < Duration::from_secs(3600) {
        count::TIMERS.begin();
    }
    sleep.await;
    assert!(start.elapsed() >= second, "a timer was early");
}

/// Panics when it is dropped.
struct PanicInDrop;

impl Drop for PanicInDrop {
    fn drop(&mut self) {
        if !thread::panicking() {
            panic_as_planned();
        }
    }
}

/// A task that ends, after some turns.
async fn end(turns: u64) -> u64 {
    let _alive = Alive::new();
    for _ in 0..turns {
        yield_now().await;
    }
    turns
}

/// A task that waits for ever.
async fn wait() {
    let _alive = Alive::new();
    pending().await
}

/// Tasks that end, panic, are aborted, and are left alone.
pub(crate) async fn tasks(mut random: Random) {
    while goes_on() {
        let mut ends: Vec<(u64, JoinHandle<u64>)> = Vec::new();
        for _ in 0..200 {
            let turns = random.below(8);
            match random.below(8) {
                0..4 => {
                    count::TASKS.begin();
                    ends.push((turns, spawn(end(turns))));
                }
                4 => {
                    count::DETACHED.begin();
                    drop(spawn(async move {
                        end(turns).await;
                        count::DETACHED.answer();
                    }));
                }
                5 => abort(turns).await,
                6 => panics(turns, async { panic_as_planned() }).await,
                _ => panics(turns, async { drop(PanicInDrop) }).await,
            }
        }
        for (turns, task) in ends {
            assert_eq!(task.await.unwrap(), turns);
            count::TASKS.answer();
        }
        pause(&mut random).await;
    }
}

async fn abort(turns: u64) {
    count::ABORTS.begin();
    // Sometimes it panics on the way out, which is nobody's business.
    let task = spawn(async move {
        let _panic = (turns == 0).then(|| PanicInDrop);
        wait().await;
    });
    for _ in 0..turns {
        yield_now().await;
    }
    let error = task.abort().await.unwrap_err();
    assert!(error.is_aborted() || turns == 0, "{error}");
    count::ABORTS.answer();
}

async fn panics(turns: u64, how: impl Future<Output = ()> + 'static) {
    count::PANICS.begin();
    let task = spawn(async move {
        end(turns).await;
        how.await;
    });
    assert!(task.await.unwrap_err().is_panic());
    count::PANICS.answer();
}

/// Jobs on the pool.
pub(crate) async fn jobs(mut random: Random) {
    while goes_on() {
        let (number, alive) = (random.below(1000), Alive::new());
        count::JOBS.begin();
        match random.below(8) {
            0..5 => {
                let job = unblock(move || {
                    let _alive = alive;
                    thread::sleep(Duration::from_micros(number));
                    number
                });
                assert_eq!(job.await, number);
            }
            5 => {
                let job = unblock(move || {
                    let _alive = alive;
                    panic_as_planned()
                });
                assert!(spawn(job).await.is_err_and(|error| error.is_panic()));
            }
            6 => {
                count::JOBS_DETACHED.begin();
                let job = unblock(move || {
                    drop(alive);
                    count::JOBS_DETACHED.answer();
                });
                job.detach();
            }
            // Taken back, or begun already.
            _ => drop(unblock(move || drop(alive))),
        }
        count::JOBS.answer();
        pause(&mut random).await;
    }
}
