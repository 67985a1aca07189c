//! The memory of a task, and what depends on the type of its future: one function each, behind a table.

use super::error::JoinError;
use super::state::FAILED;
use super::{Header, TaskPtr, waker};
use crate::foreign::swallow;
use crate::sync::UnsafeCell;
use std::mem::ManuallyDrop;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::pin::Pin;
use std::ptr::NonNull;
use std::task::{Context, Poll};

/// A task in memory. The header comes first, so that its address is that of the task.
#[repr(C)]
struct Task<F: Future> {
    header: Header,
    /// The executor's until the task has ended; then the handle's, if there is one.
    stage: UnsafeCell<Stage<F>>,
}

/// A future, and then what came of it, where it stood. Which of them it is, whoever may touch it knows: from [`Progress`] until the
/// task has ended, and then from its state. A tag would be a word more in most tasks.
union Stage<F: Future> {
    future: ManuallyDrop<F>,
    output: ManuallyDrop<F::Output>,
    failure: ManuallyDrop<JoinError>,
}

/// What a poll has come to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Progress {
    /// The future is there still.
    Pending,
    /// The output is there.
    Done,
    Aborted,
    Panicked,
}

pub(super) struct Vtable {
    /// Polls the future, and drops it if that was the last time.
    pub(super) poll: unsafe fn(TaskPtr) -> Progress,
    /// Drops the future without polling it.
    pub(super) cancel: unsafe fn(TaskPtr) -> Progress,
    /// Moves what came of it to where the second pointer points, as a `Poll<Result<Output, JoinError>>`, see `JoinHandle`; and gives up the
    /// reference of the handle.
    pub(super) take_output: unsafe fn(TaskPtr, NonNull<()>),
    /// Drops what came of it.
    pub(super) drop_output: unsafe fn(TaskPtr),
    pub(super) free: unsafe fn(TaskPtr),
}

/// Makes a task, with two references: one for the executor, and one for the handle.
#[inline]
pub(super) fn allocate<F: Future>(make_header: impl FnOnce(&'static Vtable) -> Header, future: F) -> TaskPtr {
    let vtable = const {
        &Vtable {
            poll: poll::<F>,
            cancel: cancel::<F>,
            take_output: take_output::<F>,
            drop_output: drop_output::<F>,
            free: free::<F>,
        }
    };
    let stage = Stage { future: ManuallyDrop::new(future) };
    // The place first, so that all is written where it will be.
    let place = Box::new_uninit();
    let task = Box::write(place, Task { header: make_header(vtable), stage: UnsafeCell::new(stage) });
    // The address of the whole, of which the header is the first part.
    TaskPtr(NonNull::from(Box::leak(task)).cast())
}

/// Calls a function with the stage of a task.
///
/// # Safety
///
/// The task lives, its future is an `F`, and the stage is the caller's: nobody else uses it meanwhile.
#[inline]
unsafe fn with_stage<F: Future, R>(task: TaskPtr, function: impl FnOnce(&mut Stage<F>) -> R) -> R {
    // SAFETY: The task lives, and was made as a `Task<F>`; only a shared reference is made of it.
    let task = unsafe { task.0.cast::<Task<F>>().as_ref() };
    // SAFETY: The stage is the caller's for this time.
    task.stage.with_mut(|stage| function(unsafe { &mut *stage }))
}

impl<F: Future> Stage<F> {
    /// # Safety
    ///
    /// The future is there, and this is its place in a task, where it stays until it is dropped.
    #[inline]
    unsafe fn future(&mut self) -> Pin<&mut F> {
        // SAFETY: The caller's promise.
        let future = unsafe { &mut self.future };
        // SAFETY: It stays where it is: a task lies in a box that is not moved out of, and the stage is written to after the drop only.
        unsafe { Pin::new_unchecked(&mut **future) }
    }

    /// # Safety
    ///
    /// The future is there; from now on it is not, even if its drop panics.
    #[inline]
    unsafe fn drop_future(&mut self) {
        // SAFETY: The caller's promise.
        unsafe { ManuallyDrop::drop(&mut self.future) };
    }
}

/// # Safety
///
/// As in [`with_stage`]; on the thread of the executor; the future is there.
unsafe fn poll<F: Future>(task: TaskPtr) -> Progress {
    let poll = |stage: &mut Stage<F>| {
        // SAFETY: The task lives until `poll` returns.
        let waker = unsafe { waker::borrowed(task) };
        // SAFETY: As above.
        unsafe { task.header() }.stats.note_address((&raw const stage.future).addr());
        let mut ready = None;
        let polled = catch_unwind(AssertUnwindSafe(|| {
            // SAFETY: It is there, by the caller's promise, in a task.
            let future = unsafe { stage.future() };
            if let Poll::Ready(output) = future.poll(&mut Context::from_waker(&waker)) {
                ready = Some(output);
                // A panic of this is a panic of the task.
                // SAFETY: It is there, and `ready` says from now on that it is not.
                unsafe { stage.drop_future() };
            }
        }));
        match (polled, ready) {
            (Ok(()), None) => Progress::Pending,
            (Ok(()), Some(output)) => {
                stage.output = ManuallyDrop::new(output);
                Progress::Done
            }
            (Err(payload), output) => {
                if output.is_none() {
                    // SAFETY: So it is there still. Its panic has been told of by the hook, and there is an earlier one.
                    swallow(|| unsafe { stage.drop_future() });
                }
                swallow(|| drop(output));
                stage.failure = ManuallyDrop::new(JoinError::of_panic(payload));
                Progress::Panicked
            }
        }
    };
    // SAFETY: The caller's promise.
    unsafe { with_stage::<F, _>(task, poll) }
}

/// # Safety
///
/// As in [`with_stage`]; on the thread of the executor, or before the first poll, where the future may be dropped; it is there.
unsafe fn cancel<F: Future>(task: TaskPtr) -> Progress {
    let cancel = |stage: &mut Stage<F>| {
        // SAFETY: It is there, by the caller's promise.
        let dropped = catch_unwind(AssertUnwindSafe(|| unsafe { stage.drop_future() }));
        let payload = dropped.err();
        let progress = if payload.is_some() { Progress::Panicked } else { Progress::Aborted };
        stage.failure = ManuallyDrop::new(payload.map_or_else(JoinError::of_abort, JoinError::of_panic));
        progress
    };
    // SAFETY: The caller's promise.
    unsafe { with_stage::<F, _>(task, cancel) }
}

/// # Safety
///
/// As in [`with_stage`]; the task has ended; what came of it is there, and from now on is not.
#[inline]
unsafe fn outcome<F: Future>(task: TaskPtr) -> Result<F::Output, JoinError> {
    // SAFETY: The task lives.
    let has_failed = unsafe { task.header() }.state.load() & FAILED != 0;
    let take = |stage: &mut Stage<F>| {
        if has_failed {
            // SAFETY: There is a failure, as the state says, and nobody takes it again.
            return Err(unsafe { ManuallyDrop::take(&mut stage.failure) });
        }
        // SAFETY: There is an output, as the state says, and nobody takes it again.
        Ok(unsafe { ManuallyDrop::take(&mut stage.output) })
    };
    // SAFETY: The caller's promise.
    unsafe { with_stage::<F, _>(task, take) }
}

/// # Safety
///
/// As in [`outcome`]; the place may be written to as a `Poll<Result<F::Output, JoinError>>`; and the caller gives up a reference.
unsafe fn take_output<F: Future>(task: TaskPtr, place: NonNull<()>) {
    // SAFETY: The caller's promise.
    unsafe { place.cast().write(Poll::Ready(outcome::<F>(task))) };
    // SAFETY: The caller's promise: there is a reference.
    if unsafe { task.header() }.state.remove_reference() {
        // SAFETY: It was the last one, and what came of the task has been taken.
        unsafe { free::<F>(task) };
    }
}

/// # Safety
///
/// As in [`outcome`].
unsafe fn drop_output<F: Future>(task: TaskPtr) {
    // Its panic has been told of by the hook, and there is nobody who would want to know.
    // SAFETY: The caller's promise.
    swallow(|| drop(unsafe { outcome::<F>(task) }));
}

/// # Safety
///
/// As in [`with_stage`], with the last reference; what came of it is not there any more.
unsafe fn free<F: Future>(task: TaskPtr) {
    // SAFETY: It was leaked from such a box, and nobody has a reference any more.
    drop(unsafe { Box::from_raw(task.0.cast::<Task<F>>().as_ptr()) });
}
