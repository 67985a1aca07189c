//! One task that waits for a thousand things at once: all of them are served, and waiting costs nothing.

#![cfg(not(loom))]

#[path = "harness/hang.rs"]
mod hang;

use futures_util::future::{FutureExt, join_all, select_all};
use pinsight_rt::net::UnixStream;
use pinsight_rt::{LocalExecutor, poll_budget, spawn, time};
use std::cell::Cell;
use std::future::poll_fn;
use std::pin::Pin;
use std::rc::Rc;
use std::task::{Context, Poll};
use std::time::Duration;

const MS: Duration = Duration::from_millis(1);

fn within_ten_seconds(test: impl FnOnce() + Send + 'static) {
    hang::within(Duration::from_secs(10), test);
}

/// What this thread has used of its processor.
fn processor_time() -> Duration {
    let mut time = libc::timespec { tv_sec: 0, tv_nsec: 0 };
    // SAFETY: The place is one for a `timespec`.
    assert_eq!(unsafe { libc::clock_gettime(libc::CLOCK_THREAD_CPUTIME_ID, &raw mut time) }, 0);
    Duration::new(time.tv_sec as u64, time.tv_nsec as u32)
}

/// Counts the polls of a future.
async fn counting<F: Future>(polls: &Cell<usize>, future: F) -> F::Output {
    let mut future = Box::pin(future);
    poll_fn(|context| {
        polls.set(polls.get() + 1);
        future.as_mut().poll(context)
    })
    .await
}

/// Polls all of them, each time: nothing in between remembers which of them are ready.
struct All<F: Future>(Vec<Part<F>>);

/// A future, and its output once it is there.
type Part<F> = (Pin<Box<F>>, Option<<F as Future>::Output>);

impl<F: Future<Output: Unpin>> Future for All<F> {
    type Output = Vec<F::Output>;

    fn poll(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Vec<F::Output>> {
        for (future, output) in &mut self.0 {
            if output.is_none()
                && let Poll::Ready(ready) = future.as_mut().poll(context)
            {
                *output = Some(ready);
            }
        }
        if self.0.iter().any(|(_, output)| output.is_none()) {
            return Poll::Pending;
        }
        Poll::Ready(self.0.drain(..).filter_map(|(_, output)| output).collect())
    }
}

fn all<F: Future>(futures: impl IntoIterator<Item = F>) -> All<F> {
    All(futures.into_iter().map(|future| (Box::pin(future), None)).collect())
}

/// A thousand pairs of sockets, as far as there are descriptors: tests run beside each other.
fn pairs() -> (Vec<UnixStream>, Vec<UnixStream>) {
    let mut limit = libc::rlimit { rlim_cur: 0, rlim_max: 0 };
    // SAFETY: The place is one for an `rlimit`.
    assert_eq!(unsafe { libc::getrlimit(libc::RLIMIT_NOFILE, &raw mut limit) }, 0);
    limit.rlim_cur = limit.rlim_max.min(16_384);
    // SAFETY: It is an `rlimit`.
    assert_eq!(unsafe { libc::setrlimit(libc::RLIMIT_NOFILE, &raw const limit) }, 0);
    (0..1000).map(|_| UnixStream::pair().expect("there are descriptors")).unzip()
}

#[test]
fn a_thousand_sockets_in_one_task_are_idle_and_answer() {
    within_ten_seconds(|| {
        LocalExecutor::new().run(async {
            let (ours, theirs) = pairs();
            let polls = Rc::new(Cell::new(0));
            let counted = Rc::clone(&polls);
            let echo = spawn(async move {
                let echo = ours.into_iter().map(|mut stream| async move {
                    let mut byte = [0];
                    stream.read_exact(&mut byte).await.unwrap();
                    stream.write_all(&byte).await.unwrap();
                });
                counting(&counted, all(echo)).await.len()
            });
            time::sleep(20 * MS).await;
            let (before, used) = (polls.get(), processor_time());
            time::sleep(200 * MS).await;
            assert_eq!(polls.get(), before, "polls of what nobody has woken");
            let used = processor_time() - used;
            assert!(used < 20 * MS, "{used:?} of processor time in 200 ms of waiting");
            let ask = theirs.into_iter().enumerate().map(|(number, mut stream)| async move {
                let byte = [number as u8];
                stream.write_all(&byte).await.unwrap();
                let mut answer = [0];
                stream.read_exact(&mut answer).await.unwrap();
                assert_eq!(answer, byte);
            });
            all(ask).await;
            assert_eq!(echo.await.unwrap(), 1000);
        });
    });
}

/// The last of them, with those before it idle.
#[test]
fn the_last_of_a_thousand_sockets_is_served() {
    within_ten_seconds(|| {
        LocalExecutor::new().run(async {
            let (ours, mut theirs) = pairs();
            let reads =
                ours.into_iter().map(|mut stream| async move { stream.read(&mut [0]).await.unwrap() }.boxed_local());
            let task = spawn(async move { select_all(reads).await.1 });
            time::sleep(5 * MS).await;
            theirs[999].write_all(b"x").await.unwrap();
            assert_eq!(task.await.unwrap(), 999);
        });
    });
}

/// Those that are ready are paid for all the same: others have their turns in between.
#[test]
fn a_thousand_sockets_that_are_always_ready_let_others_go_on() {
    within_ten_seconds(|| {
        LocalExecutor::new().run(async {
            let (ours, theirs) = pairs();
            drop(spawn(async move {
                join_all(
                    theirs.into_iter().map(|mut stream| async move { while stream.write(&[0; 64]).await.is_ok() {} }),
                )
                .await
            }));
            drop(spawn(async move {
                join_all(
                    ours.into_iter().map(|mut stream| async move { while stream.read(&mut [0; 64]).await.is_ok() {} }),
                )
                .await
            }));
            for _ in 0..10 {
                time::sleep(MS).await;
            }
        });
    });
}

/// For every leaf future of this crate that has a budget, and for the one of a user.
#[test]
fn what_is_pending_is_free_and_what_is_ready_is_not() {
    let polls = |task: fn() -> Pin<Box<dyn Future<Output = ()>>>| {
        LocalExecutor::new().run(async move {
            time::pause();
            let polls = Rc::new(Cell::new(0));
            let counted = Rc::clone(&polls);
            spawn(async move { counting(&counted, task()).await }).await.unwrap();
            polls.get()
        })
    };
    let timers: fn() -> Pin<Box<dyn Future<Output = ()>>> = || {
        Box::pin(async {
            let deadline = time::now() + MS;
            all((0..1000).map(|_| time::sleep_until(deadline))).await;
        })
    };
    // A first poll, those of bursts of timers, and those of the budget: far from one for each of them.
    assert!((2..=45).contains(&polls(timers)), "{}", polls(timers));
    let waits: fn() -> Pin<Box<dyn Future<Output = ()>>> = || {
        Box::pin(async {
            let idle = all((0..1000).map(|_| poll_fn(|context| poll_budget(context, |_| Poll::<()>::Pending))));
            assert!(time::timeout(MS, idle).await.is_err());
        })
    };
    assert_eq!(polls(waits), 2);
    let ready: fn() -> Pin<Box<dyn Future<Output = ()>>> = || {
        Box::pin(async {
            all((0..1000).map(|_| poll_fn(|context| poll_budget(context, |_| Poll::Ready(()))))).await;
        })
    };
    assert_eq!(polls(ready), 8, "a thousand by 128");
}
