//! The memory of a task, and what depends on the type of its future: one function each, behind a table.

use super::{Header, TaskPtr, waker};
use crate::foreign::swallow;
use crate::join::JoinError;
use crate::sync::UnsafeCell;
use crate::trace;
use pinsight::PinProject;
use std::any::Any;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::pin::Pin;
use std::ptr::{self, NonNull};
use std::task::{Context, Poll};

/// What a task panicked with. In a box of its own, because it is rare, and two words would be room in every task.
type Payload = Box<Box<dyn Any + Send>>;

/// A task in memory. The header comes first, so that its address is that of the task.
#[repr(C)]
struct Task<F: Future> {
    header: Header,
    /// The executor's until the task has ended; then the handle's, if there is one.
    stage: UnsafeCell<Stage<F>>,
}

/// A future, and then what came of it, where it stood.
#[derive(PinProject)]
enum Stage<F: Future> {
    Polling(#[pin] F),
    Done(F::Output),
    Panicked(Payload),
    Aborted,
    Taken,
}

/// What a poll has come to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Progress {
    Pending,
    Ended,
    /// Ended, with a panic.
    Panicked,
}

pub(super) struct Vtable {
    /// Polls the future, and drops it if that was the last time.
    pub(super) poll: unsafe fn(TaskPtr) -> Progress,
    /// Drops the future without polling it.
    pub(super) cancel: unsafe fn(TaskPtr) -> Progress,
    /// Moves what came of it to where the second pointer points, an `Option<Result<Output, JoinError>>`; see `JoinHandle`.
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
    let task = Box::new(Task { header: make_header(vtable), stage: UnsafeCell::new(Stage::Polling(future)) });
    // The address of the whole, of which the header is the first part.
    TaskPtr(NonNull::from(Box::leak(task)).cast())
}

/// Calls a function with the stage of a task.
///
/// # Safety
///
/// The task lives, its future is an `F`, and the stage is the caller's: nobody else uses it meanwhile.
#[inline]
unsafe fn with_stage<F: Future, R>(task: TaskPtr, function: impl FnOnce(Pin<&mut Stage<F>>) -> R) -> R {
    // SAFETY: The task lives, and was made as a `Task<F>`; only a shared reference is made of it.
    let task = unsafe { task.0.cast::<Task<F>>().as_ref() };
    task.stage.with_mut(|stage| {
        // SAFETY: The stage is the caller's for this time.
        let stage = unsafe { &mut *stage };
        // SAFETY: It lies in a box that is not moved out of: it is dropped in place, when the task is freed.
        function(unsafe { Pin::new_unchecked(stage) })
    })
}

/// Replaces the future or the output where it stands. A panic of its drop is swallowed: it has been told of by the hook, and there
/// is an earlier one, or nobody who would want to know.
fn replace<F: Future>(mut stage: Pin<&mut Stage<F>>, new: Stage<F>) {
    swallow(|| stage.as_mut().set(Stage::Taken));
    stage.set(new);
}

/// # Safety
///
/// As in [`with_stage`]; on the thread of the executor.
unsafe fn poll<F: Future>(task: TaskPtr) -> Progress {
    let poll = |mut stage: Pin<&mut Stage<F>>| {
        // SAFETY: The task lives until `poll` returns.
        let waker = unsafe { waker::borrowed(task) };
        let is_ready = catch_unwind(AssertUnwindSafe(|| {
            let StageProj::Polling(future) = stage.as_mut().project() else {
                unreachable!("a task is not polled after its end")
            };
            let Poll::Ready(output) = trace::observe(future, &mut Context::from_waker(&waker)) else { return false };
            // Drops the future, and a panic of that is a panic of the task.
            stage.as_mut().set(Stage::Done(output));
            true
        }));
        match is_ready {
            Ok(false) => Progress::Pending,
            Ok(true) => Progress::Ended,
            Err(payload) => {
                replace(stage, Stage::Panicked(Box::new(payload)));
                Progress::Panicked
            }
        }
    };
    // SAFETY: The caller's promise.
    unsafe { with_stage::<F, _>(task, poll) }
}

/// # Safety
///
/// As in [`with_stage`]; on the thread of the executor, or before the first poll, where the future may be dropped.
unsafe fn cancel<F: Future>(task: TaskPtr) -> Progress {
    let cancel =
        |mut stage: Pin<&mut Stage<F>>| match catch_unwind(AssertUnwindSafe(|| stage.as_mut().set(Stage::Aborted))) {
            Ok(()) => Progress::Ended,
            Err(payload) => {
                replace(stage, Stage::Panicked(Box::new(payload)));
                Progress::Panicked
            }
        };
    // SAFETY: The caller's promise.
    unsafe { with_stage::<F, _>(task, cancel) }
}

/// # Safety
///
/// As in [`with_stage`]; and the place is an `Option<Result<F::Output, JoinError>>` that may be written to.
unsafe fn take_output<F: Future>(task: TaskPtr, place: NonNull<()>) {
    // By hand, because `project_replace` copies more, and this is done for every task.
    let take = |mut stage: Pin<&mut Stage<F>>| {
        let output: Result<F::Output, JoinError> = match stage.as_mut().project() {
            // SAFETY: It is forgotten below, with the stage that it lies in.
            StageProj::Done(output) => Ok(unsafe { ptr::read(output) }),
            // SAFETY: As above.
            StageProj::Panicked(payload) => Err(JoinError::of_panic(*unsafe { ptr::read(payload) })),
            StageProj::Aborted => Err(JoinError::of_abort()),
            StageProj::Polling(_) | StageProj::Taken => return None,
        };
        // SAFETY: Nothing is dropped, and nothing that is pinned is moved: the future is gone.
        unsafe { ptr::write(stage.get_unchecked_mut(), Stage::Taken) };
        Some(output)
    };
    // SAFETY: The caller's promise.
    let output = unsafe { with_stage::<F, _>(task, take) };
    // SAFETY: The caller's promise; there is `None` in the place, which needs no drop.
    unsafe { place.cast().write(output) };
}

/// # Safety
///
/// As in [`with_stage`].
unsafe fn drop_output<F: Future>(task: TaskPtr) {
    // SAFETY: The caller's promise.
    unsafe { with_stage::<F, _>(task, |stage| replace(stage, Stage::Taken)) };
}

/// # Safety
///
/// As in [`with_stage`], with the last reference; the output is gone.
unsafe fn free<F: Future>(task: TaskPtr) {
    // SAFETY: It was leaked from such a box, and nobody has a reference any more.
    drop(unsafe { Box::from_raw(task.0.cast::<Task<F>>().as_ptr()) });
}
