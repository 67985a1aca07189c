//! The executor: polls what can go on, and sleeps when nothing can.

use crate::join::JoinHandle;
use crate::local::{self, Enter, Local};
use crate::spawner::{Builder, Spawner};
use crate::task::{Birth, NONE};
use crate::trace::Cause;
use std::cell::Cell;
use std::fmt;
use std::marker::PhantomData;
use std::panic::Location;
use std::pin::pin;
use std::rc::Rc;
use std::sync::Arc;
use std::task::{Context, Poll, Waker};

/// Rounds, each of at most one poll of the root future and one of a task, between two looks at timers, sources and letters.
const ROUNDS: u32 = 61;

/// Runs tasks on the thread that made it.
///
/// ```
/// use pinsight_rt::{LocalExecutor, spawn, time};
/// use std::time::Duration;
///
/// let executor = LocalExecutor::new();
/// let sum = executor.run(async {
///     let slow = spawn(async {
///         time::sleep(Duration::from_millis(2)).await;
///         1
///     });
///     let fast = spawn(async { 2 });
///     slow.await.unwrap() + fast.await.unwrap()
/// });
/// assert_eq!(sum, 3);
/// ```
///
/// Dropping it drops all tasks; [`shutdown`](Self::shutdown) says which.
pub struct LocalExecutor {
    local: Rc<Local>,
    /// Wakes the future given to `run`.
    waker: Waker,
    /// Between two looks of `try_tick`.
    ticks: Cell<u32>,
    /// Wakers tell the threads apart by the executor that runs there, so it must stay where it is.
    _not_send: PhantomData<*const ()>,
}

impl LocalExecutor {
    /// An executor that runs tasks first come, first served.
    pub fn new() -> Self {
        Self::with_seed(0)
    }

    /// An executor for tests, which takes tasks in an order that depends on the seed only. 0 is first come, first served.
    pub fn with_seed(seed: u64) -> Self {
        let local = Local::new(seed);
        let waker = Waker::from(Arc::clone(&local.shared));
        Self { local, waker, ticks: Cell::new(0), _not_send: PhantomData }
    }

    /// Spawns a task. It makes progress while one of [`run`](Self::run), [`try_tick`](Self::try_tick) and
    /// [`run_until_stalled`](Self::run_until_stalled) is at work.
    #[track_caller]
    pub fn spawn<F>(&self, future: F) -> JoinHandle<F::Output>
    where
        F: Future + 'static,
        F::Output: 'static,
    {
        self.local.spawn(future, Birth::new::<F>(None, Location::caller()))
    }

    /// A task to be, which can be given a name.
    pub fn builder(&self) -> Builder {
        Builder { local: Rc::clone(&self.local), name: None }
    }

    /// Spawns from other threads.
    pub fn spawner(&self) -> Spawner {
        Spawner { shared: Arc::clone(&self.local.shared) }
    }

    /// Runs a future to its end, and tasks, timers and I/O meanwhile. Tasks that are left then go on in the next call.
    ///
    /// # Panics
    ///
    /// Inside a running executor: `.await` the future there.
    #[track_caller]
    pub fn run<F: Future>(&self, future: F) -> F::Output {
        let local = self.enter("run");
        let mut future = pin!(future);
        let mut context = Context::from_waker(&self.waker);
        local.root_woken.set(true);
        loop {
            let mut is_idle = false;
            for _ in 0..ROUNDS {
                let polls_root = local.root_woken.replace(false);
                if polls_root {
                    local.start_poll(NONE);
                    local.note_cause(Cause::Root);
                    if let Poll::Ready(output) = future.as_mut().poll(&mut context) {
                        return output;
                    }
                }
                if !local.run_one() && !polls_root {
                    is_idle = true;
                    break;
                }
            }
            local.turn(is_idle);
        }
    }

    /// Polls one task, if one is ready. Never sleeps. For running the executor inside another loop.
    #[track_caller]
    pub fn try_tick(&self) -> bool {
        let local = self.enter("try_tick");
        let ticks = self.ticks.get() + 1;
        let is_due = ticks >= ROUNDS || local.is_idle();
        self.ticks.set(if is_due { 0 } else { ticks });
        if is_due {
            local.turn(false);
        }
        local.run_one()
    }

    /// Polls tasks until none is ready, without waiting for time or for I/O. Returns the number of polls.
    #[track_caller]
    pub fn run_until_stalled(&self) -> usize {
        let mut polls = 0;
        loop {
            // Looks at everything else whenever no task is ready, so the first `false` is the end.
            if !self.try_tick() {
                return polls;
            }
            polls += 1;
        }
    }

    /// How many tasks have not ended.
    pub fn len(&self) -> usize {
        self.local.tasks.len()
    }

    /// Whether all tasks have ended.
    pub fn is_empty(&self) -> bool {
        self.local.tasks.is_empty()
    }

    /// Drops all tasks, and returns the names of those that had not ended; of one without a name, the place of its spawn.
    pub fn shutdown(self) -> Vec<String> {
        // What other threads have spawned counts as well.
        self.enter("shutdown").turn(false);
        self.local.tasks.names()
    }

    /// Is called, with the name and the place of its spawn, when a task panics, in place of a line on stderr. The panic itself
    /// goes to whoever awaits the task.
    pub fn on_panic(&self, hook: impl Fn(&str) + 'static) {
        *self.local.tasks.panic_hook.borrow_mut() = Some(Rc::new(hook));
    }

    /// What all tasks do, and what they wait for; see [`trace`](crate::trace).
    #[cfg(feature = "trace")]
    pub fn dump(&self) -> crate::trace::Dump {
        crate::trace::Dump::of(&self.local)
    }

    #[track_caller]
    fn enter(&self, method: &str) -> Enter<'_> {
        if local::is_running() {
            panic!(
                "`LocalExecutor::{method}` inside a running executor would stop all its tasks\n\
                 help: `.await` the future, or `spawn` it on the executor that is running"
            );
        }
        self.local.enter()
    }
}

impl Default for LocalExecutor {
    fn default() -> Self {
        Self::new()
    }
}

impl Drop for LocalExecutor {
    fn drop(&mut self) {
        self.local.close();
    }
}

impl fmt::Debug for LocalExecutor {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("LocalExecutor").field("tasks", &self.len()).finish_non_exhaustive()
    }
}
