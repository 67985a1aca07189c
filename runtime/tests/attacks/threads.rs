//! Other threads, and the ends of threads and of the process.

use super::{Drops, Home, MS, poll, waker};
use pinsight_rt::net::UnixStream;
use pinsight_rt::{JoinHandle, LocalExecutor, Spawner, block_on, spawn, time, unblock, yield_now};
use std::cell::Cell;
use std::future::{pending, poll_fn};
use std::panic::catch_unwind;
use std::process::{Command, Output};
use std::sync::atomic::{AtomicPtr, Ordering};
use std::sync::{Arc, mpsc};
use std::task::{Poll, Waker};
use std::thread;

/// Another thread does with handles and wakers what it likes, while their tasks end, or their executor.
#[test]
fn handles_and_wakers_are_used_elsewhere_while_tasks_end() {
    const TASKS: usize = 12;
    let live = Arc::new(());
    for round in 0..300 {
        let (executor, drops) = (LocalExecutor::new(), Arc::new(Drops::default()));
        let (sender, wakers) = mpsc::channel();
        let task = |number| {
            let (home, output, sender) = (Home::new(&drops), Arc::clone(&live), sender.clone());
            executor.spawn(async move {
                sender.send(waker().await).unwrap();
                for _ in 0..number % 4 {
                    yield_now().await;
                }
                drop(home);
                output
            })
        };
        let handles: Vec<_> = (0..TASKS).map(task).collect();
        let helper = thread::spawn(move || {
            for (number, mut handle) in handles.into_iter().enumerate() {
                // A waiter to be replaced: perhaps that of the task itself, on a foreign thread.
                if wakers.try_recv().is_ok_and(|waker| poll(&mut handle, &waker).is_ready()) {
                    continue;
                }
                match number % 6 {
                    0 => drop(handle),
                    1 => drop(handle.abort()),
                    2 => drop(handle.abort_on_drop()),
                    3 => drop(block_on(handle)),
                    4 => drop(block_on(handle.abort())),
                    _ => drop(thread::spawn(move || block_on(handle)).join().unwrap()),
                }
            }
            wakers.try_iter().for_each(Waker::wake);
        });
        for _ in 0..round % 32 {
            executor.try_tick();
        }
        drop(executor);
        helper.join().unwrap();
        assert_eq!((drops.get(), Arc::strong_count(&live)), ((TASKS, 0), 1));
    }
}

#[test]
fn a_borrowed_waker_is_used_elsewhere_during_the_poll() {
    let (executor, drops) = (LocalExecutor::new(), Arc::new(Drops::default()));
    let (sender, wakers) = mpsc::channel();
    for polls in 1..10 {
        let (home, sender, mut left) = (Home::new(&drops), sender.clone(), polls);
        drop(executor.spawn(async move {
            poll_fn(|context| {
                let waker = context.waker();
                let use_it = || {
                    sender.send(waker.clone()).unwrap();
                    waker.wake_by_ref();
                };
                thread::scope(|scope| [(); 2].map(|()| drop(scope.spawn(use_it))));
                left -= 1;
                if left == 0 { Poll::Ready(()) } else { Poll::Pending }
            })
            .await;
            home
        }));
    }
    executor.run_until_stalled();
    assert!(executor.is_empty());
    drop((executor, sender));
    // The last references to the tasks.
    thread::spawn(move || wakers.iter().for_each(Waker::wake)).join().unwrap();
    assert_eq!(drops.get(), (9, 0));
}

/// What is forgotten is never dropped, wherever the last waker goes.
#[test]
fn forgotten_handles_and_executors() {
    // Forgotten in view of leak detectors.
    static FORGOTTEN: [AtomicPtr<()>; 2] = [const { AtomicPtr::new(std::ptr::null_mut()) }; 2];
    fn forget<T>(number: usize, value: T) {
        FORGOTTEN[number].store(Box::into_raw(Box::new(value)).cast(), Ordering::SeqCst);
    }
    let drops = Arc::new(Drops::default());
    let theirs = Arc::clone(&drops);
    let (sender, wakers) = mpsc::channel();
    let helper = thread::spawn(move || {
        let (ended, live) = (LocalExecutor::new(), LocalExecutor::new());
        for executor in [&ended, &live] {
            let (home, sender, ends) = (Home::new(&theirs), sender.clone(), std::ptr::eq(executor, &ended));
            let handle = executor.spawn(async move {
                sender.send(waker().await).unwrap();
                if !ends {
                    pending::<()>().await;
                }
                home
            });
            executor.run_until_stalled();
            if ends { forget(0, handle) } else { drop(handle) }
        }
        let spawner = live.spawner();
        forget(1, live);
        spawner
    });
    // The thread is gone, and the references that are not forgotten are here.
    let spawner = helper.join().unwrap();
    assert_eq!(wakers.try_iter().map(Waker::wake).count(), 2);
    assert!(!spawner.spawn(async {}).is_finished() && !spawner.is_closed());
    assert_eq!(drops.get(), (0, 0));
}

/// Runs an ignored test of this file in a process of its own.
fn child(test: &str) -> Output {
    let test = format!("threads::{test}");
    let mut child = Command::new(std::env::current_exe().unwrap());
    child.args(["--exact", &test, "--ignored", "--nocapture", "--test-threads=1"]).output().unwrap()
}

/// More than a count of 32 bits, of which 6 are for something else, has room for: the task is not freed then, and all else goes on.
#[test]
fn a_waker_that_is_cloned_and_forgotten_for_ever() {
    let (drops, executor) = (Arc::new(Drops::default()), LocalExecutor::new());
    let (sender, receiver) = mpsc::channel();
    let home = Home::new(&drops);
    let task = executor.spawn(async move {
        sender.send(waker().await).unwrap();
        yield_now().await;
        let _home = home;
        waker().await
    });
    assert!(executor.try_tick());
    let waker = receiver.recv().unwrap();
    thread::scope(|scope| {
        for _ in 0..2 {
            scope.spawn(|| (0..1_u32 << 25).for_each(|_| std::mem::forget(waker.clone())));
        }
    });
    // Then as many are given up as were ever made, and more.
    let again = executor.run(task).unwrap();
    assert_eq!(drops.get(), (1, 0), "its future and its output go as always");
    thread::scope(|scope| {
        for _ in 0..2 {
            scope.spawn(|| {
                for _ in 0..1_u32 << 25 {
                    // SAFETY: The same contract as a clone's that was forgotten above.
                    drop(unsafe { Waker::new(waker.data(), waker.vtable()) });
                }
            });
        }
    });
    waker.wake_by_ref();
    drop(executor);
    waker.wake();
    again.wake();
}

/// The locals of a thread go in the reverse order: the executor, then what belongs to it; and then there is a new one.
#[test]
fn a_thread_ends_with_an_executor_and_its_parts() {
    struct Late(Arc<Drops>);
    impl Drop for Late {
        fn drop(&mut self) {
            let works = LocalExecutor::new().run(async {
                time::sleep(MS).await;
                let (mut one, mut other) = UnixStream::pair().unwrap();
                let reader = spawn(async move { one.read(&mut [0]).await.unwrap() });
                yield_now().await;
                other.write_all(b"x").await.unwrap();
                unblock(|| 1).await == reader.await.unwrap()
            });
            self.0.note(works && block_on(unblock(|| true)));
        }
    }
    struct Parts(Spawner, Option<JoinHandle<Home>>, Waker, Arc<Drops>);
    impl Drop for Parts {
        fn drop(&mut self) {
            self.2.wake_by_ref();
            let late = [self.0.spawn(async {}), self.0.spawn_with(|| async {})];
            let task = self.1.take().unwrap();
            let is_over = self.0.is_closed() && task.is_finished() && late.iter().all(JoinHandle::is_finished);
            self.3.note(is_over && block_on(task).is_err());
        }
    }
    thread_local! {
        static LATE: Cell<Option<Late>> = const { Cell::new(None) };
        static PARTS: Cell<Option<Parts>> = const { Cell::new(None) };
        static EXECUTOR: LocalExecutor = LocalExecutor::new();
    }
    let drops = Arc::new(Drops::default());
    let (theirs, home) = (Arc::clone(&drops), Arc::clone(&drops));
    let helper = thread::spawn(move || {
        LATE.set(Some(Late(Arc::clone(&theirs))));
        PARTS.set(None);
        EXECUTOR.with(|executor| {
            let (home, (sender, receiver)) = (Home::new(&home), mpsc::channel());
            let task = executor.spawn(async move {
                sender.send(waker().await).unwrap();
                time::sleep(1000 * MS).await;
                home
            });
            executor.run_until_stalled();
            PARTS.set(Some(Parts(executor.spawner(), Some(task), receiver.recv().unwrap(), theirs)));
        });
    });
    helper.join().unwrap();
    assert_eq!(drops.get(), (3, 0));
}

/// `exit` runs the destructors of the thread's locals, on top of the poll that has called it.
#[test]
fn an_exit_inside_a_task_drops_no_future_that_is_being_polled() {
    let output = child("child_that_exits_inside_a_task");
    assert!(output.status.success(), "{}\n{}", output.status, String::from_utf8_lossy(&output.stderr));
}

#[test]
#[ignore = "run by `an_exit_inside_a_task_drops_no_future_that_is_being_polled`"]
fn child_that_exits_inside_a_task() {
    /// Comes back to the executor when that is gone already.
    struct Late;
    impl Drop for Late {
        fn drop(&mut self) {
            let _ = catch_unwind(|| drop(spawn(async {})));
        }
    }
    thread_local! {
        static LATE: Late = const { Late };
        static EXECUTOR: LocalExecutor = LocalExecutor::new();
    }
    LATE.with(|_| ());
    EXECUTOR.with(|executor| {
        let task = executor.spawn(async {
            let waker = waker().await;
            let value = Box::new(7);
            yield_now().await;
            // Gone, though the state of the future still says that it is there.
            drop(value);
            waker.wake();
            std::process::exit(0);
        });
        drop(executor.run(task));
    });
}
