//! The tasks that are to be polled, in their order. Each is linked to the next through itself, so that queueing allocates nothing.
//!
//! Whoever puts a task in keeps a reference to it until it is out. That is what makes the pointers valid, and each `unsafe` here
//! relies on it.

use super::TaskPtr;
use std::cell::Cell;

/// A task's place for the one behind it.
pub(super) type Link = Cell<Option<TaskPtr>>;

#[derive(Default)]
pub(super) struct Queue {
    first: Cell<Option<TaskPtr>>,
    /// Of any use only if there is a first one.
    last: Cell<Option<TaskPtr>>,
}

impl Queue {
    /// # Safety
    ///
    /// The task is in no queue, and lives until after it was popped.
    #[inline]
    pub(super) unsafe fn push_back(&self, task: TaskPtr) {
        // SAFETY: The caller's promise.
        unsafe { task.header() }.next.set(None);
        let last = self.last.replace(Some(task));
        match last {
            // SAFETY: It is in the queue, which is not empty.
            Some(last) if self.first.get().is_some() => unsafe { last.header() }.next.set(Some(task)),
            _ => self.first.set(Some(task)),
        }
    }

    /// # Safety
    ///
    /// As in [`push_back`](Self::push_back).
    pub(super) unsafe fn push_front(&self, task: TaskPtr) {
        let first = self.first.replace(Some(task));
        // SAFETY: The caller's promise.
        unsafe { task.header() }.next.set(first);
        if first.is_none() {
            self.last.set(Some(task));
        }
    }

    #[inline]
    pub(super) fn pop(&self) -> Option<TaskPtr> {
        let task = self.first.get()?;
        // SAFETY: It is in the queue.
        self.first.set(unsafe { task.header() }.next.get());
        Some(task)
    }

    /// The tasks, while none is popped.
    pub(super) fn iter(&self) -> impl Iterator<Item = TaskPtr> {
        // SAFETY: It is in the queue.
        std::iter::successors(self.first.get(), |task| unsafe { task.header() }.next.get())
    }
}
