//! What an executor does between polls: it looks at letters, sources and timers, and sleeps.

use super::local::Local;
use super::mailbox::Bed;
use crate::reactor::Reactor;
use crate::sync::thread;
use crate::task::Letter;
use crate::time::slack::exactly;
use crate::trace::stats::Cause;
use std::time::Duration;

impl Local {
    /// Looks at everything that can wake a task: letters, sources, timers. Sleeps until something does, if `may_sleep` and
    /// nobody is waiting for a poll.
    pub(crate) fn turn(&self, may_sleep: bool) {
        self.take_letters();
        let mut may_sleep = may_sleep && self.tasks.is_idle();
        if may_sleep && self.timers.is_paused() {
            // Time does not pass while there is something to do, here or on the thread pool. Before the letters, one of which may be from
            // there.
            let has_jobs = self.shared.has_jobs();
            self.look_at_sources(Some(Duration::ZERO));
            self.take_letters();
            may_sleep = self.tasks.is_idle() && (has_jobs || !self.timers.skip_to_next());
        }
        let timeout = if may_sleep { self.timers.time_to_next() } else { Some(Duration::ZERO) };
        if self.reactor.get().is_some_and(Reactor::is_used) {
            let sleeps = timeout != Some(Duration::ZERO) && self.shared.mailbox.lie_down(Bed::Reactor);
            if sleeps {
                self.look_at_sources(timeout);
                self.shared.mailbox.get_up(Bed::Reactor);
            } else {
                self.look_at_sources(Some(Duration::ZERO));
            }
        } else if timeout != Some(Duration::ZERO) {
            self.park(timeout);
        }
        self.tracer.note_cause(Cause::Timer);
        self.timers.fire();
        self.take_letters();
        self.tracer.note_cause(Cause::Root);
    }

    fn look_at_sources(&self, timeout: Option<Duration>) {
        if let Some(reactor) = self.reactor.get() {
            exactly(timeout.filter(|timeout| !timeout.is_zero()), || reactor.turn(timeout));
            self.tracer.note_cause(Cause::Io);
            reactor.wake_ready();
        }
    }

    fn park(&self, timeout: Option<Duration>) {
        if self.shared.mailbox.lie_down(Bed::Thread) {
            // May return early, or for no reason: the loop of the executor looks at clock and letters, and comes back.
            exactly(timeout, || match timeout {
                Some(timeout) => thread::park_timeout(timeout),
                None => thread::park(),
            });
            self.shared.mailbox.get_up(Bed::Thread);
        }
    }

    fn take_letters(&self) {
        if !self.shared.mailbox.is_rung() {
            return;
        }
        let letters = self.shared.mailbox.empty();
        self.tracer.note_cause(Cause::Thread);
        for letter in letters {
            match letter {
                Letter::Made(task, name) => self.admit(task, name),
                Letter::Woken(task) => {
                    task.take_from_letter();
                    self.push_woken(task.ptr());
                }
                Letter::Unwatched(key) => drop(self.reactor.get().map(|reactor| reactor.forget(key))),
            }
        }
    }
}
