//! The other end of a task: its output.

use crate::task::Meta;
use std::any::Any;
use std::error::Error;
use std::fmt;
use std::future::poll_fn;
use std::panic::{AssertUnwindSafe, catch_unwind, resume_unwind};
use std::pin::Pin;
use std::task::{Context, Poll, Waker};

/// Waits for the output of a task. Dropping it *detaches* the task, which goes on; see [`AbortOnDrop`] for the other habit.
#[must_use = "the task runs all the same: drop the handle with `drop(…)` to say that its output is not needed"]
pub struct JoinHandle<T> {
    /// `None` only while the handle is taken apart.
    task: Option<async_task::FallibleTask<T, Meta>>,
}

impl<T> JoinHandle<T> {
    pub(crate) fn new(task: async_task::Task<T, Meta>) -> Self {
        Self { task: Some(task.fallible()) }
    }

    /// Whether the task has ended. Its output can then be had without waiting.
    pub fn is_finished(&self) -> bool {
        self.task.as_ref().is_none_or(|task| task.is_finished())
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
    pub fn abort(mut self) -> impl Future<Output = Result<T, JoinError>> + use<T> {
        let task = self.task.take().expect("a handle has its task");
        let mut cancel = Box::pin(task.cancel());
        // The first poll is what cancels.
        let mut first = Some(poll_output(cancel.as_mut(), &mut Context::from_waker(Waker::noop())));
        poll_fn(move |context| match first.take() {
            Some(Poll::Ready(result)) => Poll::Ready(result),
            _ => poll_output(cancel.as_mut(), context),
        })
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
        let task = self.task.as_mut().expect("a handle has its task");
        poll_output(Pin::new(task), context)
    }
}

/// async-task resumes a panic of the task in whoever polls for its output; here it becomes an error.
#[inline]
fn poll_output<T>(
    task: Pin<&mut impl Future<Output = Option<T>>>,
    context: &mut Context<'_>,
) -> Poll<Result<T, JoinError>> {
    match catch_unwind(AssertUnwindSafe(|| task.poll(context))) {
        Ok(Poll::Pending) => Poll::Pending,
        Ok(Poll::Ready(Some(output))) => Poll::Ready(Ok(output)),
        Ok(Poll::Ready(None)) => Poll::Ready(Err(JoinError(Cause::Aborted))),
        Err(payload) => Poll::Ready(Err(JoinError(Cause::Panicked(payload)))),
    }
}

impl<T> Drop for JoinHandle<T> {
    fn drop(&mut self) {
        if let Some(task) = self.task.take() {
            task.detach();
        }
    }
}

impl<T> fmt::Debug for JoinHandle<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("JoinHandle").field("is_finished", &self.is_finished()).finish_non_exhaustive()
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
        // A task of async-task that is dropped is cancelled.
        drop(self.handle.task.take());
    }
}

/// Why a task has no output.
pub struct JoinError(Cause);

enum Cause {
    Aborted,
    Panicked(Box<dyn Any + Send>),
}

impl JoinError {
    /// The task was aborted, or its executor is gone.
    pub fn is_aborted(&self) -> bool {
        matches!(self.0, Cause::Aborted)
    }

    /// The task panicked.
    pub fn is_panic(&self) -> bool {
        matches!(self.0, Cause::Panicked(_))
    }

    /// What the task panicked with, or the error itself if it did not.
    ///
    /// # Errors
    ///
    /// The error itself, if the task was aborted.
    pub fn try_into_panic(self) -> Result<Box<dyn Any + Send>, Self> {
        match self.0 {
            Cause::Panicked(payload) => Ok(payload),
            Cause::Aborted => Err(self),
        }
    }

    /// Goes on with the panic of the task.
    ///
    /// # Panics
    ///
    /// Always: with the task's panic, or, if it was aborted, with a message that says so.
    pub fn resume(self) -> ! {
        match self.0 {
            Cause::Panicked(payload) => resume_unwind(payload),
            Cause::Aborted => panic!("{self}"),
        }
    }

    fn panic_message(&self) -> Option<&str> {
        let Cause::Panicked(payload) = &self.0 else { return None };
        let text = payload.downcast_ref::<&str>().copied();
        text.or_else(|| payload.downcast_ref::<String>().map(String::as_str))
    }
}

impl fmt::Display for JoinError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match (&self.0, self.panic_message()) {
            (Cause::Aborted, _) => f.write_str("the task was aborted"),
            (Cause::Panicked(_), Some(message)) => write!(f, "the task panicked: {message}"),
            (Cause::Panicked(_), None) => f.write_str("the task panicked"),
        }
    }
}

impl fmt::Debug for JoinError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "JoinError({self})")
    }
}

impl Error for JoinError {}
