//! The executor: polls what can go on, and sleeps when nothing can.

pub(crate) mod local;
pub(crate) mod mailbox;
mod run;
pub(crate) mod shared;
pub(crate) mod spawner;
mod turn;
mod wake;

use self::local::{Enter, Local};
use self::spawner::Spawner;
use crate::task::handle::JoinHandle;
use std::fmt;
use std::panic::Location;
use std::pin::pin;
use std::rc::Rc;
use std::sync::Arc;

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
    /// Wakers tell the threads apart by the executor that runs there, so it must stay where it is. An `Rc` does.
    local: Rc<Local>,
}

impl LocalExecutor {
    /// An executor that runs tasks first come, first served.
    pub fn new() -> Self {
        Self::with_seed(0)
    }

    /// An executor for tests, which takes tasks in an order that depends on the seed only. 0 is first come, first served.
    pub fn with_seed(seed: u64) -> Self {
        Self { local: Local::new(seed) }
    }

    /// Spawns a task. It makes progress while one of [`run`](Self::run), [`try_tick`](Self::try_tick) and
    /// [`run_until_stalled`](Self::run_until_stalled) is at work.
    ///
    /// A task cannot borrow from outside: it may live for longer than the caller. Move what it needs into it.
    ///
    /// ```compile_fail,E0597
    /// let executor = pinsight_rt::LocalExecutor::new();
    /// let text = String::from("borrowed");
    /// let borrowed = &text;
    /// drop(executor.spawn(async move { println!("{borrowed}") }));
    /// ```
    #[track_caller]
    pub fn spawn<F: Future<Output: 'static> + 'static>(&self, future: F) -> JoinHandle<F::Output> {
        self.local.spawn(None, Location::caller(), future)
    }

    /// Spawns a task with a name; see [`spawn_named`](crate::spawn_named()).
    #[track_caller]
    pub fn spawn_named<F: Future<Output: 'static> + 'static>(
        &self,
        name: impl Into<String>,
        future: F,
    ) -> JoinHandle<F::Output> {
        self.local.spawn(Some(name.into()), Location::caller(), future)
    }

    /// Spawns from other threads.
    pub fn spawner(&self) -> Spawner {
        Spawner { shared: Arc::clone(&self.local.shared), name: None }
    }

    /// Runs a future to its end, and tasks, timers and I/O meanwhile. Tasks that are left then go on in the next call.
    ///
    /// # Panics
    ///
    /// Inside a running executor: `.await` the future there.
    #[track_caller]
    pub fn run<F: Future>(&self, future: F) -> F::Output {
        if local::is_running() {
            refuse("run");
        }
        self.local.enter().run_root(pin!(future))
    }

    /// Polls one task, if one is ready. Never sleeps. For running the executor inside another loop, or inside another executor.
    ///
    /// # Panics
    ///
    /// Inside this executor.
    #[track_caller]
    pub fn try_tick(&self) -> bool {
        self.enter("try_tick").tick()
    }

    /// Polls tasks until none is ready, without waiting for time or for I/O. Returns the number of polls.
    ///
    /// # Panics
    ///
    /// Inside this executor.
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
        self.len() == 0
    }

    /// Drops all tasks, and returns the names of those that had neither ended nor been aborted; of one without a name, the place of
    /// its spawn.
    ///
    /// # Panics
    ///
    /// Inside this executor.
    pub fn shutdown(self) -> Vec<String> {
        // What other threads have spawned counts as well.
        self.enter("shutdown").turn(false);
        let mut names = Vec::with_capacity(self.len());
        self.local.tasks.for_each(|task, name| {
            if task.is_aborted() {
                return;
            }
            names.push(name.cloned().unwrap_or_else(|| format!("spawned at {}", task.place)));
        });
        names
    }

    /// Is called, with the name and the place of its spawn, when a task panics, in place of a line on stderr. The panic itself
    /// goes to whoever awaits the task.
    pub fn on_panic(&self, hook: impl Fn(&str) + 'static) {
        self.local.panic_hook.replace(Some(Rc::new(hook)));
    }

    /// What all tasks do, and what they wait for; see [`trace`](crate::trace).
    #[cfg(feature = "trace")]
    pub fn tasks(&self) -> Vec<crate::trace::TaskInfo> {
        self.local.tasks.infos()
    }

    /// For what does not sleep: another executor may be running.
    #[track_caller]
    fn enter(&self, method: &str) -> Enter<'_> {
        if self.local.is_entered() {
            refuse(method);
        }
        self.local.enter()
    }
}

#[cold]
#[track_caller]
fn refuse(method: &str) -> ! {
    panic!(
        "`LocalExecutor::{method}` inside a running executor would stop all its tasks\n\
         help: `.await` the future, or `spawn` it on the executor that is running"
    );
}

impl Default for LocalExecutor {
    fn default() -> Self {
        Self::new()
    }
}

impl Drop for LocalExecutor {
    fn drop(&mut self) {
        if self.local.is_entered() {
            // A task may be in the middle of a poll, and `CURRENT` points here.
            std::mem::forget(Rc::clone(&self.local));
            return;
        }
        self.local.close();
    }
}

impl fmt::Debug for LocalExecutor {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("LocalExecutor").field("tasks", &self.len()).finish_non_exhaustive()
    }
}
