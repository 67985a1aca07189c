//! The run queue: first come, first served, and never in the way of itself.
//!
//! The first thousand tasks lie in a ring of cells, so that neither end needs a borrow; those beyond wait in a list behind it. The
//! order of all is kept: nothing enters the ring while somebody waits in the list.

use crate::task::Runnable;
use std::cell::{Cell, RefCell};
use std::collections::VecDeque;

/// Slots of the ring; a power of two, so that the remainder is a mask.
const SLOTS: usize = 1024;

pub(crate) struct Queue {
    ring: Box<[Cell<Option<Runnable>>; SLOTS]>,
    /// Counts what has left the ring. The next to leave is at the remainder.
    head: Cell<usize>,
    /// Counts what has entered the ring.
    tail: Cell<usize>,
    /// Set while somebody waits in the list, and for good in a shuffled queue, which is all list.
    is_behind: Cell<bool>,
    list: RefCell<VecDeque<Runnable>>,
    /// 0 is first come, first served.
    seed: Cell<u64>,
}

impl Queue {
    pub(crate) fn new(seed: u64) -> Self {
        Self {
            ring: Box::new([const { Cell::new(None) }; SLOTS]),
            head: Cell::new(0),
            tail: Cell::new(0),
            is_behind: Cell::new(seed != 0),
            list: RefCell::default(),
            seed: Cell::new(seed),
        }
    }

    #[inline]
    pub(crate) fn push(&self, runnable: Runnable) {
        let tail = self.tail.get();
        if self.is_behind.get() || tail.wrapping_sub(self.head.get()) == SLOTS {
            return self.push_behind(runnable);
        }
        let old = self.ring[tail % SLOTS].replace(Some(runnable));
        // It is `None`, which the compiler cannot know: so it need not make code to drop it.
        std::mem::forget(old);
        self.tail.set(tail.wrapping_add(1));
    }

    #[cold]
    fn push_behind(&self, runnable: Runnable) {
        self.is_behind.set(true);
        self.list.borrow_mut().push_back(runnable);
    }

    #[inline]
    pub(crate) fn pop(&self) -> Option<Runnable> {
        let head = self.head.get();
        if head == self.tail.get() {
            return if self.is_behind.get() { self.pop_behind() } else { None };
        }
        self.head.set(head.wrapping_add(1));
        self.ring[head % SLOTS].take()
    }

    #[cold]
    fn pop_behind(&self) -> Option<Runnable> {
        let mut list = self.list.borrow_mut();
        if self.seed.get() != 0 {
            let place = self.random(list.len());
            return list.swap_remove_back(place);
        }
        let first = list.pop_front();
        let count = list.len().min(SLOTS);
        for runnable in list.drain(..count) {
            self.ring[self.tail.get() % SLOTS].set(Some(runnable));
            self.tail.set(self.tail.get().wrapping_add(1));
        }
        self.is_behind.set(!list.is_empty());
        first
    }

    #[inline]
    pub(crate) fn is_empty(&self) -> bool {
        self.head.get() == self.tail.get() && (!self.is_behind.get() || self.list.borrow().is_empty())
    }

    /// xorshift64: random enough to shuffle tasks.
    fn random(&self, below: usize) -> usize {
        let mut seed = self.seed.get();
        seed ^= seed << 13;
        seed ^= seed >> 7;
        seed ^= seed << 17;
        self.seed.set(seed);
        (seed % below.max(1) as u64) as usize
    }
}
