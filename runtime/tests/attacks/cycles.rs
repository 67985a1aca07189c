//! What owns itself, or comes back to its owner while that goes.

use super::{Drops, Home, poll, waker};
use pinsight_rt::{JoinHandle, LocalExecutor, Spawner, block_on, yield_now};
use std::cell::{Cell, RefCell};
use std::future::pending;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::rc::Rc;
use std::sync::{Arc, Mutex, mpsc};
use std::task::{Wake, Waker};

/// A cycle: the task keeps its handle, and the handle its task.
#[test]
fn a_task_that_owns_and_polls_its_own_handle() {
    let drops = Arc::new(Drops::default());
    let executor = LocalExecutor::new();
    for (ends, aborts) in [(true, false), (true, true), (false, false), (false, true)] {
        let slot = Rc::new(RefCell::new(None));
        let (own, home) = (Rc::clone(&slot), Home::new(&drops));
        let handle = executor.spawn(async move {
            let mut handle: JoinHandle<Home> = own.take().unwrap();
            // Waits for itself, and so will be woken after its end.
            assert!(poll(&mut handle, &waker().await).is_pending());
            let _handle = if aborts { Ok(handle.abort_on_drop()) } else { Err(handle) };
            if !ends {
                pending::<()>().await;
            }
            home
        });
        slot.replace(Some(handle));
    }
    executor.run_until_stalled();
    assert_eq!((executor.len(), drops.get()), (2, (2, 0)));
    drop(executor);
    assert_eq!(drops.get(), (4, 0));
}

/// The other cycle: the task keeps its waiter, and that the handle, which it polls or drops when it is woken.
struct Owner(Mutex<Option<JoinHandle<Arc<()>>>>, Option<mpsc::Sender<bool>>);

impl Wake for Owner {
    fn wake(self: Arc<Self>) {
        let mut handle = self.0.lock().unwrap();
        match &self.1 {
            Some(sender) => sender.send(poll(handle.as_mut().unwrap(), Waker::noop()).is_ready()).unwrap(),
            None => drop(handle.take()),
        }
    }
}

#[test]
fn a_waiter_that_owns_the_handle() {
    let live = Arc::new(());
    for (ends, polls) in [(true, true), (true, false), (false, true), (false, false)] {
        let (executor, output) = (LocalExecutor::new(), Arc::clone(&live));
        let handle = executor.spawn(async move { if ends { output } else { pending().await } });
        let (sender, receiver) = mpsc::channel();
        let owner = Arc::new(Owner(Mutex::new(Some(handle)), polls.then_some(sender)));
        let waker = Waker::from(Arc::clone(&owner));
        assert!(poll(owner.0.lock().unwrap().as_mut().unwrap(), &waker).is_pending());
        let weak = Arc::downgrade(&owner);
        drop((owner, waker));
        executor.run_until_stalled();
        drop(executor);
        assert_eq!((weak.strong_count(), Arc::strong_count(&live)), (0, 1));
        assert_eq!(receiver.recv().is_ok_and(|is_ready| is_ready), polls);
    }
}

/// The hook may own a part of the executor that owns it.
#[test]
fn a_panic_hook_goes_with_its_executor() {
    let live = Rc::new(());
    let executor = LocalExecutor::new();
    let parts = (executor.spawner(), Rc::clone(&live));
    executor.on_panic(move |_| drop(format!("{parts:?}")));
    drop(executor);
    assert_eq!(Rc::strong_count(&live), 1);
}

/// An output whose drop comes back to the runtime by every door.
struct Meddler(Rc<LocalExecutor>, Option<JoinHandle<()>>, Waker, Rc<Cell<usize>>);

impl Drop for Meddler {
    fn drop(&mut self) {
        self.2.wake_by_ref();
        drop(self.1.take().unwrap().abort());
        drop((self.0.spawn(yield_now()), self.0.spawner().spawn(yield_now())));
        let other = LocalExecutor::new();
        drop(other.spawn(yield_now()));
        drop(other);
        // Refused inside the executor.
        let ticks = catch_unwind(AssertUnwindSafe(|| self.0.try_tick()));
        self.3.set(self.3.get() + block_on(async { 1 }) + 10 * usize::from(ticks.is_ok()));
    }
}

#[test]
fn an_output_whose_drop_meddles_with_its_executor() {
    let executor = Rc::new(LocalExecutor::new());
    let sum = Rc::new(Cell::new(0));
    let task = || {
        let (executor, sum, victim) = (Rc::clone(&executor), Rc::clone(&sum), executor.spawn(pending()));
        executor.clone().spawn(async move { Meddler(executor, Some(victim), waker().await, sum) })
    };
    // Dropped by the executor, by the handle inside it, and by the handle outside.
    drop(task());
    let (inside, outside) = (task(), task());
    executor.run(async {
        yield_now().await;
        drop(inside);
    });
    drop(outside);
    executor.run_until_stalled();
    assert_eq!((sum.get(), executor.len()), (13, 0));
}

#[test]
fn executors_that_own_each_other_and_wake_each_other_when_they_go() {
    /// Wakes the tasks of all executors, and sends one to another.
    struct Wakes(Rc<RefCell<Vec<Waker>>>, Spawner);
    impl Drop for Wakes {
        fn drop(&mut self) {
            self.0.borrow().iter().for_each(Waker::wake_by_ref);
            drop(self.1.spawn(async {}));
        }
    }
    let (drops, wakers) = (Arc::new(Drops::default()), Rc::default());
    let mut executor = LocalExecutor::new();
    for _ in 0..4 {
        let outer = LocalExecutor::new();
        let (home, wakes) = (Home::new(&drops), Wakes(Rc::clone(&wakers), executor.spawner()));
        drop(outer.spawn(async move {
            let own = waker().await;
            wakes.0.borrow_mut().push(own);
            pending::<()>().await;
            drop((home, wakes, executor));
        }));
        outer.run_until_stalled();
        executor = outer;
    }
    drop(executor);
    assert_eq!((wakers.borrow().len(), drops.get()), (4, (4, 0)));
}
