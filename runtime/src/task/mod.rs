//! A task: a future, its output, its wakers and its handle, in one allocation.
//!
//! # Who may touch what
//!
//! | part | whose it is |
//! | --- | --- |
//! | `state` | everybody's: it is atomic |
//! | `shared`, `vtable`, `place` | everybody's, to read |
//! | the other cells of the header | the executor's, on its thread |
//! | the stage, with the future | the executor's, until the task has ended |
//! | the stage, with the output | the handle's, once the task has ended; the executor's, if there was none by then |
//! | the waiter's cell | the handle's, and at the end the executor's; see [`State`] |
//!
//! Wakers, letters and the handle have a reference each, and the executor has one for as long as the task lives, so that a wake-up on
//! its own thread counts nothing. Whoever gives up the last one frees the memory, on any thread; by then the future, its output and the
//! waiter are gone.

pub(crate) mod error;
pub(crate) mod handle;
mod queue;
mod registry;
mod stage;
mod state;
mod tasks;
mod waiter;
mod waker;

pub(crate) use self::stage::Progress;
pub(crate) use self::tasks::Tasks;

use self::stage::Vtable;
use self::state::{ABORTED, ENDED, FAILED, HANDLE, POSTED, State, WAITER};
use self::tasks::Whereabouts;
use self::waiter::Waiter;
use crate::executor::shared::Shared;
use crate::foreign::swallow;
use crate::sync::UnsafeCell;
use crate::trace::stats::Stats;
use std::future::pending;
use std::mem::{ManuallyDrop, MaybeUninit};
use std::ops::Deref;
use std::panic::Location;
use std::ptr::NonNull;
use std::sync::Arc;
use std::task::{Context, Poll, Waker};

pub(crate) struct Header {
    state: State,
    whereabouts: Whereabouts,
    vtable: &'static Vtable,
    pub(crate) shared: Arc<Shared>,
    pub(crate) place: &'static Location<'static>,
    next: queue::Link,
    /// Empty when the task is freed, so there is nothing to drop then.
    waiter: UnsafeCell<ManuallyDrop<Option<Waiter>>>,
    pub(crate) stats: Stats,
}

impl Header {
    pub(crate) fn is_aborted(&self) -> bool {
        self.state.load() & ABORTED != 0
    }

    #[inline]
    pub(crate) fn has_ended(&self) -> bool {
        self.state.load() & ENDED != 0
    }
}

/// The address of a task. Says nothing of how long it lives.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct TaskPtr(NonNull<Header>);

impl TaskPtr {
    /// # Safety
    ///
    /// The task lives for as long as the result is used.
    #[inline]
    pub(crate) unsafe fn header<'a>(self) -> &'a Header {
        // SAFETY: The caller's promise. All references to headers are shared ones.
        unsafe { self.0.as_ref() }
    }
}

/// A reference to a task, which keeps its memory.
pub(crate) struct TaskRef(TaskPtr);

// SAFETY: The header says what other threads may touch, and this gives access to nothing else.
unsafe impl Send for TaskRef {}
// SAFETY: As above.
unsafe impl Sync for TaskRef {}

impl TaskRef {
    /// # Safety
    ///
    /// The task lives.
    #[inline]
    unsafe fn new(task: TaskPtr) -> Self {
        // SAFETY: The caller's promise.
        unsafe { task.header() }.state.add_reference();
        Self(task)
    }

    /// Takes over a reference that is counted already.
    ///
    /// # Safety
    ///
    /// There is one, and the caller gives it up.
    #[inline]
    unsafe fn adopt(task: TaskPtr) -> Self {
        Self(task)
    }

    pub(crate) fn ptr(&self) -> TaskPtr {
        self.0
    }
}

impl Deref for TaskRef {
    type Target = Header;

    #[inline]
    fn deref(&self) -> &Header {
        // SAFETY: This is a reference.
        unsafe { self.0.header() }
    }
}

impl Clone for TaskRef {
    #[inline]
    fn clone(&self) -> Self {
        // SAFETY: This is a reference.
        unsafe { Self::new(self.0) }
    }
}

impl Drop for TaskRef {
    #[inline]
    fn drop(&mut self) {
        if self.state.remove_reference() {
            // SAFETY: It was the last one. The executor's is given up at the end of the task, and the handle's when the output is gone.
            unsafe { (self.vtable.free)(self.0) };
        }
    }
}

/// What other threads send to an executor.
pub(crate) enum Letter {
    /// A task that they have woken.
    Woken(TaskRef),
    /// A task that they have made, and its name.
    Made(NewTask, Option<String>),
    /// The key of a source that they have.
    Unwatched(usize),
}

impl TaskRef {
    /// For the executor, on its thread: opens the letter.
    pub(crate) fn take_from_letter(&self) {
        self.state.clear(POSTED);
    }
}

/// A task that no executor has yet. Dropping it aborts the task.
pub(crate) struct NewTask(TaskPtr);

// SAFETY: `make`'s caller promises that the future may be sent and dropped elsewhere before its first poll, or does not send this.
unsafe impl Send for NewTask {}

impl NewTask {
    pub(crate) fn ptr(&self) -> TaskPtr {
        self.0
    }

    /// Polls the task once, for a future that never waits, and ends it.
    pub(crate) fn run_here(self) {
        let task = self.into_ptr();
        // SAFETY: It lives, has not ended, and is nobody else's; `make` says that it may be sent before its first poll.
        let progress = unsafe { task.poll() };
        // SAFETY: The future has ended, or was dropped, and the executor's reference was that of `self`.
        unsafe { task.end(progress) };
    }

    /// Hands the task, and the executor's reference, to the executor.
    #[inline]
    pub(crate) fn into_ptr(self) -> TaskPtr {
        ManuallyDrop::new(self).0
    }
}

impl Drop for NewTask {
    fn drop(&mut self) {
        // SAFETY: It lives, has not been polled, and may be dropped here; see `make`.
        let progress = unsafe { (self.0.header().vtable.cancel)(self.0) };
        // SAFETY: The future is gone, and this has the executor's reference.
        unsafe { self.0.end(progress) };
    }
}

/// Makes a task. The reference goes to its handle.
///
/// # Safety
///
/// If the future is not `Send`, the caller gives the task to the executor of `shared` only, on the thread of that executor. It may do
/// so on another thread, and drop the task there, if the future is `Send` until its first poll.
#[inline]
pub(crate) unsafe fn make<F: Future<Output: 'static> + 'static>(
    shared: &Arc<Shared>,
    place: &'static Location<'static>,
    future: F,
) -> (NewTask, TaskRef) {
    let header = |vtable| Header {
        state: State::new(),
        whereabouts: Whereabouts::outside(),
        vtable,
        shared: Arc::clone(shared),
        place,
        next: queue::Link::default(),
        waiter: UnsafeCell::new(ManuallyDrop::new(None)),
        stats: Stats::new::<F>(place),
    };
    let task = stage::allocate(header, future);
    // SAFETY: A new task has two references: this is one, and `NewTask` has the other.
    (NewTask(task), unsafe { TaskRef::adopt(task) })
}

/// Makes the task that stands for the future given to `run` where wakers and the queue are concerned, and its waker. It is never polled.
#[track_caller]
pub(crate) fn make_root(shared: &Arc<Shared>) -> (NewTask, Waker) {
    // SAFETY: The future is `Send`.
    let (task, handle) = unsafe { make(shared, Location::caller(), pending::<()>()) };
    handle.state.clear(HANDLE);
    handle.whereabouts.set_root();
    (task, handle.into_waker())
}

impl TaskRef {
    /// A waker with this reference.
    pub(crate) fn into_waker(self) -> Waker {
        // SAFETY: The data is the address of a task, and the reference is given up.
        unsafe { waker::of_task(ManuallyDrop::new(self).0.0.as_ptr().cast_const().cast()) }
    }
}

/// What the executor does with its tasks, on its thread.
impl TaskPtr {
    /// Polls the future, or drops it if the task was aborted. After the end, `end` follows.
    ///
    /// # Safety
    ///
    /// The task lives, has not ended, and is not being polled; this is the thread of its executor.
    #[inline]
    pub(crate) unsafe fn poll(self) -> Progress {
        // SAFETY: The caller's promise.
        let header = unsafe { self.header() };
        if header.is_aborted() {
            // SAFETY: As above: the stage is the executor's.
            return unsafe { (header.vtable.cancel)(self) };
        }
        // SAFETY: As above.
        unsafe { (header.vtable.poll)(self) }
    }

    /// Drops the future.
    ///
    /// # Safety
    ///
    /// As in [`poll`](Self::poll).
    pub(crate) unsafe fn cancel(self) -> Progress {
        // SAFETY: The caller's promise.
        unsafe { (self.header().vtable.cancel)(self) }
    }

    /// Gives up the executor's reference to a task that has an output, if its handle is the only other one, and does not wait. Returns
    /// whether it did; if not, [`end`](Self::end) follows.
    ///
    /// # Safety
    ///
    /// As in [`end`](Self::end).
    #[inline]
    pub(crate) unsafe fn end_for_handle(self) -> bool {
        // SAFETY: The caller has a reference. When that is given up, nothing here touches the task any more.
        unsafe { self.header() }.state.end_for_handle()
    }

    /// Wakes whoever waits for the task, and gives up the executor's reference.
    ///
    /// # Safety
    ///
    /// The future has ended or was dropped, just now, by the caller, who got this progress for it, and has the executor's reference;
    /// the task is not in the registry.
    pub(crate) unsafe fn end(self, progress: Progress) {
        // SAFETY: The caller's promise.
        let header = unsafe { self.header() };
        let before = header.state.set(if progress == Progress::Done { ENDED } else { ENDED | FAILED });
        if before & WAITER != 0 {
            // SAFETY: `set` has made the cell the executor's.
            let waiter = header.waiter.with_mut(|waiter| unsafe { &mut *waiter }.take());
            // Its panic is not the fault of the task, nor of the executor.
            swallow(|| waiter.into_iter().for_each(|waiter| waiter.into_waker().wake()));
        }
        if before & HANDLE == 0 {
            // SAFETY: The stage is the executor's, since there was no handle.
            unsafe { (header.vtable.drop_output)(self) };
        }
        // SAFETY: The reference is the executor's.
        drop(unsafe { TaskRef::adopt(self) });
    }
}

/// What the handle does, on whichever thread it is.
impl TaskRef {
    /// Ends the task at its next turn, which is now.
    pub(crate) fn abort(&self) {
        self.state.set(ABORTED);
        // SAFETY: This is a reference.
        unsafe { self.0.wake() };
    }

    /// Waits for the end of the task. Only the handle may call it.
    ///
    /// # Safety
    ///
    /// The caller is the handle of the task, by `&mut`.
    pub(crate) unsafe fn poll_end(&self, context: &mut Context<'_>) -> Poll<()> {
        let state = self.state.load();
        if state & ENDED != 0 {
            return Poll::Ready(());
        }
        // Foreign code, as is the drop of `old`, at the end: so neither comes between the steps.
        let waker = context.waker().clone();
        if state & WAITER != 0 && self.state.clear(WAITER) & ENDED != 0 {
            return Poll::Ready(());
        }
        // SAFETY: There is no `WAITER` now, and the task had not ended: the cell is the handle's.
        let _old = self.waiter.with_mut(|waiter| unsafe { &mut *waiter }.replace(Waiter::new(waker)));
        if self.state.set(WAITER) & ENDED == 0 {
            return Poll::Pending;
        }
        // The offer was too late: the executor has not seen it.
        // SAFETY: So the cell is the handle's still.
        let _late = self.waiter.with_mut(|waiter| unsafe { &mut *waiter }.take());
        Poll::Ready(())
    }

    /// Takes what came of the task, and gives up the reference.
    ///
    /// # Safety
    ///
    /// The task has ended; the caller is its handle; and `T` is the output, or an error in its place.
    #[inline]
    pub(crate) unsafe fn into_output<T>(self) -> Poll<T> {
        let mut output = MaybeUninit::<Poll<T>>::uninit();
        let task = ManuallyDrop::new(self);
        // SAFETY: The caller's promise, and the place is one for what is written; the reference is not used again.
        unsafe { (task.vtable.take_output)(task.0, NonNull::from(&mut output).cast()) };
        // SAFETY: It was written just now.
        unsafe { output.assume_init() }
    }

    /// Ends the interest in the output. Returns whether it is there to be dropped.
    ///
    /// # Safety
    ///
    /// The caller is the handle of the task, and is going away.
    pub(crate) unsafe fn detach(&self) -> bool {
        let before = self.state.clear(HANDLE | WAITER);
        if before & ENDED != 0 {
            return true;
        }
        if before & WAITER != 0 {
            // SAFETY: `clear` has taken the cell back.
            let waiter = self.waiter.with_mut(|waiter| unsafe { &mut *waiter }.take());
            drop(waiter);
        }
        false
    }
}
