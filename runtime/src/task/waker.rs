//! The waker of a task: its address, and one reference.

use super::state::{ENDED, POSTED};
use super::{Letter, TaskPtr, TaskRef};
use std::mem::ManuallyDrop;
use std::ptr::NonNull;
use std::task::{RawWaker, RawWakerVTable, Waker};

/// One for all tasks, so that two wakers of a task are known to be the same by address.
static VTABLE: RawWakerVTable = RawWakerVTable::new(clone, wake, wake_by_ref, release);

/// A waker for the time of a poll, without a reference of its own.
///
/// # Safety
///
/// The task lives for as long as the result is used.
#[inline]
pub(super) unsafe fn borrowed(task: TaskPtr) -> ManuallyDrop<Waker> {
    // SAFETY: The functions keep to the contract of `RawWaker`: they may be called on any thread, and `clone` adds the reference that
    // `release` gives up. This one is never released, since it has none.
    ManuallyDrop::new(unsafe { Waker::new(task.0.as_ptr().cast_const().cast(), &VTABLE) })
}

/// Whether a waker is one of these, of whichever executor.
pub(super) fn is_of_task(waker: &Waker) -> bool {
    std::ptr::eq(waker.vtable(), &raw const VTABLE)
}

/// # Safety
///
/// `data` is that of a waker of a task, whose reference the caller gives up.
pub(super) unsafe fn of_task(data: *const ()) -> Waker {
    // SAFETY: As in `borrowed`; the reference is this one's from now on.
    unsafe { Waker::new(data, &VTABLE) }
}

/// # Safety
///
/// `data` is that of a waker, and so the address of a task.
#[inline]
unsafe fn task_of(data: *const ()) -> TaskPtr {
    // SAFETY: It was made of a `NonNull`.
    TaskPtr(unsafe { NonNull::new_unchecked(data.cast_mut().cast()) })
}

unsafe fn clone(data: *const ()) -> RawWaker {
    // SAFETY: Called with the data of a waker.
    let task = unsafe { task_of(data) };
    // SAFETY: The waker that is cloned keeps it alive.
    std::mem::forget(unsafe { TaskRef::new(task) });
    RawWaker::new(data, &VTABLE)
}

unsafe fn wake(data: *const ()) {
    // SAFETY: As in the functions themselves: the waker is consumed by the second one only.
    unsafe { wake_by_ref(data) };
    // SAFETY: As above.
    unsafe { release(data) };
}

#[inline]
unsafe fn wake_by_ref(data: *const ()) {
    // SAFETY: Called with the data of a waker.
    let task = unsafe { task_of(data) };
    // SAFETY: The waker keeps it alive, until this returns.
    unsafe { task.wake() };
}

#[inline]
unsafe fn release(data: *const ()) {
    // SAFETY: Called with the data of a waker.
    let task = unsafe { task_of(data) };
    // SAFETY: The reference is that of the waker, which is gone after this.
    drop(unsafe { TaskRef::adopt(task) });
}

impl TaskPtr {
    /// Tells the executor, from another thread, that the task is to be polled, unless it has been told already.
    ///
    /// # Safety
    ///
    /// The task lives until this returns: whoever calls has a reference. So nothing here touches a task, or a `Shared`, that the
    /// executor may free as soon as the letter is posted.
    #[inline]
    pub(crate) unsafe fn wake_by_letter(self) {
        // SAFETY: The caller's promise.
        if unsafe { self.header() }.state.set(POSTED) & (POSTED | ENDED) == 0 {
            // SAFETY: As above.
            unsafe { self.post() };
        }
    }

    /// # Safety
    ///
    /// As in [`wake_by_letter`](Self::wake_by_letter).
    #[cold]
    unsafe fn post(self) {
        // SAFETY: The caller's promise.
        let (header, reference) = unsafe { (self.header(), TaskRef::new(self)) };
        // If the executor is gone, the future is too: what comes back is a reference and nothing else.
        drop(header.shared.post(Letter::Woken(reference)));
    }
}
