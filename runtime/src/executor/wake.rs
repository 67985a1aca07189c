//! Waking a task: straight into the queue on the thread of its executor, and by a letter from all others.

use super::local::Local;
use super::shared::Shared;
use crate::task::TaskPtr;
use std::sync::Arc;

impl TaskPtr {
    /// Puts the task into the queue of its executor, from any thread.
    ///
    /// # Safety
    ///
    /// The task lives until this returns: whoever calls has a reference.
    #[inline]
    pub(crate) unsafe fn wake(self) {
        // SAFETY: The caller's promise.
        if !Local::wake_own(self, &unsafe { self.header() }.shared) {
            // SAFETY: As above.
            unsafe { self.wake_by_letter() };
        }
    }
}

impl Local {
    /// Puts a woken task into the queue, if its executor is running on this thread. Returns whether it is.
    #[inline]
    fn wake_own(task: TaskPtr, shared: &Arc<Shared>) -> bool {
        let wake = |local: &Self| {
            let is_own = local.is_half_of(shared);
            if is_own {
                local.push_woken(task);
            }
            is_own
        };
        Self::with_current(wake) == Some(true)
    }
}
