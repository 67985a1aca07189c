//! What every task does, and what it waits for.
//!
//! [`tasks`](tasks()) tells it of all tasks of an executor; the crate `pinsight-rt-dump` makes text and JSON of that, also on a signal.
//! [`warn_of_slow_polls`] tells of tasks that keep the thread for too long. With the feature `tracing`, spawns, ends and slow polls are
//! events of that crate.
//!
//! Each poll reads the clock twice. Without the feature `trace`, none of this is compiled.

pub(crate) mod stats;
pub(crate) mod tracer;

pub use self::stats::{Cause, TaskInfo};

use crate::executor::local::Local;
use std::time::Duration;

/// Tells of every poll in the running executor that takes at least so long: on stderr, or as an event of `tracing` if that feature is
/// on. Zero is never.
///
/// # Panics
///
/// If no executor is running on this thread.
#[track_caller]
pub fn warn_of_slow_polls(threshold: Duration) {
    Local::current("`warn_of_slow_polls`").tracer.warn_of_slow_polls(threshold);
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
