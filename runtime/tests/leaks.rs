//! Nothing is left on the heap, however a task ends; and what foreign code may do at that end.

#![cfg(not(loom))]

use pinsight_rt::{LocalExecutor, block_on, spawn, time, yield_now};
use std::alloc::{GlobalAlloc, Layout, System};
use std::cell::Cell;
use std::future::{pending, poll_fn};
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::pin::pin;
use std::rc::Rc;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::task::{Context, Poll, Wake, Waker};
use std::thread;
use std::time::Duration;

/// The system's allocator, with a count for each thread, since tests run side by side.
struct Counting;

thread_local! {
    static BLOCKS: Cell<isize> = const { Cell::new(0) };
}

#[global_allocator]
static ALLOCATOR: Counting = Counting;

// SAFETY: All is left to the system's, which keeps to the contract. Counting allocates nothing, and does not panic: the cell has
// no destructor.
unsafe impl GlobalAlloc for Counting {
    unsafe fn alloc(&self, layout: Layout) -> *mut u8 {
        BLOCKS.with(|blocks| blocks.set(blocks.get() + 1));
        // SAFETY: The caller's promise.
        unsafe { System.alloc(layout) }
    }

    unsafe fn dealloc(&self, pointer: *mut u8, layout: Layout) {
        BLOCKS.with(|blocks| blocks.set(blocks.get() - 1));
        // SAFETY: The caller's promise.
        unsafe { System.dealloc(pointer, layout) }
    }
}

/// How many blocks more there are after the second call than after the first, which makes what is made once.
fn blocks_left(scenario: impl Fn()) -> isize {
    scenario();
    let before = BLOCKS.get();
    scenario();
    BLOCKS.get() - before
}

async fn waker() -> Waker {
    poll_fn(|context| Poll::Ready(context.waker().clone())).await
}

#[test]
fn tasks_leave_nothing_behind() {
    let ends = blocks_left(|| {
        let executor = LocalExecutor::new();
        executor.on_panic(|_| ());
        executor.run(async {
            let joined = spawn(async { vec![1] });
            drop(spawn(async { vec![2] }));
            let panics = spawn(async {
                yield_now().await;
                std::panic::resume_unwind(Box::new("quietly"));
            });
            let aborted = spawn(time::sleep(Duration::from_secs(3600)));
            yield_now().await;
            drop(aborted.abort());
            let unseen = spawn(async { vec![3] });
            yield_now().await;
            drop(unseen);
            // In the queue still when it has ended.
            drop(spawn(poll_fn(|context| {
                context.waker().wake_by_ref();
                Poll::Ready(vec![4])
            })));
            yield_now().await;
            assert_eq!(joined.await.unwrap(), [1]);
            assert!(panics.await.unwrap_err().is_panic());
        });
        assert!(executor.is_empty());
    });
    let live = blocks_left(|| {
        let executor = LocalExecutor::new();
        let handle = executor.spawn_named("live", pending::<()>());
        drop(executor.spawn(time::sleep(Duration::from_secs(3600))));
        drop(executor.spawner().spawn(async {}));
        executor.run_until_stalled();
        drop(executor.spawner().spawn(async { vec![5] }));
        drop(executor);
        assert!(block_on(handle).unwrap_err().is_aborted());
    });
    assert_eq!((ends, live), (0, 0));
}

#[test]
fn wakers_that_outlive_tasks_and_executor_are_the_last_to_go() {
    let left = blocks_left(|| {
        let executor = LocalExecutor::new();
        let of_ended = executor.run(executor.spawn(waker())).unwrap();
        let slot = Rc::new(Cell::new(None));
        let theirs = Rc::clone(&slot);
        drop(executor.spawn(async move {
            theirs.set(Some(waker().await));
            pending::<()>().await;
        }));
        executor.run_until_stalled();
        let of_live = slot.take().unwrap();
        of_ended.wake_by_ref();
        drop(executor);
        of_live.wake_by_ref();
        let clone = of_live.clone();
        clone.wake();
        of_ended.wake();
    });
    assert_eq!(left, 0);
}

/// Panics when it wakes.
struct Bad;

impl Wake for Bad {
    fn wake(self: Arc<Self>) {
        std::panic::resume_unwind(Box::new("of foreign code"));
    }
}

/// Whoever waits for a task may be foreign code too.
#[test]
fn a_waiter_that_panics_harms_neither_task_nor_executor() {
    let executor = LocalExecutor::new();
    let mut task = pin!(executor.spawn(async { 1 }));
    let bad = Waker::from(Arc::new(Bad));
    assert!(task.as_mut().poll(&mut Context::from_waker(&bad)).is_pending());
    let calm = executor.spawn(async { 2 });
    executor.run_until_stalled();
    assert_eq!(executor.run(async { task.await.unwrap() + calm.await.unwrap() }), 3);
}

struct PanicInDrop;

impl Drop for PanicInDrop {
    fn drop(&mut self) {
        std::panic::resume_unwind(Box::new("of foreign code"));
    }
}

/// The output of a detached task is dropped by the executor, which is not to blame.
#[test]
fn an_output_that_panics_in_drop_harms_nobody() {
    let executor = LocalExecutor::new();
    executor.on_panic(|_| ());
    drop(executor.spawn(async { PanicInDrop }));
    let calm = executor.spawn(async { 2 });
    assert_eq!(executor.run(calm).unwrap(), 2);
    // One that has a handle belongs to that.
    let handle = executor.spawn(async { PanicInDrop });
    executor.run_until_stalled();
    assert!(catch_unwind(AssertUnwindSafe(|| drop(handle))).is_err());
    assert!(executor.is_empty());
}

#[test]
fn panics_of_foreign_code_leave_nothing_behind() {
    let left = blocks_left(|| {
        a_waiter_that_panics_harms_neither_task_nor_executor();
        an_output_that_panics_in_drop_harms_nobody();
    });
    assert_eq!(left, 0);
}

/// What another thread sends while the executor goes is run or dropped, once, and its handle says so.
#[test]
fn tasks_are_sent_while_the_executor_is_dropped() {
    struct Once(Arc<AtomicUsize>);
    impl Drop for Once {
        fn drop(&mut self) {
            self.0.fetch_add(1, Ordering::SeqCst);
        }
    }
    for round in 0..100 {
        let executor = LocalExecutor::new();
        let drops = Arc::new(AtomicUsize::new(0));
        let (spawner, theirs) = (executor.spawner(), Arc::clone(&drops));
        let helper = thread::spawn(move || {
            let mut handles = Vec::new();
            while !spawner.is_closed() {
                let guard = Once(Arc::clone(&theirs));
                handles.push(spawner.spawn(async {
                    let _guard = guard;
                    pending::<()>().await;
                }));
            }
            let sent = handles.len();
            assert!(handles.into_iter().all(|handle| block_on(handle).unwrap_err().is_aborted()));
            sent
        });
        for _ in 0..round % 10 {
            executor.try_tick();
        }
        drop(executor);
        assert_eq!(helper.join().unwrap(), drops.load(Ordering::SeqCst));
    }
}
