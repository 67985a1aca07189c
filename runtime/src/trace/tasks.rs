//! What is known of all tasks.

use super::{Cause, TaskStats};
use crate::local::Local;
use std::panic::Location;
use std::time::{Duration, Instant};

/// What is known of a task.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub struct TaskInfo {
    /// Unique in the process.
    pub id: u64,
    /// What it was given.
    pub name: Option<String>,
    /// Where it was spawned.
    pub place: &'static Location<'static>,
    /// The type of its future.
    pub type_name: &'static str,
    /// The size of its future, in bytes.
    pub size: usize,
    /// Where its future is pinned; 0 before the first poll.
    pub address: usize,
    /// How often it was polled.
    pub polls: u64,
    /// How long all polls took.
    pub busy: Duration,
    /// How long the longest poll took.
    pub longest: Duration,
    /// The time since the last poll, or since its spawn.
    pub idle: Duration,
    /// How often it was woken, and by whom.
    pub wakes: Wakes,
    /// Who woke it last.
    pub last_waker: Option<String>,
    /// In which state its future is. The runtime does not know; this is for tools that find it out, by the type and the address.
    pub state: Option<String>,
}

/// How often a task was woken. Wake-ups of a task that is to be polled anyway do not count, and nor does its spawn.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
#[non_exhaustive]
pub struct Wakes {
    /// While it was being polled.
    pub by_itself: u64,
    /// While another task was being polled.
    pub by_tasks: u64,
    /// While the future given to `run` was being polled.
    pub by_root: u64,
    /// By timers.
    pub by_timers: u64,
    /// By the reactor.
    pub by_io: u64,
    /// From other threads.
    pub by_threads: u64,
    /// On the thread of the executor, which was not running.
    pub from_outside: u64,
}

impl Wakes {
    /// All of them, with their names.
    pub fn named(&self) -> [(&'static str, u64); 7] {
        [
            ("itself", self.by_itself),
            ("tasks", self.by_tasks),
            ("root", self.by_root),
            ("timers", self.by_timers),
            ("io", self.by_io),
            ("threads", self.by_threads),
            ("outside", self.from_outside),
        ]
    }

    /// All of them.
    pub fn total(&self) -> u64 {
        self.named().iter().map(|(_, count)| count).sum()
    }
}

/// All tasks of an executor, in the order of their ids, and so of their spawns.
pub(crate) fn of(local: &Local) -> Vec<TaskInfo> {
    let now = Instant::now();
    let mut tasks = Vec::with_capacity(local.tasks.len());
    local.tasks.for_each(|task, name| tasks.push(info(name.cloned(), task.place, &task.stats.0.borrow(), now)));
    tasks.sort_unstable_by_key(|task| task.id);
    tasks
}

fn info(name: Option<String>, place: &'static Location<'static>, stats: &TaskStats, now: Instant) -> TaskInfo {
    let last_waker = stats.last_waker.map(|(cause, task)| match cause {
        Cause::Itself if task == stats.id => "itself".to_owned(),
        Cause::Itself => format!("task {task}"),
        Cause::Root => "the root future".to_owned(),
        Cause::Timer => "a timer".to_owned(),
        Cause::Io => "I/O".to_owned(),
        Cause::Thread => "another thread".to_owned(),
        Cause::Outside => "outside".to_owned(),
    });
    TaskInfo {
        id: stats.id,
        name,
        place,
        type_name: stats.type_name,
        size: stats.size,
        address: stats.address,
        polls: stats.polls,
        busy: stats.busy,
        longest: stats.longest,
        idle: now - stats.last_seen,
        wakes: stats.wakes,
        last_waker,
        state: None,
    }
}
