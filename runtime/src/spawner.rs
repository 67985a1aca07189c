//! Spawning: with a name, and from other threads.

use crate::join::JoinHandle;
use crate::local::{self, Local};
use crate::shared::Shared;
use crate::task::{self, Letter, NewTask, TaskRef};
use std::fmt;
use std::panic::Location;
use std::rc::Rc;
use std::sync::Arc;

/// Spawns a task on the executor that is running on this thread.
///
/// # Panics
///
/// If there is none; with what to do.
#[track_caller]
pub fn spawn<F>(future: F) -> JoinHandle<F::Output>
where
    F: Future + 'static,
    F::Output: 'static,
{
    let place = Location::caller();
    // Asked for first, because a closure that is not called would drop the future it has captured.
    if !local::is_running() {
        local::no_executor("`spawn`");
    }
    Local::with_current(|local| local.spawn(place, future)).expect("asked above")
}

/// A task to be, on the executor that is running on this thread; see [`Builder`].
///
/// # Panics
///
/// If there is none; with what to do.
#[track_caller]
pub fn builder() -> Builder {
    Builder { local: Local::current("`builder`"), name: None }
}

/// A task to be: with a name, so that a dump or a shutdown can tell it from others.
///
/// ```
/// let executor = pinsight_rt::LocalExecutor::new();
/// let task = executor.builder().name("answer").spawn(async { 42 });
/// assert_eq!(executor.run(task).unwrap(), 42);
/// ```
#[must_use = "nothing is spawned until `spawn`"]
pub struct Builder {
    pub(crate) local: Rc<Local>,
    pub(crate) name: Option<String>,
}

impl Builder {
    /// The name; need not be unique.
    pub fn name(mut self, name: impl Into<String>) -> Self {
        self.name = Some(name.into());
        self
    }

    /// Spawns the task.
    #[track_caller]
    pub fn spawn<F>(self, future: F) -> JoinHandle<F::Output>
    where
        F: Future + 'static,
        F::Output: 'static,
    {
        self.local.spawn_named(self.name, Location::caller(), future)
    }
}

impl fmt::Debug for Builder {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Builder").field("name", &self.name).finish_non_exhaustive()
    }
}

/// Spawns tasks from any thread; made by [`LocalExecutor::spawner`](crate::LocalExecutor::spawner).
#[derive(Clone)]
pub struct Spawner {
    pub(crate) shared: Arc<Shared>,
    pub(crate) name: Option<String>,
}

impl Spawner {
    /// The same, with a name for the tasks that it spawns.
    ///
    /// ```
    /// let executor = pinsight_rt::LocalExecutor::new();
    /// let spawner = executor.spawner();
    /// drop(spawner.named("mail").spawn(std::future::pending::<()>()));
    /// assert_eq!(executor.shutdown(), ["mail"]);
    /// ```
    pub fn named(&self, name: impl Into<String>) -> Self {
        Self { name: Some(name.into()), ..self.clone() }
    }

    /// Spawns a task. If the executor is gone, the future is dropped, and the handle says that it was aborted.
    #[track_caller]
    pub fn spawn<F>(&self, future: F) -> JoinHandle<F::Output>
    where
        F: Future + Send + 'static,
        F::Output: Send + 'static,
    {
        // SAFETY: The future is `Send`.
        let task = unsafe { task::make(&self.shared, Location::caller(), future) };
        self.post(task)
    }

    /// Calls a function on the thread of the executor, and runs the future that it makes, which need not be `Send`.
    #[track_caller]
    pub fn spawn_with<M, F>(&self, make: M) -> JoinHandle<F::Output>
    where
        M: FnOnce() -> F + Send + 'static,
        F: Future + 'static,
        F::Output: Send + 'static,
    {
        let future = async move { make().await };
        // SAFETY: Until its first poll, the block holds nothing but `make`, which is `Send`.
        let task = unsafe { task::make(&self.shared, Location::caller(), future) };
        self.post(task)
    }

    fn post<T>(&self, (task, handle): (NewTask, TaskRef)) -> JoinHandle<T> {
        // If the executor is gone, the task comes back, and is aborted here.
        drop(self.shared.post(Letter::Made(task, self.name.clone())));
        JoinHandle::new(handle)
    }

    /// Whether the executor is gone.
    pub fn is_closed(&self) -> bool {
        self.shared.mailbox.is_closed()
    }
}

impl fmt::Debug for Spawner {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Spawner").field("is_closed", &self.is_closed()).finish()
    }
}
