//! Whose turn it is, however tasks are woken and end; and that none is lost or counted twice.

#![cfg(not(loom))]

#[path = "harness/random.rs"]
mod random;

use crate::random::Random;
use pinsight_rt::{JoinHandle, LocalExecutor, spawn, yield_now};
use std::cell::{Cell, RefCell};
use std::collections::BTreeSet;
use std::future::{pending, poll_fn};
use std::rc::Rc;
use std::task::{Poll, Waker};

/// Wakes itself, and ends in the same poll: so it is in the queue still when it is gone.
async fn end_queued<T>(output: T) -> T {
    let mut output = Some(output);
    poll_fn(move |context| {
        context.waker().wake_by_ref();
        Poll::Ready(output.take().expect("it is polled once"))
    })
    .await
}

#[test]
fn a_task_that_ends_in_the_queue_is_not_polled_again() {
    let executor = LocalExecutor::new();
    let first = executor.spawn(end_queued(vec![1]));
    let second = executor.spawn(end_queued(vec![2]));
    assert!(executor.try_tick());
    assert!(first.is_finished() && !second.is_finished());
    assert!(executor.try_tick());
    assert!(second.is_finished());
    assert_eq!(executor.len(), 0);
    // What is linked still is no task: letters and timers are looked at, and nothing is polled.
    let late = executor.spawner().spawn(async { 3 });
    assert!(executor.try_tick());
    assert!(late.is_finished());
    assert!(!executor.try_tick());
    assert_eq!(executor.run(first).unwrap(), [1]);
    drop(second);
}

#[test]
fn those_that_end_in_the_queue_do_not_change_the_order_of_the_others() {
    let executor = LocalExecutor::new();
    let order = Rc::new(RefCell::new(Vec::new()));
    for number in 0..6 {
        let order = Rc::clone(&order);
        drop(executor.spawn(async move {
            order.borrow_mut().push(number);
            if number % 2 == 0 {
                return end_queued(()).await;
            }
            yield_now().await;
            order.borrow_mut().push(10 + number);
        }));
    }
    // The root is polled again after those that were there before it was woken, and not later.
    let seen = executor.run(async {
        yield_now().await;
        let once = order.borrow().clone();
        yield_now().await;
        (once, order.borrow().clone())
    });
    assert_eq!(seen.0, [0, 1, 2, 3, 4, 5]);
    assert_eq!(seen.1, [0, 1, 2, 3, 4, 5, 11, 13, 15]);
}

#[test]
fn those_that_are_left_are_named_once_each_wherever_they_are() {
    let executor = LocalExecutor::new();
    let wakers: Rc<RefCell<Vec<Waker>>> = Rc::default();
    let wait = |name: &str| {
        let theirs = Rc::clone(&wakers);
        let waits = poll_fn(move |context| {
            theirs.borrow_mut().push(context.waker().clone());
            Poll::<()>::Pending
        });
        executor.spawn_named(name, waits)
    };
    drop((wait("waits"), wait("woken")));
    executor.run_until_stalled();
    // Woken without being polled: in the queue, as the one that nobody has polled yet.
    let woken = wakers.borrow()[1].clone();
    let wakes = executor.spawn_named("wakes", async move {
        woken.wake();
        pending::<()>().await;
    });
    assert!(executor.try_tick());
    drop((wakes, executor.spawn_named("new", async {})));
    drop(executor.spawn_named("ended", async {}).abort());
    let mut left = executor.shutdown();
    left.sort_unstable();
    assert_eq!(left, ["new", "waits", "wakes", "woken"]);
}

/// What the tasks of the next test are told to do, and what they tell.
#[derive(Default)]
struct Board {
    orders: RefCell<Vec<Option<Order>>>,
    wakers: RefCell<Vec<Option<Waker>>>,
    ended: RefCell<BTreeSet<usize>>,
    polls: Cell<usize>,
}

#[derive(Clone, Copy)]
enum Order {
    Stay,
    WakeSelf,
    End,
    EndQueued,
}

impl Board {
    fn task(self: &Rc<Self>, number: usize) -> impl Future<Output = usize> + use<> {
        self.orders.borrow_mut().push(None);
        self.wakers.borrow_mut().push(None);
        let board = Rc::clone(self);
        poll_fn(move |context| {
            board.polls.set(board.polls.get() + 1);
            let order = board.orders.borrow_mut()[number].take().unwrap_or(Order::Stay);
            if matches!(order, Order::WakeSelf | Order::EndQueued) {
                context.waker().wake_by_ref();
            }
            if matches!(order, Order::End | Order::EndQueued) {
                assert!(board.ended.borrow_mut().insert(number));
                return Poll::Ready(number);
            }
            board.wakers.borrow_mut()[number] = Some(context.waker().clone());
            Poll::Pending
        })
    }
}

/// Spawns, wakes, aborts and ends tasks at random, and compares with what a list says of them.
fn at_random(seed: u64) {
    let mut random = Random::new(seed);
    let mut below = |limit: usize| random.below(limit as u64) as usize;
    let executor = LocalExecutor::with_seed(seed);
    let board = Rc::new(Board::default());
    let mut handles: Vec<Option<JoinHandle<usize>>> = Vec::new();
    let mut aborted = BTreeSet::new();
    for _ in 0..2000 {
        let number = below(handles.len() + 1);
        match below(4) {
            0 => {
                let number = handles.len();
                handles.push(Some(executor.spawn_named(number.to_string(), board.task(number))));
            }
            1 if number < handles.len() => {
                let order = [Order::Stay, Order::WakeSelf, Order::End, Order::EndQueued][below(4)];
                board.orders.borrow_mut()[number] = Some(order);
                // From another thread it comes as a letter.
                match board.wakers.borrow()[number].clone() {
                    Some(waker) if below(16) == 0 => std::thread::spawn(|| waker.wake()).join().unwrap(),
                    Some(waker) => executor.run(async { waker.wake() }),
                    None => {}
                }
            }
            2 if number < handles.len() && below(8) == 0 => {
                if let Some(handle) = handles[number].take() {
                    if !handle.is_finished() {
                        aborted.insert(number);
                    }
                    drop(handle.abort());
                }
            }
            _ => {
                for _ in 0..below(4) {
                    executor.try_tick();
                }
            }
        }
    }
    executor.run_until_stalled();
    let ended = board.ended.borrow().clone();
    for (number, handle) in handles.into_iter().enumerate() {
        let Some(handle) = handle else { continue };
        assert_eq!(handle.is_finished(), ended.contains(&number));
        if handle.is_finished() {
            assert_eq!(executor.run(handle).unwrap(), number);
        }
    }
    let live: BTreeSet<_> = (0..board.orders.borrow().len())
        .filter(|number| !ended.contains(number) && !aborted.contains(number))
        .collect();
    assert!(board.polls.get() > 500 && ended.len() > 50 && aborted.len() > 20 && live.len() > 20);
    assert_eq!(executor.len(), live.len());
    let left = executor.shutdown();
    assert_eq!(left.len(), live.len());
    assert_eq!(left.iter().map(|name| name.parse().unwrap()).collect::<BTreeSet<usize>>(), live);
    assert_eq!(Rc::strong_count(&board), 1);
}

#[test]
fn none_is_lost_or_counted_twice() {
    (0..32).for_each(|seed| at_random(0x9e37_79b9_7f4a_7c15_u64.wrapping_mul(seed)));
}

#[test]
fn an_executor_goes_while_ended_tasks_are_in_its_queue() {
    let guard = Rc::new(());
    let executor = LocalExecutor::new();
    let handle = executor.spawn(end_queued(Rc::clone(&guard)));
    let theirs = Rc::clone(&guard);
    drop(executor.spawn(async move {
        let inner = spawn(end_queued(theirs));
        pending::<()>().await;
        drop(inner);
    }));
    assert!(executor.try_tick() && executor.try_tick() && executor.try_tick());
    drop(executor);
    assert_eq!(Rc::strong_count(&guard), 2);
    drop(handle);
    assert_eq!(Rc::strong_count(&guard), 1);
}
