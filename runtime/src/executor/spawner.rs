//! Spawning: with a name, and from other threads.

use super::local::{self, Local};
use super::shared::Shared;
use crate::task::handle::JoinHandle;
use crate::task::{self, Letter};
use std::fmt;
use std::panic::Location;
use std::sync::Arc;

/// Spawns a task on the executor that is running on this thread.
///
/// # Panics
///
/// If there is none; with what to do.
#[track_caller]
pub fn spawn<F: Future<Output: 'static> + 'static>(future: F) -> JoinHandle<F::Output> {
    let place = Location::caller();
    // Asked for first, because a closure that is not called would drop the future it has captured.
    if !local::is_running() {
        local::no_executor("`spawn`");
    }
    Local::with_current(|local| local.spawn(None, place, future)).expect("asked above")
}

/// Spawns a task with a name, by which a dump, a shutdown or a panic hook tells it from others. It need not be unique.
///
/// ```
/// let executor = pinsight_rt::LocalExecutor::new();
/// let task = executor.spawn_named("answer", async { 42 });
/// assert_eq!(executor.run(task).unwrap(), 42);
/// ```
///
/// # Panics
///
/// If no executor is running on this thread; with what to do.
#[track_caller]
pub fn spawn_named<F: Future<Output: 'static> + 'static>(name: impl Into<String>, future: F) -> JoinHandle<F::Output> {
    Local::current("`spawn_named`").spawn(Some(name.into()), Location::caller(), future)
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
    pub fn spawn<F: Future<Output: Send + 'static> + Send + 'static>(&self, future: F) -> JoinHandle<F::Output> {
        // SAFETY: The future is `Send`.
        unsafe { self.post(Location::caller(), future) }
    }

    /// Calls a function on the thread of the executor, and runs the future that it makes, which need not be `Send`.
    #[track_caller]
    pub fn spawn_with<F: Future<Output: Send + 'static> + 'static>(
        &self,
        make: impl FnOnce() -> F + Send + 'static,
    ) -> JoinHandle<F::Output> {
        // SAFETY: Until its first poll, the block holds nothing but `make`, which is `Send`.
        unsafe { self.post(Location::caller(), async move { make().await }) }
    }

    /// # Safety
    ///
    /// The future is `Send` until its first poll.
    unsafe fn post<F: Future<Output: 'static> + 'static>(
        &self,
        place: &'static Location<'static>,
        future: F,
    ) -> JoinHandle<F::Output> {
        // SAFETY: The caller's promise is that of the future; the letter goes to the executor of `shared`.
        let (task, handle) = unsafe { task::make(&self.shared, place, future) };
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
