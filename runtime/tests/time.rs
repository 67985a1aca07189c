//! Timers: never early, cheap to take back, and on a clock that stands still.

#![cfg(not(loom))]

#[path = "harness/random.rs"]
mod random;

use crate::random::Random;
use futures_util::future::{join_all, select};
use pinsight_rt::time::{self, MissedTickBehavior};
use pinsight_rt::{LocalExecutor, spawn, yield_now};
use std::cell::{Cell, RefCell};
use std::future::{pending, poll_fn};
use std::pin::{Pin, pin};
use std::rc::Rc;
use std::task::Poll;
use std::time::Duration;

const MS: Duration = Duration::from_millis(1);
const HOUR: Duration = Duration::from_secs(3600);

/// Runs a future on a clock that stands still.
fn paused<T>(future: impl Future<Output = T>) -> T {
    LocalExecutor::new().run(async {
        time::pause();
        future.await
    })
}

#[test]
fn a_sleep_is_never_early() {
    LocalExecutor::new().run(async {
        for microseconds in [0, 1, 50, 65, 66, 1000, 1500, 5000] {
            let duration = Duration::from_micros(microseconds);
            let start = std::time::Instant::now();
            time::sleep(duration).await;
            assert!((time::now() - start) >= duration, "{:?} of {duration:?}", (time::now() - start));
        }
    });
}

#[test]
fn a_paused_clock_skips_to_the_next_timer() {
    let real = std::time::Instant::now();
    paused(async {
        let start = time::now();
        time::sleep(1000 * HOUR).await;
        let took = time::now() - start;
        assert!(took >= 1000 * HOUR && took < 1000 * HOUR + MS, "{took:?}");
    });
    assert!(real.elapsed() < Duration::from_secs(5));
}

#[test]
fn timers_fire_in_the_order_of_their_deadlines() {
    // From one tick to years: all levels of the wheel, and beyond.
    let exponents = [0, 5, 6, 7, 11, 12, 13, 17, 18, 19, 24, 25, 30, 31, 35, 36, 37, 38, 40];
    let fired = paused(async move {
        let fired = Rc::new(RefCell::new(Vec::new()));
        let tasks = exponents.into_iter().rev().map(|exponent: u32| {
            let fired = Rc::clone(&fired);
            spawn(async move {
                let duration = Duration::from_nanos(1 << (16 + exponent));
                let start = time::now();
                time::sleep(duration).await;
                assert!((time::now() - start) >= duration);
                assert!((time::now() - start) <= duration + 2 * MS, "{:?} for {duration:?}", (time::now() - start));
                fired.borrow_mut().push(exponent);
            })
        });
        for task in tasks.collect::<Vec<_>>() {
            task.await.unwrap();
        }
        fired.take()
    });
    assert_eq!(fired, exponents);
}

/// Of timers of any length, each comes when it is due, whichever others are armed.
#[test]
fn a_far_timer_does_not_keep_a_near_one() {
    const DAY: Duration = Duration::from_secs(24 * 3600);
    for far in [7 * DAY, 30 * DAY, 4000 * DAY, 200_000 * DAY, Duration::MAX] {
        let days = paused(async move {
            let start = time::now();
            let far = spawn(async move { time::timeout(far, pending::<()>()).await });
            let mut interval = time::interval(DAY);
            let mut days = Vec::new();
            for _ in 0..40 {
                interval.tick().await;
                days.push((time::now() - start).as_secs() / DAY.as_secs());
            }
            drop(far);
            days
        });
        assert_eq!(days, (0..40).collect::<Vec<_>>(), "beside one of {far:?}");
    }
}

#[test]
fn a_sleep_of_centuries_takes_centuries_and_the_longest_never_ends() {
    const YEAR: Duration = Duration::from_secs(365 * 24 * 3600);
    paused(async {
        let start = time::now();
        for (years, sum) in [(100, 100), (400, 500), (500, 1000), (9000, 10_000), (250_000, 260_000)] {
            time::sleep(years * YEAR).await;
            let took = time::now() - start;
            assert!(took >= sum * YEAR && took < sum * YEAR + MS, "{took:?} for {sum} years");
        }
        // No clock of this executor tells such a time.
        let mut sleep = pin!(time::sleep(Duration::MAX));
        let mut poll = async || poll_fn(|context| Poll::Ready(sleep.as_mut().poll(context).is_ready())).await;
        assert!(!poll().await);
        time::advance(300_000 * YEAR).await;
        assert!(!poll().await);
        time::resume();
        assert!(!poll().await && time::now() > start);
    });
}

#[test]
fn equal_deadlines_fire_first_come_first_served() {
    let order = paused(async {
        let order = Rc::new(RefCell::new(Vec::new()));
        let deadline = time::now() + HOUR;
        let sleeps = (0..100).map(|number| {
            let order = Rc::clone(&order);
            spawn(async move {
                time::sleep_until(deadline).await;
                order.borrow_mut().push(number);
            })
        });
        for task in sleeps.collect::<Vec<_>>() {
            task.await.unwrap();
        }
        order.take()
    });
    assert_eq!(order, (0..100).collect::<Vec<_>>());
}

/// Against a model: any mixture of timers, some taken back, some set anew.
#[test]
fn random_timers_agree_with_a_sorted_list() {
    let mut random = Random::new(1);
    for _ in 0..20 {
        let plan: Vec<(u64, u64)> = (0..200).map(|_| (1 << random.below(45), random.below(4))).collect();
        paused(async {
            let base = time::now();
            let fired = Rc::new(RefCell::new(Vec::new()));
            let mut expected = Vec::new();
            let mut tasks = Vec::new();
            for (number, (nanoseconds, fate)) in plan.iter().copied().enumerate() {
                let fired = Rc::clone(&fired);
                let deadline = base + Duration::from_nanos(nanoseconds);
                let later = deadline + HOUR;
                let task = spawn(async move {
                    let mut sleep = time::sleep_until(deadline);
                    if fate == 1 {
                        assert!(poll_fn(|context| Poll::Ready(Pin::new(&mut sleep).poll(context))).await.is_pending());
                        sleep.reset(later);
                    }
                    sleep.await;
                    fired.borrow_mut().push(number);
                });
                match fate {
                    0 => drop(task.abort()),
                    _ => {
                        let tick = |time: std::time::Instant| (time - base).as_nanos().div_ceil(1 << 16);
                        expected.push((if fate == 1 { tick(later) } else { tick(deadline) }, number));
                        tasks.push(task);
                    }
                }
            }
            for task in tasks {
                task.await.unwrap();
            }
            // The base is not at a tick, so neighbours may share one.
            let ticks: Vec<u128> = fired
                .take()
                .into_iter()
                .map(|number| expected.iter().find(|(_, other)| *other == number).unwrap().0)
                .collect();
            assert_eq!(ticks.len(), expected.len());
            assert!(ticks.windows(2).all(|pair| pair[0] <= pair[1] + 1), "{ticks:?}");
        });
    }
}

#[test]
fn advance_moves_the_clock_and_polls_who_is_woken() {
    paused(async {
        let done = Rc::new(Cell::new(false));
        let theirs = Rc::clone(&done);
        drop(spawn(async move {
            time::sleep(10 * MS).await;
            theirs.set(true);
        }));
        // The sleep begins when it is polled.
        yield_now().await;
        time::advance(9 * MS).await;
        assert!(!done.get());
        time::advance(2 * MS).await;
        assert!(done.get());
        time::resume();
        let start = std::time::Instant::now();
        time::sleep(2 * MS).await;
        assert!((time::now() - start) >= 2 * MS);
    });
}

#[test]
fn a_paused_clock_waits_for_the_thread_pool() {
    paused(async {
        let job = pinsight_rt::unblock(|| std::thread::sleep(20 * MS));
        assert!(time::timeout(HOUR, job).await.is_ok(), "an hour passed while a job was at work");
    });
}

/// For its own jobs, and for no others: tests run beside each other.
#[test]
fn a_paused_clock_waits_for_nobody_elses_jobs() {
    let (sender, receiver) = std::sync::mpsc::channel::<()>();
    let blocked = pinsight_rt::unblock(move || receiver.recv().unwrap_err());
    let other = LocalExecutor::new();
    let of_other = other.spawn(pinsight_rt::unblock(|| std::thread::sleep(200 * MS)));
    other.run_until_stalled();
    let start = std::time::Instant::now();
    paused(async {
        // Taken back, or given to nobody.
        drop(pinsight_rt::unblock(|| std::thread::sleep(200 * MS)));
        time::sleep(1000 * HOUR).await;
        // And one that was made elsewhere is waited for from the time that it is awaited here.
        let start = time::now();
        let mut blocked = pin!(blocked);
        assert!(poll_fn(|context| Poll::Ready(blocked.as_mut().poll(context))).await.is_pending());
        let theirs = time::now();
        let mut sleep = spawn(async move {
            time::sleep(HOUR).await;
            time::now() - theirs
        });
        std::thread::scope(|scope| {
            scope.spawn(|| {
                std::thread::sleep(10 * MS);
                drop(sender);
            });
        });
        blocked.await;
        assert!((time::now() - start) < HOUR);
        let slept = poll_fn(|context| Pin::new(&mut sleep).poll(context)).await.unwrap();
        assert!(slept >= HOUR && slept < HOUR + MS);
    });
    assert!((time::now() - start) < 150 * MS, "{:?} for others", (time::now() - start));
    other.run(of_other).unwrap();
}

/// A job that nobody awaits is at work as well, and its end lets time go on.
#[test]
fn a_paused_clock_waits_for_a_detached_job() {
    paused(async {
        let (sender, receiver) = std::sync::mpsc::channel();
        pinsight_rt::unblock(move || {
            std::thread::sleep(20 * MS);
            sender.send(()).unwrap();
        })
        .detach();
        time::sleep(HOUR).await;
        receiver.try_recv().expect("an hour passed while a job was at work");
    });
}

#[test]
fn timeouts_hold_and_a_ready_future_is_never_too_late() {
    paused(async {
        assert_eq!(time::timeout(Duration::ZERO, async { 1 }).await, Ok(1));
        assert!(time::timeout(HOUR, pending::<()>()).await.is_err());
        assert_eq!(time::timeout(HOUR, time::timeout(2 * HOUR, async { 2 })).await, Ok(Ok(2)));
        assert!(time::timeout(Duration::MAX, yield_now()).await.is_ok());
    });
}

#[test]
fn intervals_tick_and_deal_with_missed_ticks() {
    let ticks = |behavior| {
        paused(async move {
            let start = time::now();
            let mut interval = time::interval(10 * MS);
            interval.set_missed_tick_behavior(behavior);
            let mut ticks = Vec::new();
            for round in 0..6 {
                interval.tick().await;
                ticks.push(((time::now() - start).as_micros() + 500) / 1000);
                if round == 1 {
                    // Three and a half periods.
                    time::advance(35 * MS).await;
                }
            }
            ticks
        })
    };
    assert_eq!(ticks(MissedTickBehavior::Burst), [0, 10, 45, 45, 45, 50]);
    assert_eq!(ticks(MissedTickBehavior::Delay), [0, 10, 45, 55, 65, 75]);
    assert_eq!(ticks(MissedTickBehavior::Skip), [0, 10, 45, 50, 60, 70]);
}

#[test]
fn a_hundred_thousand_timers_at_once() {
    paused(async {
        let fired = Rc::new(Cell::new(0));
        let sleeps: Vec<_> = (0..100_000_u32)
            .map(|number| {
                let fired = Rc::clone(&fired);
                Box::pin(async move {
                    time::sleep(MS * (number % 5000)).await;
                    fired.set(fired.get() + 1);
                })
            })
            .collect();
        let mut tasks: Vec<_> = sleeps.into_iter().map(spawn).collect();
        // Half of them are taken back.
        let kept = tasks.split_off(50_000);
        tasks.into_iter().for_each(|task| drop(task.abort()));
        for task in kept {
            task.await.unwrap();
        }
        assert_eq!(fired.get(), 50_000);
    });
}

#[test]
fn a_sleep_may_be_dropped_after_its_executor() {
    let mut sleep = Box::pin(time::sleep(HOUR));
    let executor = LocalExecutor::new();
    executor.run(poll_fn(|context| Poll::Ready(sleep.as_mut().poll(context)))).is_pending().then_some(()).unwrap();
    drop(executor);
    drop(sleep);
}

#[test]
fn the_loser_of_a_race_takes_its_timer_with_it() {
    paused(async {
        let start = time::now();
        drop(select(time::sleep(1000 * HOUR), time::sleep(MS)).await);
        join_all((0..10).map(|_| time::sleep(MS))).await;
        assert!((time::now() - start) < 4 * MS);
    });
}

/// Waits are exact, and nobody else is: not this thread afterwards, nor one that was made meanwhile, nor a child.
#[cfg(target_os = "linux")]
#[test]
fn timer_slack_is_what_it_was() {
    // SAFETY: Takes no pointer.
    let slack = || unsafe { libc::prctl(libc::PR_GET_TIMERSLACK) };
    let set = |slack: libc::c_ulong| {
        // SAFETY: Takes a number.
        unsafe { libc::prctl(libc::PR_SET_TIMERSLACK, slack) }
    };
    let inherited = move || {
        let thread = std::thread::spawn(slack).join().unwrap();
        let script = "cat /proc/self/timerslack_ns";
        let child = std::process::Command::new("sh").args(["-c", script]).output().unwrap();
        (thread, String::from_utf8(child.stdout).unwrap().trim().parse::<i32>().unwrap())
    };
    let before = slack();
    assert!(before > 1);
    let (first, second) = (LocalExecutor::new(), LocalExecutor::new());
    for executor in [&first, &second, &first] {
        executor.run(async move {
            time::sleep(MS).await;
            // In the reactor as well.
            let (mut one, _other) = pinsight_rt::net::UnixStream::pair().unwrap();
            assert!(time::timeout(MS, one.read(&mut [0])).await.is_err());
            assert_eq!((slack(), inherited()), (before, (before, before)));
        });
    }
    // Whoever sets one of their own keeps it.
    set(12_345);
    drop(second);
    first.run(time::sleep(MS));
    drop(first);
    assert_eq!(slack(), 12_345);
}
