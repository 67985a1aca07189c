//! Spawning, joining, aborting, and being fair.

#![cfg(not(loom))]

use pinsight::PinGuard;
use pinsight_rt::{LocalExecutor, block_on, spawn, spawn_named, time, yield_now};
use std::cell::{Cell, RefCell};
use std::future::{pending, poll_fn};
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::rc::Rc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, mpsc};
use std::task::{Poll, Wake, Waker};
use std::thread;
use std::time::Duration;

/// What a closure panics with.
fn panic_text(function: impl FnOnce()) -> String {
    let payload = catch_unwind(AssertUnwindSafe(function)).expect_err("it panics");
    match payload.downcast::<String>() {
        Ok(text) => *text,
        Err(payload) => payload.downcast_ref::<&str>().expect("a text").to_string(),
    }
}

#[test]
fn tasks_have_outputs_that_need_not_be_send() {
    let executor = LocalExecutor::new();
    let output = executor.run(async {
        let shared = Rc::new(Cell::new(1));
        let theirs = Rc::clone(&shared);
        let task = spawn(async move {
            yield_now().await;
            theirs.set(2);
            theirs
        });
        task.await.unwrap().get() + shared.get()
    });
    assert_eq!(output, 4);
}

#[test]
fn tasks_that_are_left_go_on_in_the_next_run() {
    let executor = LocalExecutor::new();
    let count = Rc::new(Cell::new(0));
    let theirs = Rc::clone(&count);
    let task = executor.spawn(async move {
        for _ in 0..3 {
            theirs.set(theirs.get() + 1);
            yield_now().await;
        }
    });
    executor.run(async {});
    assert!(!task.is_finished());
    executor.run(task).unwrap();
    assert_eq!((count.get(), executor.is_empty()), (3, true));
}

#[test]
fn a_dropped_handle_detaches_and_abort_on_drop_does_not() {
    let executor = LocalExecutor::new();
    let done = Rc::new(RefCell::new(Vec::new()));
    for (name, detaches) in [("detached", true), ("aborted", false)] {
        let done = Rc::clone(&done);
        let handle = executor.spawn(async move {
            yield_now().await;
            done.borrow_mut().push(name);
        });
        if detaches { drop(handle) } else { drop(handle.abort_on_drop()) }
    }
    executor.run_until_stalled();
    assert_eq!((done.take(), executor.len()), (vec!["detached"], 0));
}

#[test]
fn abort_drops_the_future_before_it_is_over() {
    let executor = LocalExecutor::new();
    executor.run(async {
        let guard = Rc::new(());
        let theirs = Rc::clone(&guard);
        let task = spawn(async move {
            pending::<()>().await;
            drop(theirs);
        });
        yield_now().await;
        assert_eq!(Rc::strong_count(&guard), 2);
        let error = task.abort().await.unwrap_err();
        assert_eq!((error.is_aborted(), Rc::strong_count(&guard)), (true, 1));
        assert_eq!(error.to_string(), "the task was aborted");
    });
}

#[test]
fn abort_acts_without_being_awaited_and_a_finished_task_keeps_its_output() {
    let executor = LocalExecutor::new();
    let stays = executor.spawn(pending::<()>());
    let ends = executor.spawn(async { 7 });
    executor.run_until_stalled();
    drop(stays.abort());
    executor.run_until_stalled();
    assert!(executor.is_empty());
    assert!(ends.is_finished());
    assert_eq!(executor.run(ends.abort()).unwrap(), 7);
}

#[test]
fn a_panic_reaches_whoever_awaits_and_nobody_else() {
    let executor = LocalExecutor::new();
    let reported = Rc::new(RefCell::new(Vec::new()));
    let theirs = Rc::clone(&reported);
    executor.on_panic(move |task| theirs.borrow_mut().push(task.to_owned()));
    executor.run(async {
        let calm = spawn(async {
            yield_now().await;
            1
        });
        let bad = spawn_named("bad", async { panic!("so what") });
        let error: pinsight_rt::JoinError = bad.await.map(|(): ()| ()).unwrap_err();
        assert_eq!((error.is_panic(), error.to_string()), (true, "the task panicked: so what".to_owned()));
        assert_eq!(error.try_into_panic().unwrap().downcast_ref::<&str>().unwrap(), &"so what");
        assert_eq!(calm.await.unwrap(), 1);
    });
    let reported = reported.take();
    assert_eq!(reported.len(), 1);
    assert!(reported[0].starts_with("task `bad`, spawned at ") && reported[0].contains("executor.rs:"), "{reported:?}");
}

#[test]
fn shutdown_names_what_is_left_and_drops_it() {
    let executor = LocalExecutor::new();
    let guard = Rc::new(());
    let theirs = Rc::clone(&guard);
    drop(executor.spawn_named("server", async move {
        pending::<()>().await;
        drop(theirs);
    }));
    let place = line!() + 1;
    drop(executor.spawn(pending::<()>()));
    let ended = executor.spawn_named("ended", async {});
    let aborted = executor.spawn_named("aborted", pending::<()>());
    executor.run_until_stalled();
    // Not dropped yet, but nobody waits for it.
    drop(aborted.abort_on_drop());
    let names = executor.shutdown();
    assert_eq!(names[0], "server");
    assert!(names[1].starts_with("spawned at ") && names[1].contains(&format!("executor.rs:{place}:")), "{names:?}");
    assert_eq!((names.len(), Rc::strong_count(&guard), ended.is_finished()), (2, 1, true));
}

#[test]
fn a_handle_says_aborted_once_the_executor_is_gone() {
    let executor = LocalExecutor::new();
    let task = executor.spawn(pending::<()>());
    let spawner = executor.spawner();
    drop(executor);
    assert!(block_on(task).unwrap_err().is_aborted());
    let late = spawner.spawn(async { 1 });
    assert!(spawner.is_closed() && block_on(late).unwrap_err().is_aborted());
    // Also from inside another executor, whose own tasks must not be touched.
    let other = LocalExecutor::new();
    other.run(async {
        let own = spawn(async move {
            drop(spawner.spawn(async {}));
            yield_now().await;
            5
        });
        assert_eq!(own.await.unwrap(), 5);
    });
    assert!(other.is_empty());
}

#[test]
fn other_threads_spawn_and_wake() {
    let executor = LocalExecutor::new();
    let spawner = executor.spawner();
    let (sender, receiver) = mpsc::channel();
    let helper = thread::spawn(move || {
        let sent = spawner.spawn(async { 1 });
        let made = spawner.spawn_with(|| {
            let local = Rc::new(2);
            async move {
                time::sleep(Duration::from_millis(1)).await;
                *local
            }
        });
        sender.send(()).unwrap();
        block_on(sent).unwrap() + block_on(made).unwrap()
    });
    receiver.recv().unwrap();
    executor.run(async {
        while !helper.is_finished() {
            time::sleep(Duration::from_millis(1)).await;
        }
    });
    assert_eq!(helper.join().unwrap(), 3);
}

#[test]
fn a_spawner_works_on_the_thread_of_its_executor() {
    let executor = LocalExecutor::new();
    let spawner = executor.spawner();
    let polls = Arc::new(AtomicUsize::new(0));
    let theirs = Arc::clone(&polls);
    executor.run(async move {
        let task = move || {
            let polls = Arc::clone(&theirs);
            async move {
                polls.fetch_add(1, Ordering::Relaxed);
            }
        };
        assert!(spawner.spawn(task()).await.is_ok());
        // Aborted and dropped while it is still on its way.
        assert!(spawner.spawn(task()).abort().await.unwrap_err().is_aborted());
        drop(spawner.spawn(task()).abort_on_drop());
        drop(spawner.spawn(task()));
        spawner.spawn(task()).await.unwrap();
    });
    assert_eq!((polls.load(Ordering::Relaxed), executor.len()), (3, 0));
}

#[test]
fn a_task_that_wakes_itself_for_ever_starves_nobody() {
    let executor = LocalExecutor::new();
    let polls = Rc::new(Cell::new(0));
    let theirs = Rc::clone(&polls);
    drop(executor.spawn(async move {
        loop {
            theirs.set(theirs.get() + 1);
            yield_now().await;
        }
    }));
    let other = executor.spawn(async {
        for _ in 0..10 {
            yield_now().await;
        }
    });
    executor.run(other).unwrap();
    assert!(polls.get() <= 30, "{} polls", polls.get());
    // Nor does it starve timers.
    executor.run(time::sleep(Duration::from_millis(2)));
}

#[test]
fn a_root_that_wakes_itself_starves_no_task() {
    let executor = LocalExecutor::new();
    let task = executor.spawn(async {
        for _ in 0..10 {
            yield_now().await;
        }
    });
    let mut polls = 0;
    executor.run(poll_fn(|context| {
        polls += 1;
        context.waker().wake_by_ref();
        if task.is_finished() { Poll::Ready(()) } else { Poll::Pending }
    }));
    assert!(polls <= 20, "{polls} polls");
}

#[test]
fn the_budget_of_a_poll_ends() {
    let executor = LocalExecutor::new();
    let turns = Rc::new(Cell::new(0_u32));
    let theirs = Rc::clone(&turns);
    let greedy = executor.spawn(async move {
        // Always ready: without a budget this would be one poll.
        for _ in 0..1000 {
            poll_fn(|context| pinsight_rt::poll_budget(context, |_| Poll::Ready(()))).await;
        }
        theirs.get()
    });
    let counter = executor.spawn(async move {
        loop {
            turns.set(turns.get() + 1);
            yield_now().await;
        }
    });
    let seen = executor.run(greedy).unwrap();
    drop(counter.abort());
    assert!((7..=9).contains(&seen), "{seen} turns of the other");
}

#[test]
fn ticks_are_one_poll_and_a_stall_is_the_end() {
    let executor = LocalExecutor::new();
    let task = executor.spawn(async {
        yield_now().await;
        yield_now().await;
    });
    assert!(executor.try_tick());
    assert!(!task.is_finished());
    assert_eq!(executor.run_until_stalled(), 2);
    assert!(task.is_finished() && !executor.try_tick());
}

/// Each of the orders of some tasks has its seeds, and each has about as many.
#[test]
fn every_order_of_tasks_has_a_seed() {
    fn all_orders(order: impl Fn(u64) -> Vec<usize>, count: usize, factorial: usize) {
        let mut seen = std::collections::BTreeMap::new();
        for seed in 1..=200 * factorial as u64 {
            *seen.entry(order(seed)).or_insert(0) += 1;
        }
        assert_eq!(seen.len(), factorial, "of {count} tasks");
        // Expected are 200, with a deviation of 14.
        assert!(seen.values().all(|times| (120..280).contains(times)), "{seen:?}");
    }
    /// Tasks that say when they are polled; the later polls are of tasks that something has woken.
    fn order(seed: u64, count: usize, woken: bool) -> Vec<usize> {
        let executor = LocalExecutor::with_seed(seed);
        let (order, wakers) = (Rc::new(RefCell::new(Vec::new())), Rc::new(RefCell::new(Vec::new())));
        for number in 0..count {
            let (order, wakers) = (Rc::clone(&order), Rc::clone(&wakers));
            drop(executor.spawn(async move {
                if woken {
                    let mut is_first = true;
                    poll_fn(|context| {
                        wakers.borrow_mut().push(context.waker().clone());
                        if std::mem::take(&mut is_first) { Poll::Pending } else { Poll::Ready(()) }
                    })
                    .await;
                }
                order.borrow_mut().push(number);
            }));
        }
        executor.run_until_stalled();
        wakers.take().into_iter().for_each(Waker::wake);
        executor.run_until_stalled();
        order.take()
    }
    for woken in [false, true] {
        for (count, factorial) in [(2, 2), (3, 6), (4, 24), (5, 120)] {
            all_orders(|seed| order(seed, count, woken), count, factorial);
        }
    }
}

/// In a task and in the root, with every seed: first come, first served, has to be no accident.
#[test]
fn what_yields_goes_last_with_every_seed() {
    for seed in 0..500 {
        let executor = LocalExecutor::with_seed(seed);
        let polled = Rc::new(RefCell::new(Vec::new()));
        // Ready when the others yield: some new, some woken; and one of them was woken before it yields, by a spawn of its own.
        let check = |name: &'static str| {
            let polled = Rc::clone(&polled);
            async move {
                for round in 0..3 {
                    let waker = poll_fn(|context| Poll::Ready(context.waker().clone())).await;
                    let others: Vec<_> = (0..3)
                        .map(|number| {
                            let (polled, waker) = (Rc::clone(&polled), waker.clone());
                            spawn(async move {
                                if number == 1 {
                                    waker.wake();
                                    return;
                                }
                                polled.borrow_mut().push((name, round, number));
                            })
                        })
                        .collect();
                    waker.wake();
                    yield_now().await;
                    for (number, other) in others.iter().enumerate() {
                        assert!(other.is_finished(), "{name}, with seed {seed}: {number} was ready, and has not run");
                    }
                }
            }
        };
        let tasks = [executor.spawn(check("a task")), executor.spawn(check("another"))];
        executor.run(async {
            check("the root").await;
            for task in tasks {
                task.await.unwrap();
            }
        });
        assert_eq!(polled.borrow().len(), 18);
    }
}

#[test]
fn advance_has_polled_who_was_woken_with_every_seed() {
    for seed in 0..200 {
        LocalExecutor::with_seed(seed).run(async {
            time::pause();
            let in_task = spawn(async move {
                let woken = Rc::new(Cell::new(0));
                for _ in 0..100 {
                    let woken = Rc::clone(&woken);
                    drop(spawn(async move {
                        time::sleep(Duration::from_millis(5)).await;
                        woken.set(woken.get() + 1);
                    }));
                }
                // The sleeps begin when they are polled.
                yield_now().await;
                time::advance(Duration::from_millis(4)).await;
                assert_eq!(woken.get(), 0);
                time::advance(Duration::from_millis(2)).await;
                assert_eq!(woken.get(), 100, "seed {seed}");
            });
            in_task.await.unwrap();
        });
    }
}

#[test]
fn a_seed_is_an_order_and_the_same_one_each_time() {
    let order = |seed| {
        let executor = LocalExecutor::with_seed(seed);
        let order = Rc::new(RefCell::new(Vec::new()));
        for number in 0..16 {
            let order = Rc::clone(&order);
            drop(executor.spawn(async move {
                yield_now().await;
                order.borrow_mut().push(number);
            }));
        }
        executor.run_until_stalled();
        order.take()
    };
    assert_eq!(order(0), (0..16).collect::<Vec<_>>());
    assert_eq!(order(7), order(7));
    assert_ne!(order(7), order(8));
    assert_ne!(order(7), order(0));
}

#[test]
fn wrong_use_says_what_to_do() {
    let nested = panic_text(|| {
        block_on(async {
            yield_now().await;
            block_on(yield_now());
        })
    });
    assert!(nested.contains("`block_on` inside `block_on`") && nested.contains("help: `.await`"), "{nested}");
    let executor = LocalExecutor::new();
    let nested = panic_text(|| executor.run(async { block_on(yield_now()) }));
    assert!(nested.contains("inside a running executor") && nested.contains("help:"), "{nested}");
    let nested = panic_text(|| executor.run(async { LocalExecutor::new().run(async {}) }));
    assert!(nested.contains("`LocalExecutor::run` inside") && nested.contains("help:"), "{nested}");
    let outside = panic_text(|| drop(spawn(async {})));
    assert!(outside.contains("`spawn` needs a running executor") && outside.contains("help: run"), "{outside}");
    let outside = panic_text(|| block_on(time::sleep(Duration::from_millis(1))));
    assert!(outside.contains("a timer needs a running executor") && outside.contains("help: run"), "{outside}");
    let zero = panic_text(|| drop(time::interval(Duration::ZERO)));
    assert!(zero.contains("must not be zero") && zero.contains("help: use `yield_now`"), "{zero}");
    // All of that leaves the thread usable.
    assert_eq!(block_on(async { 1 }) + executor.run(async { 2 }), 3);
}

#[test]
fn block_on_waits_for_another_thread_and_can_be_used_again() {
    for _ in 0..100 {
        let (sender, receiver) = mpsc::channel::<Waker>();
        let woken = Arc::new(AtomicUsize::new(0));
        let theirs = Arc::clone(&woken);
        let helper = thread::spawn(move || {
            let waker = receiver.recv().unwrap();
            theirs.store(1, Ordering::Release);
            waker.wake();
        });
        let mut sender = Some(sender);
        block_on(poll_fn(|context| {
            if let Some(sender) = sender.take() {
                sender.send(context.waker().clone()).unwrap();
            }
            if woken.load(Ordering::Acquire) == 1 { Poll::Ready(()) } else { Poll::Pending }
        }));
        helper.join().unwrap();
    }
}

#[test]
fn tasks_stay_where_they_are_pinned() {
    let executor = LocalExecutor::new();
    let tasks: Vec<_> = (0..100)
        .map(|_| {
            executor.spawn(PinGuard::new(async {
                let value = [0_u8; 100];
                yield_now().await;
                value.len()
            }))
        })
        .collect();
    for task in tasks {
        assert_eq!(executor.run(task).unwrap(), 100);
    }
}

struct CountWakes(AtomicUsize);

impl Wake for CountWakes {
    fn wake(self: Arc<Self>) {
        self.0.fetch_add(1, Ordering::Relaxed);
    }
}

#[test]
fn a_join_handle_works_with_any_waker() {
    let executor = LocalExecutor::new();
    let mut task = Box::pin(executor.spawn(async { 3 }));
    let count = Arc::new(CountWakes(AtomicUsize::new(0)));
    let waker = Waker::from(Arc::clone(&count));
    let mut context = std::task::Context::from_waker(&waker);
    assert!(task.as_mut().poll(&mut context).is_pending());
    executor.run_until_stalled();
    assert_eq!(count.0.load(Ordering::Relaxed), 1);
    assert!(matches!(task.as_mut().poll(&mut context), Poll::Ready(Ok(3))));
}

/// Into `anyhow`, and whatever else takes errors of any thread.
#[test]
fn a_join_error_is_an_error_like_others() {
    async fn fails() -> Result<(), Box<dyn std::error::Error + Send + Sync>> {
        spawn(async { panic!("{}", String::from("in the task")) }).await?;
        Ok(())
    }
    let error = LocalExecutor::new().run(fails()).unwrap_err();
    assert_eq!(error.to_string(), "the task panicked: in the task");
    let payload = error.downcast::<pinsight_rt::JoinError>().unwrap().try_into_panic().unwrap();
    assert_eq!(payload.downcast_ref::<String>().unwrap(), "in the task");
}

#[test]
fn an_executor_is_polled_inside_another_one() {
    let (outer, inner) = (LocalExecutor::new(), LocalExecutor::new());
    let (sender, receiver) = mpsc::channel();
    let waits = outer.spawn(poll_fn(move |context| {
        let _ = sender.send(context.waker().clone());
        if sender.send(Waker::noop().clone()).is_err() { Poll::Ready(5) } else { Poll::Pending }
    }));
    outer.run(async {
        yield_now().await;
        let waker = receiver.recv().unwrap();
        drop(receiver);
        // What is spawned inside belongs to the one that is polled, and wakes go where they should.
        let task = inner.spawn(async move {
            waker.wake();
            spawn(async { 1 }).await.unwrap()
        });
        assert!(inner.try_tick());
        assert_eq!((inner.len(), inner.run_until_stalled(), outer.len()), (2, 2, 1));
        assert_eq!(block_on(task).unwrap(), 1);
        assert_eq!(waits.await.unwrap(), 5);
        // Sleeping would stop the outer one; and a task cannot poll its own executor.
        assert!(panic_text(|| inner.run(async {})).contains("`LocalExecutor::run` inside a running executor"));
        assert!(panic_text(|| assert!(outer.try_tick())).contains("`LocalExecutor::try_tick` inside a running"));
        drop(inner.spawn(pending::<()>()));
        assert_eq!(inner.shutdown().len(), 1);
    });
}
