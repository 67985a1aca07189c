//! The half of an executor that other threads may hold: wakers, spawners, and tasks.

use super::mailbox::{Bed, Mailbox};
use crate::reactor::Remote;
use crate::sync::thread::{self, Thread};
use crate::sync::{AtomicUsize, Ordering};
use crate::task::Letter;
use std::sync::OnceLock;

pub(crate) struct Shared {
    pub(crate) mailbox: Mailbox<Letter>,
    /// Jobs of the thread pool that somebody here waits for.
    jobs: AtomicUsize,
    /// The thread of the executor, which never leaves it.
    thread: Thread,
    /// What other threads need of the reactor, once there is one.
    pub(crate) reactor: OnceLock<Remote>,
}

impl Shared {
    pub(crate) fn new() -> Self {
        Self { mailbox: Mailbox::new(), jobs: AtomicUsize::new(0), thread: thread::current(), reactor: OnceLock::new() }
    }

    /// Hands a task to the executor, from another thread.
    ///
    /// `self` is borrowed from a reference of the caller's own, not from the letter: once that is in the box, its task may be
    /// run and freed at any time.
    pub(crate) fn post(&self, letter: Letter) -> Result<(), Letter> {
        self.mailbox.post(letter).map(|bell| self.answer(bell))
    }

    fn answer(&self, bell: Option<Bed>) {
        match bell {
            None => {}
            Some(Bed::Thread) => self.thread.unpark(),
            // The reactor sets it before the first wait. The write fails only if its descriptor is gone, and then nobody waits there.
            Some(Bed::Reactor) => drop(self.reactor.get().map(|reactor| reactor.bell.wake())),
        }
    }

    pub(crate) fn begin_job(&self) {
        self.jobs.fetch_add(1, Ordering::Relaxed);
    }

    /// After whoever waits for it was woken.
    pub(crate) fn end_job(&self) {
        // Release: that wake-up is seen by whoever sees that there is no job.
        if self.jobs.fetch_sub(1, Ordering::Release) == 1 {
            // A clock that stands still may go on.
            self.answer(self.mailbox.ring());
        }
    }

    pub(crate) fn has_jobs(&self) -> bool {
        self.jobs.load(Ordering::Acquire) > 0
    }
}
