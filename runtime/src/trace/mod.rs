//! What every task does, and what it waits for.
//!
//! [`tasks`](tasks()) tells it of all tasks of an executor; the crate `pinsight-rt-dump` makes text and JSON of that, also on a signal.
//! [`warn_of_slow_polls`] tells of tasks that keep the thread for too long. With the feature `tracing`, spawns, ends and slow polls are
//! events of that crate.
//!
//! Each poll reads the clock twice. Without the feature `trace`, none of this is compiled.

mod tasks;

pub(crate) use self::tasks::Stats;
pub use self::tasks::{Cause, TaskInfo};

#[cfg(feature = "tracing")]
use crate::foreign::swallow;
use crate::local::Local;
use crate::task::TaskPtr;
use std::cell::Cell;
use std::pin::Pin;
use std::task::{Context, Poll};
use std::time::{Duration, Instant};

/// What an executor knows beside its tasks.
#[derive(Default)]
pub(crate) struct Tracer {
    /// Who would be the one to wake, right now.
    cause: Cell<Cause>,
    /// Polls that take longer are told of. Zero is never.
    slow: Cell<Duration>,
}

impl Local {
    #[inline]
    pub(crate) fn note_cause(&self, cause: Cause) {
        self.tracer.cause.set(cause);
    }

    /// Calls a function with what is known of a task.
    fn with_stats<R>(task: TaskPtr, function: impl FnOnce(&mut TaskInfo) -> R) -> R {
        // SAFETY: Only for tasks that are being spawned, woken, polled or ended, which somebody has a reference to.
        function(&mut unsafe { task.header() }.stats.0.borrow_mut())
    }

    /// Tells of the spawn or the end of a task.
    #[cfg_attr(not(feature = "tracing"), expect(clippy::unused_self, unused_variables, reason = "no event"))]
    pub(crate) fn note_life(&self, task: TaskPtr, what: &str) {
        #[cfg(feature = "tracing")]
        swallow(|| ::tracing::debug!(target: "pinsight_rt", task = self.describe(task), "{what}"));
    }

    pub(crate) fn note_wake(&self, task: TaskPtr) {
        let waker = self.tasks.running().map_or(0, |running| Self::with_stats(running, |stats| stats.id));
        Self::with_stats(task, |stats| {
            let cause = match self.tracer.cause.get() {
                Cause::Itself if waker != stats.id => Cause::Task(waker),
                cause => cause,
            };
            stats.wakes[cause.index()] += 1;
            stats.last_waker = Some(cause);
        });
    }

    fn describe(&self, task: TaskPtr) -> String {
        // SAFETY: As in `with_stats`.
        unsafe { self.tasks.describe(task) }
    }

    fn note_poll(&self, address: usize, start: Instant) {
        let Some(task) = self.tasks.running() else { return };
        let took = start.elapsed();
        Self::with_stats(task, |stats| {
            stats.address = address;
            stats.polls += 1;
            stats.busy += took;
            stats.longest = stats.longest.max(took);
            stats.last_seen = start + took;
        });
        let slow = self.tracer.slow.get();
        if slow == Duration::ZERO || took < slow {
            return;
        }
        let task = self.describe(task);
        #[cfg(feature = "tracing")]
        swallow(|| ::tracing::warn!(target: "pinsight_rt", task, ?took, "slow poll"));
        #[cfg(not(feature = "tracing"))]
        crate::foreign::note(format_args!(
            "warning: a poll of {task} took {took:?}\nhelp: use `unblock`, or `yield_now`\n"
        ));
    }
}

/// Polls the future of the running task, and notes what it did.
pub(crate) fn observe<F: Future>(mut future: Pin<&mut F>, context: &mut Context<'_>) -> Poll<F::Output> {
    /// Notes a poll when it is over, by whichever way.
    struct Watch(usize, Instant);

    impl Drop for Watch {
        fn drop(&mut self) {
            Local::with_current(|local| local.note_poll(self.0, self.1));
        }
    }

    // SAFETY: Nothing is moved. Not by `*future`: a `&F` says that nobody writes, and an async block may hold `&mut` to its own parts.
    let address = std::ptr::from_mut(unsafe { future.as_mut().get_unchecked_mut() }).addr();
    let _watch = Watch(address, Instant::now());
    future.poll(context)
}

/// Tells of every poll in the running executor that takes at least so long: on stderr, or as an event of `tracing` if that feature is
/// on. Zero is never.
///
/// # Panics
///
/// If no executor is running on this thread.
#[track_caller]
pub fn warn_of_slow_polls(threshold: Duration) {
    Local::current("`warn_of_slow_polls`").tracer.slow.set(threshold);
}

/// All tasks of the running executor, in the order of their spawns.
///
/// # Panics
///
/// If no executor is running on this thread; see [`LocalExecutor::tasks`](crate::LocalExecutor::tasks).
#[track_caller]
pub fn tasks() -> Vec<TaskInfo> {
    Local::current("`trace::tasks`").tasks.infos()
}
