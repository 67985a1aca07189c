//! The half of an executor that other threads may hold: wakers, spawners, and tasks.

use crate::local::Local;
use crate::mailbox::{Bed, Mailbox, Wake as Bell};
use crate::reactor::Remote;
use crate::sync::thread::{self, Thread};
use crate::sync::{AtomicBool, AtomicUsize, Ordering};
use crate::task::Letter;
use std::sync::{Arc, OnceLock};
use std::task::Wake;

pub(crate) struct Shared {
    pub(crate) mailbox: Mailbox<Letter>,
    /// Whether another thread has woken the future given to `run`.
    root: AtomicBool,
    /// Jobs of the thread pool that somebody here waits for.
    jobs: AtomicUsize,
    /// The thread of the executor, which never leaves it.
    thread: Thread,
    /// What other threads need of the reactor, once there is one.
    pub(crate) reactor: OnceLock<Remote>,
}

impl Shared {
    pub(crate) fn new() -> Self {
        Self {
            mailbox: Mailbox::new(),
            root: AtomicBool::new(false),
            jobs: AtomicUsize::new(0),
            thread: thread::current(),
            reactor: OnceLock::new(),
        }
    }

    /// Hands a task to the executor, from another thread.
    ///
    /// `self` is borrowed from a reference of the caller's own, not from the letter: once that is in the box, its task may be
    /// run and freed at any time.
    pub(crate) fn post(&self, letter: Letter) -> Result<(), Letter> {
        self.mailbox.post(letter).map(|bell| self.answer(bell))
    }

    fn answer(&self, bell: Bell) {
        match bell {
            Bell::Nobody => {}
            Bell::Owner(Bed::Thread) => self.thread.unpark(),
            Bell::Owner(Bed::Reactor) => {
                // The reactor sets it before the first wait. The write fails only if its descriptor is gone, and then
                // nobody waits there.
                if let Some(reactor) = self.reactor.get() {
                    let _ = reactor.bell.wake();
                }
            }
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

    /// Whether the root future has been woken by another thread; resets that.
    pub(crate) fn take_root(&self) -> bool {
        self.root.swap(false, Ordering::Acquire)
    }
}

/// The waker of the root future. On the executor's own thread it is a plain store.
impl Wake for Shared {
    fn wake(self: Arc<Self>) {
        self.wake_by_ref();
    }

    #[inline]
    fn wake_by_ref(self: &Arc<Self>) {
        if !Local::wake_own_root(self) {
            // Not a store, which would end what another thread has released by its own: one look may answer both.
            self.root.swap(true, Ordering::Release);
            self.answer(self.mailbox.ring());
        }
    }
}
