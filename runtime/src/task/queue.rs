//! The tasks that are to be polled, in their order: first come, first served, or, for tests, as a seed says.
//!
//! Whoever puts a task in keeps a reference to it until it is out. That is what makes the pointers valid, and each `unsafe` here
//! relies on it.

use super::TaskPtr;
use std::cell::Cell;
use std::collections::VecDeque;

/// A task's place for the one behind it, so that queueing allocates nothing.
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
    pub(super) unsafe fn push(&self, task: TaskPtr) {
        // SAFETY: The caller promises that it lives.
        unsafe { task.header() }.next.set(None);
        let last = self.last.replace(Some(task));
        match last {
            // SAFETY: It is in the queue, which is not empty.
            Some(last) if self.first.get().is_some() => unsafe { last.header() }.next.set(Some(task)),
            _ => self.first.set(Some(task)),
        }
    }

    #[inline]
    pub(super) fn pop(&self) -> Option<TaskPtr> {
        let task = self.first.get()?;
        // SAFETY: It is in the queue.
        self.first.set(unsafe { task.header() }.next.get());
        Some(task)
    }

    #[inline]
    pub(super) fn is_first(&self, task: TaskPtr) -> bool {
        self.first.get() == Some(task)
    }

    #[inline]
    pub(super) fn is_empty(&self) -> bool {
        self.first.get().is_none()
    }

    /// The tasks, while none is popped.
    pub(super) fn iter(&self) -> impl Iterator<Item = TaskPtr> {
        // SAFETY: It is in the queue.
        std::iter::successors(self.first.get(), |task| unsafe { task.header() }.next.get())
    }
}

/// Rounds of tasks. Those of a round are taken at random, so that every order of them has its seeds. A task that lets all others go first
/// begins a new round.
pub(super) struct Shuffle {
    seed: u64,
    rounds: VecDeque<Vec<TaskPtr>>,
}

impl Shuffle {
    pub(super) fn new(seed: u64) -> Self {
        Self { seed, rounds: VecDeque::new() }
    }

    pub(super) fn push(&mut self, task: TaskPtr, is_last: bool) {
        match self.rounds.back_mut() {
            Some(round) if !is_last => round.push(task),
            _ => self.rounds.push_back(vec![task]),
        }
    }

    pub(super) fn pop(&mut self) -> Option<TaskPtr> {
        let random = self.random();
        let round = self.rounds.front_mut()?;
        // The upper half of the product: all numbers below the length are as likely.
        let index = (u128::from(random) * round.len() as u128) >> 64;
        let task = round.swap_remove(index as usize);
        if round.is_empty() {
            self.rounds.pop_front();
        }
        Some(task)
    }

    pub(super) fn is_empty(&self) -> bool {
        self.rounds.is_empty()
    }

    pub(super) fn iter(&self) -> impl Iterator<Item = TaskPtr> {
        self.rounds.iter().flatten().copied()
    }

    /// splitmix64.
    fn random(&mut self) -> u64 {
        self.seed = self.seed.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut bits = self.seed;
        bits = (bits ^ (bits >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        bits = (bits ^ (bits >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        bits ^ (bits >> 31)
    }
}
