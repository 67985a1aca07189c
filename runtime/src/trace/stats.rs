//! What is known of a task.

use std::any::type_name;
use std::cell::RefCell;
use std::fmt;
use std::panic::Location;
use std::sync::atomic::{AtomicU64, Ordering};
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
    /// The end of the last poll; before the first one, the spawn.
    pub(super) last_seen: Instant,
    /// How often it was woken, by [`Cause::NAMES`]. Wake-ups of a task that is to be polled anyway do not count, and nor does its spawn.
    pub wakes: [u64; Cause::NAMES.len()],
    /// Who woke it last.
    pub last_waker: Option<Cause>,
    /// In which state its future is. The runtime does not know; this is for tools that find it out, by the type and the address.
    pub state: Option<String>,
}

/// Who has woken a task.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
#[non_exhaustive]
pub enum Cause {
    /// The task, while it was being polled.
    Itself,
    /// Another task, with this id, while that was being polled.
    Task(u64),
    /// The future given to `run`, while it was being polled.
    Root,
    /// A timer.
    Timer,
    /// The reactor.
    Io,
    /// Another thread.
    Thread,
    /// Code on the thread of the executor, which was not running.
    #[default]
    Outside,
}

impl Cause {
    /// What each is counted under.
    pub const NAMES: [&'static str; 7] = ["itself", "tasks", "root", "timers", "io", "threads", "outside"];

    /// The index of its name.
    pub fn index(self) -> usize {
        match self {
            Self::Itself => 0,
            Self::Task(_) => 1,
            Self::Root => 2,
            Self::Timer => 3,
            Self::Io => 4,
            Self::Thread => 5,
            Self::Outside => 6,
        }
    }
}

impl fmt::Display for Cause {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let names = ["itself", "task", "the root future", "a timer", "I/O", "another thread", "outside"];
        f.write_str(names[self.index()])?;
        if let Self::Task(id) = self { write!(f, " {id}") } else { Ok(()) }
    }
}

/// What is known of a task, in the task; without its name, which is kept elsewhere.
pub(crate) struct Stats(pub(super) RefCell<TaskInfo>);

impl Stats {
    pub(crate) fn new<F>(place: &'static Location<'static>) -> Self {
        static LAST_ID: AtomicU64 = AtomicU64::new(0);
        Self(RefCell::new(TaskInfo {
            id: LAST_ID.fetch_add(1, Ordering::Relaxed) + 1,
            name: None,
            place,
            type_name: type_name::<F>(),
            size: size_of::<F>(),
            address: 0,
            polls: 0,
            busy: Duration::ZERO,
            longest: Duration::ZERO,
            idle: Duration::ZERO,
            last_seen: Instant::now(),
            wakes: Default::default(),
            last_waker: None,
            state: None,
        }))
    }

    /// Where its future is pinned.
    pub(crate) fn note_address(&self, address: usize) {
        self.0.borrow_mut().address = address;
    }
}
