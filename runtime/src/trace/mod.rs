//! What every task does, and what it waits for.
//!
//! [`tasks`](tasks()) tells it of all tasks of an executor; the crate `pinsight-rt-dump` makes text and JSON of that, also on a signal.
//! [`warn_of_slow_polls`] tells of tasks that keep the thread for too long. With the feature `tracing`, spawns, ends and slow polls are
//! events of that crate.
//!
//! Each poll reads the clock twice. Without the feature `trace`, none of this is compiled.

mod tasks;

pub(crate) use self::tasks::of;
pub use self::tasks::{TaskInfo, Wakes};

#[cfg(feature = "tracing")]
use crate::foreign::swallow;
use crate::local::Local;
use crate::task::TaskPtr;
use std::any::type_name;
use std::cell::{Cell, RefCell};
use std::pin::Pin;
use std::sync::atomic::{AtomicU64, Ordering};
use std::task::{Context, Poll};
use std::time::{Duration, Instant};

/// Who would be the one to wake, right now.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) enum Cause {
    /// The task that is being polled.
    Itself,
    Root,
    Timer,
    Io,
    Thread,
    /// Code on the thread of the executor, while it does not run.
    #[default]
    Outside,
}

/// What an executor knows beside its tasks.
#[derive(Default)]
pub(crate) struct Tracer {
    cause: Cell<Cause>,
    /// Polls that take longer are told of. Zero is never.
    slow: Cell<Duration>,
}

/// What is known of a task, in the task.
pub(crate) struct Stats(RefCell<TaskStats>);

struct TaskStats {
    /// Never used again, as keys are.
    id: u64,
    type_name: &'static str,
    size: usize,
    address: usize,
    polls: u64,
    busy: Duration,
    longest: Duration,
    /// The end of the last poll; before the first one, the spawn.
    last_seen: Instant,
    wakes: Wakes,
    /// With the id of the task, if it was one.
    last_waker: Option<(Cause, u64)>,
}

impl Stats {
    pub(crate) fn new<F>() -> Self {
        static LAST_ID: AtomicU64 = AtomicU64::new(0);
        Self(RefCell::new(TaskStats {
            id: LAST_ID.fetch_add(1, Ordering::Relaxed) + 1,
            type_name: type_name::<F>(),
            size: size_of::<F>(),
            address: 0,
            polls: 0,
            busy: Duration::ZERO,
            longest: Duration::ZERO,
            last_seen: Instant::now(),
            wakes: Wakes::default(),
            last_waker: None,
        }))
    }
}

impl TaskStats {
    fn note_wake(&mut self, cause: Cause, waker: u64) {
        let wakes = &mut self.wakes;
        let count = match cause {
            Cause::Itself if waker != self.id => &mut wakes.by_tasks,
            Cause::Itself => &mut wakes.by_itself,
            Cause::Root => &mut wakes.by_root,
            Cause::Timer => &mut wakes.by_timers,
            Cause::Io => &mut wakes.by_io,
            Cause::Thread => &mut wakes.by_threads,
            Cause::Outside => &mut wakes.from_outside,
        };
        *count += 1;
        self.last_waker = Some((cause, waker));
    }

    fn note_poll(&mut self, address: usize, took: Duration, now: Instant) {
        self.address = address;
        self.polls += 1;
        self.busy += took;
        self.longest = self.longest.max(took);
        self.last_seen = now;
    }
}

impl Local {
    #[inline]
    pub(crate) fn note_cause(&self, cause: Cause) {
        self.tracer.cause.set(cause);
    }

    /// Calls a function with what is known of a task.
    fn with_known<R>(task: TaskPtr, function: impl FnOnce(&mut TaskStats) -> R) -> R {
        // SAFETY: Only for tasks that are being spawned, woken, polled or ended, which somebody has a reference to.
        function(&mut unsafe { task.header() }.stats.0.borrow_mut())
    }

    #[cfg_attr(
        not(feature = "tracing"),
        expect(clippy::unused_self, unused_variables, reason = "an event, or nothing")
    )]
    pub(crate) fn note_spawn(&self, task: TaskPtr) {
        #[cfg(feature = "tracing")]
        swallow(|| ::tracing::debug!(target: "pinsight_rt", task = self.describe(task), "spawn"));
    }

    #[cfg_attr(
        not(feature = "tracing"),
        expect(clippy::unused_self, unused_variables, reason = "an event, or nothing")
    )]
    pub(crate) fn note_end(&self, task: TaskPtr) {
        #[cfg(feature = "tracing")]
        swallow(|| ::tracing::debug!(target: "pinsight_rt", task = self.describe(task), "end"));
    }

    pub(crate) fn note_wake(&self, task: TaskPtr) {
        let waker = self.tasks.running().map_or(0, |running| Self::with_known(running, |known| known.id));
        Self::with_known(task, |known| known.note_wake(self.tracer.cause.get(), waker));
    }

    fn describe(&self, task: TaskPtr) -> String {
        // SAFETY: As in `with_known`.
        unsafe { self.tasks.describe(task) }
    }

    fn note_poll(&self, address: usize, took: Duration, now: Instant) {
        let Some(task) = self.tasks.running() else { return };
        Self::with_known(task, |known| known.note_poll(address, took, now));
        let slow = self.tracer.slow.get();
        if slow == Duration::ZERO || took < slow {
            return;
        }
        let task = self.describe(task);
        #[cfg(feature = "tracing")]
        swallow(|| ::tracing::warn!(target: "pinsight_rt", task, ?took, "slow poll"));
        #[cfg(not(feature = "tracing"))]
        {
            let line = format_args!("warning: a poll of {task} took {took:?}\nhelp: use `unblock`, or `yield_now`\n");
            // Not `eprint`, which panics when nobody reads it.
            let _ = std::io::Write::write_fmt(&mut std::io::stderr(), line);
        }
    }
}

/// Polls the future of the running task, and notes what it did.
pub(crate) fn observe<F: Future>(mut future: Pin<&mut F>, context: &mut Context<'_>) -> Poll<F::Output> {
    // SAFETY: Nothing is moved. Not by `*future`: a `&F` says that nobody writes, and an async block may hold `&mut` to its own parts.
    let address = std::ptr::from_mut(unsafe { future.as_mut().get_unchecked_mut() }).addr();
    let _watch = Watch { address, start: Instant::now() };
    future.poll(context)
}

/// Notes a poll when it is over, by whichever way.
struct Watch {
    address: usize,
    start: Instant,
}

impl Drop for Watch {
    fn drop(&mut self) {
        let now = Instant::now();
        Local::with_current(|local| local.note_poll(self.address, now - self.start, now));
    }
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
    tasks::of(&Local::current("`trace::tasks`"))
}
