//! The word of a task that all threads may change: flags, and the number of references.

use crate::sync::{AtomicU32, Ordering};

/// Set once, by the executor, when the future is gone, and what came of it is in its place. Whoever finds it set may read that.
pub(super) const ENDED: u32 = 1;
/// Set while there is a `JoinHandle`. If it is set at the end, the output is the handle's to take or to drop; if not, the executor's.
pub(super) const HANDLE: u32 = 1 << 1;
/// Set by the handle when there is a waker in the waiter's cell. The cell is the handle's while this is clear, and nobody's while
/// it is set; it is the executor's once `ENDED` was added to it, and the handle's again if it was cleared before that.
pub(super) const WAITER: u32 = 1 << 2;
/// Set by a waker on another thread, which then posts the task; cleared by the executor when it opens the letter.
pub(super) const POSTED: u32 = 1 << 3;
/// Set by the handle: the future is to be dropped instead of polled.
pub(super) const ABORTED: u32 = 1 << 4;
/// Set with `ENDED` if there is no output.
pub(super) const FAILED: u32 = 1 << 5;
/// One reference: of a waker, a letter, the handle, or the executor.
const REFERENCE: u32 = 1 << 6;
/// Set when there are so many references that the next ones might not fit: half of what there is room for. From then on they are not
/// counted any more, and the task is never freed. Somebody forgets wakers in a loop.
const IMMORTAL: u32 = 1 << 31;
/// What an immortal count is set to whenever it has changed: far from both ends.
const MIDDLE: u32 = IMMORTAL | (1 << 30);

pub(super) struct State(AtomicU32);

impl State {
    /// Of a task with a handle, that the executor has, or gets.
    pub(super) fn new() -> Self {
        Self(AtomicU32::new(HANDLE | (2 * REFERENCE)))
    }

    #[inline]
    pub(super) fn load(&self) -> u32 {
        // Acquire: with `ENDED`, the output is read.
        self.0.load(Ordering::Acquire)
    }

    /// Ends a task with an output, and gives up the executor's reference, if there is a handle that does not wait, and nobody else. Returns
    /// whether it was so. If it was, the task is the handle's alone.
    #[inline]
    pub(super) fn end_for_handle(&self) -> bool {
        let (before, after) = (HANDLE | (2 * REFERENCE), HANDLE | ENDED | REFERENCE);
        // Release: the output was written. Otherwise nothing is read.
        self.0.compare_exchange(before, after, Ordering::Release, Ordering::Relaxed).is_ok()
    }

    /// Sets flags. Returns what it was before.
    #[inline]
    pub(super) fn set(&self, flags: u32) -> u32 {
        // Release: with `ENDED`, the output was written; with `WAITER`, the cell; with `POSTED`, also if it was set before, what was done
        // before the wake-up: the executor clears it before it polls, later in the order of this word. Acquire: with `WAITER` before
        // `ENDED`, the cell is read.
        self.0.fetch_or(flags, Ordering::AcqRel)
    }

    /// Clears flags. Returns what it was before. Whoever clears `WAITER` takes the cell back, unless the task had ended.
    #[inline]
    pub(super) fn clear(&self, flags: u32) -> u32 {
        self.0.fetch_and(!flags, Ordering::AcqRel)
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
