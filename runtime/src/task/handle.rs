//! The other end of a task: its output.

use super::TaskRef;
use super::error::JoinError;
use std::fmt;
use std::marker::PhantomData;
use std::panic::{RefUnwindSafe, UnwindSafe};
use std::pin::Pin;
use std::task::{Context, Poll, ready};

/// Waits for the output of a task. Dropping it *detaches* the task, which goes on; see [`AbortOnDrop`] for the other habit.
#[must_use = "the task runs all the same: drop the handle with `drop(…)` to say that its output is not needed"]
pub struct JoinHandle<T> {
    /// `None` once it has given the output: a task needs no memory after that.
    task: Option<TaskRef>,
    output: PhantomData<fn() -> T>,
}

// SAFETY: The handle may take or drop the output wherever it is, so that has to be `Send`. All else of a task is either atomic or, like
// the waiter's cell, handed over by atomics.
unsafe impl<T: Send> Send for JoinHandle<T> {}
// SAFETY: By `&`, only the state can be read.
unsafe impl<T: Send> Sync for JoinHandle<T> {}

impl<T> UnwindSafe for JoinHandle<T> {}
impl<T> RefUnwindSafe for JoinHandle<T> {}

impl<T> JoinHandle<T> {
    /// The only handle of a task with this output.
    pub(crate) fn new(task: TaskRef) -> Self {
        Self { task: Some(task), output: PhantomData }
    }

    /// Whether the task has ended. Its output can then be had without waiting.
    pub fn is_finished(&self) -> bool {
        self.task.as_ref().is_none_or(|task| task.has_ended())
    }

    /// Ends the task at its next await point: at once, whether or not the result is awaited.
    ///
    /// Awaiting the result waits until the future of the task has been dropped. It is `Ok` if the task had ended before.
    ///
    /// ```
    /// let executor = pinsight_rt::LocalExecutor::new();
    /// executor.run(async {
    ///     let task = pinsight_rt::spawn(std::future::pending::<()>());
    ///     assert!(task.abort().await.unwrap_err().is_aborted());
    /// });
    /// ```
    pub fn abort(self) -> impl Future<Output = Result<T, JoinError>> + use<T> {
        self.request_abort();
        self
    }

    fn request_abort(&self) {
        if let Some(task) = &self.task {
            task.abort();
        }
    }

    /// Ends the task from elsewhere, while the handle is awaited.
    pub fn abort_handle(&self) -> AbortHandle {
        AbortHandle { task: self.task.clone() }
    }

    /// Aborts the task when the result is dropped.
    pub fn abort_on_drop(self) -> AbortOnDrop<T> {
        AbortOnDrop { handle: self }
    }
}

impl<T> Future for JoinHandle<T> {
    type Output = Result<T, JoinError>;

    #[inline]
    fn poll(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Self::Output> {
        let task =
            self.task.as_ref().expect("a handle was polled after it had given the output\nhelp: `.await` it once");
        if !task.has_ended() {
            // SAFETY: This is the handle, by `&mut`.
            ready!(unsafe { task.poll_end(context) });
        }
        let task = self.task.take().expect("it was there just now");
        // SAFETY: As above, and the task has ended; `T` is the output of its future, since the handle was made with it.
        unsafe { task.into_output() }
    }
}

impl<T> Drop for JoinHandle<T> {
    #[inline]
    fn drop(&mut self) {
        /// Apart, because most handles have given the output.
        #[inline(never)]
        fn detach<T>(task: TaskRef) {
            // SAFETY: This was in the handle, which goes.
            if unsafe { task.detach() } {
                // SAFETY: As in `poll`.
                drop(unsafe { task.into_output::<Result<T, JoinError>>() });
            }
        }
        self.task.take().into_iter().for_each(detach::<T>);
    }
}

impl<T> fmt::Debug for JoinHandle<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("JoinHandle").field("is_finished", &self.is_finished()).finish_non_exhaustive()
    }
}

/// Ends a task, from any thread; made by [`JoinHandle::abort_handle`].
///
/// ```
/// let executor = pinsight_rt::LocalExecutor::new();
/// executor.run(async {
///     let task = pinsight_rt::spawn(std::future::pending::<()>());
///     let stop = task.abort_handle();
///     pinsight_rt::spawn(async move { stop.abort() }).await.unwrap();
///     assert!(task.await.unwrap_err().is_aborted());
/// });
/// ```
#[derive(Clone)]
pub struct AbortHandle {
    /// `None` if the handle had given the output already.
    task: Option<TaskRef>,
}

impl AbortHandle {
    /// Ends the task at its next await point. Does nothing to one that has ended.
    pub fn abort(&self) {
        if let Some(task) = &self.task {
            task.abort();
        }
    }

    /// Whether the task has ended.
    pub fn is_finished(&self) -> bool {
        self.task.as_ref().is_none_or(|task| task.has_ended())
    }
}

impl fmt::Debug for AbortHandle {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("AbortHandle").field("is_finished", &self.is_finished()).finish_non_exhaustive()
    }
}

/// Aborts its task when it is dropped; made by [`JoinHandle::abort_on_drop`].
///
/// ```
/// let executor = pinsight_rt::LocalExecutor::new();
/// executor.run(async {
///     let task = pinsight_rt::spawn(async { 1 }).abort_on_drop();
///     assert_eq!(task.await.unwrap(), 1);
/// });
/// ```
#[must_use = "the task is aborted when this is dropped"]
#[derive(Debug)]
pub struct AbortOnDrop<T> {
    handle: JoinHandle<T>,
}

impl<T> Future for AbortOnDrop<T> {
    type Output = Result<T, JoinError>;

    fn poll(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Self::Output> {
        Pin::new(&mut self.handle).poll(context)
    }
}

impl<T> Drop for AbortOnDrop<T> {
    fn drop(&mut self) {
        self.handle.request_abort();
    }
}
