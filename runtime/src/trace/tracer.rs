//! What an executor notes of its tasks.

use super::stats::{Cause, TaskInfo};
#[cfg(feature = "tracing")]
use crate::foreign::swallow;
use crate::task::{TaskPtr, Tasks};
use std::cell::Cell;
use std::time::{Duration, Instant};

/// What an executor knows beside its tasks.
#[derive(Default)]
pub(crate) struct Tracer {
    /// Who would be the one to wake, right now.
    cause: Cell<Cause>,
    /// Polls that take longer are told of. Zero is never.
    slow: Cell<Duration>,
}

impl Tracer {
    pub(super) fn warn_of_slow_polls(&self, threshold: Duration) {
        self.slow.set(threshold);
    }

    #[inline]
    pub(crate) fn note_cause(&self, cause: Cause) {
        self.cause.set(cause);
    }

    /// Tells of the spawn or the end of a task.
    #[cfg_attr(not(feature = "tracing"), expect(clippy::unused_self, unused_variables, reason = "no event"))]
    pub(crate) fn note_life(&self, tasks: &Tasks, task: TaskPtr, what: &str) {
        #[cfg(feature = "tracing")]
        swallow(|| ::tracing::debug!(target: "pinsight_rt", task = describe(tasks, task), "{what}"));
    }

    pub(crate) fn note_wake(&self, tasks: &Tasks, task: TaskPtr) {
        let waker = tasks.running().map_or(0, |running| with_stats(running, |stats| stats.id));
        with_stats(task, |stats| {
            let cause = match self.cause.get() {
                Cause::Itself if waker != stats.id => Cause::Task(waker),
                cause => cause,
            };
            stats.wakes[cause.index()] += 1;
            stats.last_waker = Some(cause);
        });
    }

    /// Calls a function that polls a task, and notes what that did. A panic of the task does not get out of the poll.
    pub(crate) fn observe<R>(&self, tasks: &Tasks, task: TaskPtr, poll: impl FnOnce() -> R) -> R {
        let start = Instant::now();
        let progress = poll();
        let took = start.elapsed();
        with_stats(task, |stats| {
            stats.polls += 1;
            stats.busy += took;
            stats.longest = stats.longest.max(took);
            stats.last_seen = start + took;
        });
        let slow = self.slow.get();
        if slow != Duration::ZERO && took >= slow {
            warn_of_slow_poll(&describe(tasks, task), took);
        }
        progress
    }
}

#[cold]
fn warn_of_slow_poll(task: &str, took: Duration) {
    #[cfg(feature = "tracing")]
    swallow(|| ::tracing::warn!(target: "pinsight_rt", task, ?took, "slow poll"));
    #[cfg(not(feature = "tracing"))]
    crate::foreign::note(format_args!(
        "warning: a poll of {task} took {took:?}\nhelp: use `unblock`, or `yield_now`\n"
    ));
}

/// Calls a function with what is known of a task.
fn with_stats<R>(task: TaskPtr, function: impl FnOnce(&mut TaskInfo) -> R) -> R {
    // SAFETY: Only for tasks that are being spawned, woken, polled or ended, which somebody has a reference to.
    function(&mut unsafe { task.header() }.stats.0.borrow_mut())
}

fn describe(tasks: &Tasks, task: TaskPtr) -> String {
    // SAFETY: As in `with_stats`.
    unsafe { tasks.describe(task) }
}

impl Tasks {
    /// What is known of all tasks, in the order of their ids, and so of their spawns.
    pub(crate) fn infos(&self) -> Vec<TaskInfo> {
        let mut tasks = Vec::with_capacity(self.len());
        self.for_each(|task, name| {
            let stats = task.stats.0.borrow();
            tasks.push(TaskInfo { name: name.cloned(), idle: stats.last_seen.elapsed(), ..stats.clone() });
        });
        tasks.sort_unstable_by_key(|task| task.id);
        tasks
    }
}
