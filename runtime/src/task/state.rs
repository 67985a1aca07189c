//! The word of a task that all threads may change: flags, and the number of references.

use crate::sync::{AtomicU32, Ordering};

/// Set once, by the executor, when the future is gone, and what came of it is in its place. Whoever finds it set may read that.
const ENDED: u32 = 1;
/// Set while there is a `JoinHandle`. If it is set at the end, the output is the handle's to take or to drop; if not, the executor's.
const HANDLE: u32 = 1 << 1;
/// Set by the handle when there is a waker in the waiter's cell. The cell is the handle's while this is clear, and nobody's while
/// it is set; it is the executor's once `ENDED` was added to it, and the handle's again if it was cleared before that.
const WAITER: u32 = 1 << 2;
/// Set by a waker on another thread, which then posts the task; cleared by the executor when it opens the letter.
const POSTED: u32 = 1 << 3;
/// Set by the handle: the future is to be dropped instead of polled.
const ABORTED: u32 = 1 << 4;
/// Set with `ENDED` if there is no output.
const FAILED: u32 = 1 << 5;
/// One reference: of a waker, a letter, the handle, or the executor.
const REFERENCE: u32 = 1 << 6;
/// Set when there are so many references that the next ones might not fit: half of what there is room for. From then on they are not
/// counted any more, and the task is never freed. Somebody forgets wakers in a loop.
const IMMORTAL: u32 = 1 << 31;
/// What an immortal count is set to whenever it has changed: far from both ends.
const MIDDLE: u32 = IMMORTAL | (1 << 30);

pub(super) struct State(AtomicU32);

/// What a [`State`] was at some time.
#[derive(Clone, Copy, Debug)]
pub(super) struct Snapshot(u32);

impl State {
    /// Of a task with a handle, that the executor has, or gets.
    pub(super) fn new() -> Self {
        Self(AtomicU32::new(HANDLE | (2 * REFERENCE)))
    }

    /// Of the root, which has no handle, and one reference.
    pub(super) fn of_root() -> Self {
        Self(AtomicU32::new(REFERENCE))
    }

    #[inline]
    pub(super) fn load(&self) -> Snapshot {
        // Acquire: with `ENDED`, the output is read.
        Snapshot(self.0.load(Ordering::Acquire))
    }

    /// Ends a task with an output, and gives up the executor's reference, if there is a handle that does not wait, and nobody else. Returns
    /// whether it was so. If it was, the task is the handle's alone.
    #[inline]
    pub(super) fn end_for_handle(&self) -> bool {
        let (before, after) = (HANDLE | (2 * REFERENCE), HANDLE | ENDED | REFERENCE);
        // Release: the output was written. Otherwise nothing is read.
        self.0.compare_exchange(before, after, Ordering::Release, Ordering::Relaxed).is_ok()
    }

    /// Ends the task. Returns what it was before.
    #[inline]
    pub(super) fn end(&self, has_failed: bool) -> Snapshot {
        // Release: the output was written. Acquire: with `WAITER`, the cell is read.
        Snapshot(self.0.fetch_or(if has_failed { ENDED | FAILED } else { ENDED }, Ordering::AcqRel))
    }

    /// Offers the waiter's cell to the executor. Returns what it was before: if the task had ended, the offer comes too late.
    #[inline]
    pub(super) fn add_waiter(&self) -> Snapshot {
        Snapshot(self.0.fetch_or(WAITER, Ordering::AcqRel))
    }

    /// Takes the waiter's cell back. Returns what it was before: if the task had ended, it is too late for that.
    #[inline]
    pub(super) fn remove_waiter(&self) -> Snapshot {
        Snapshot(self.0.fetch_and(!WAITER, Ordering::AcqRel))
    }

    /// Removes the handle, and takes the waiter's cell back likewise.
    #[inline]
    pub(super) fn remove_handle(&self) -> Snapshot {
        Snapshot(self.0.fetch_and(!(HANDLE | WAITER), Ordering::AcqRel))
    }

    pub(super) fn abort(&self) {
        self.0.fetch_or(ABORTED, Ordering::AcqRel);
    }

    /// Whether the caller is the one that has to post the task.
    pub(super) fn begin_post(&self) -> bool {
        // Release, also if the task was posted before: the executor polls after it has cleared `POSTED`, which comes later in
        // the order of this word, and sees what was done before the wake-up.
        self.0.fetch_or(POSTED, Ordering::AcqRel) & (POSTED | ENDED) == 0
    }

    /// From now on, wake-ups post it again.
    pub(super) fn end_post(&self) {
        self.0.fetch_and(!POSTED, Ordering::AcqRel);
    }

    #[inline]
    pub(super) fn add_reference(&self) {
        // Relaxed: made from another reference, which the caller has.
        if self.0.fetch_add(REFERENCE, Ordering::Relaxed) & IMMORTAL != 0 {
            self.stay_immortal();
        }
    }

    /// Gives a reference up. Returns whether it was the last one: then the task is the caller's to free.
    #[inline]
    pub(super) fn remove_reference(&self) -> bool {
        // With one reference left, it is the caller's own, and nobody else can make another. Acquire: what the others did with
        // the task, they did before.
        if self.0.load(Ordering::Acquire) < 2 * REFERENCE {
            return true;
        }
        let before = self.0.fetch_sub(REFERENCE, Ordering::AcqRel);
        if before & IMMORTAL != 0 {
            self.stay_immortal();
        }
        before < 2 * REFERENCE
    }

    /// Sets the count back to the middle, from which each thread can have changed it by one at most. In one step: two would let others in
    /// between, and leave a count of something else.
    #[cold]
    fn stay_immortal(&self) {
        let middle = |word| Some(MIDDLE | (word & (REFERENCE - 1)));
        let _ = self.0.fetch_update(Ordering::Relaxed, Ordering::Relaxed, middle);
    }
}

impl Snapshot {
    #[inline]
    pub(super) fn is_ended(self) -> bool {
        self.0 & ENDED != 0
    }

    /// Whether it has ended without an output.
    #[inline]
    pub(super) fn has_failed(self) -> bool {
        self.0 & FAILED != 0
    }

    #[inline]
    pub(super) fn is_aborted(self) -> bool {
        self.0 & ABORTED != 0
    }

    #[inline]
    pub(super) fn has_handle(self) -> bool {
        self.0 & HANDLE != 0
    }

    #[inline]
    pub(super) fn has_waiter(self) -> bool {
        self.0 & WAITER != 0
    }
}

#[cfg(all(test, not(loom)))]
mod tests {
    use super::*;

    /// Whatever is done to it then, an immortal task keeps its flags, and is never the caller's to free.
    #[test]
    fn a_count_that_is_full_stays_full() {
        let state = State(AtomicU32::new(HANDLE | POSTED | (IMMORTAL - REFERENCE)));
        for _ in 0..3 {
            state.add_reference();
        }
        std::thread::scope(|scope| {
            for _ in 0..4 {
                scope.spawn(|| (0..100_000).for_each(|_| state.add_reference()));
                scope.spawn(|| (0..100_000).for_each(|_| assert!(!state.remove_reference())));
            }
        });
        for _ in 0..1_000_000 {
            if state.remove_reference() {
                panic!("freed");
            }
        }
        assert_eq!(state.0.load(Ordering::Relaxed), MIDDLE | HANDLE | POSTED);
    }
}
