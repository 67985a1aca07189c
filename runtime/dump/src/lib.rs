#![doc = include_str!("../README.md")]

mod json;
mod signal;
mod text;

pub use self::signal::dump_on_signal;

use pinsight_rt::LocalExecutor;
use pinsight_rt::trace::{self, TaskInfo};
use std::sync::OnceLock;

/// All tasks of an executor at one time. `{}` is a table.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub struct Dump {
    /// In the order of their ids, and so of their spawns.
    pub tasks: Vec<TaskInfo>,
}

impl Dump {
    /// All tasks of this executor.
    pub fn of(executor: &LocalExecutor) -> Self {
        Self::new(executor.tasks())
    }

    fn new(mut tasks: Vec<TaskInfo>) -> Self {
        if let Some(reader) = STATE_READER.get() {
            tasks.iter_mut().for_each(|task| task.state = reader(task));
        }
        Self { tasks }
    }

    /// The same as JSON: an object with `format_version` 1 and `tasks`. Times are in nanoseconds.
    pub fn to_json(&self) -> String {
        let mut json = String::from("{\"format_version\":1,\"tasks\":[");
        for (index, task) in self.tasks.iter().enumerate() {
            if index > 0 {
                json.push(',');
            }
            json::write_task(&mut json, task).expect("a `String` takes everything");
        }
        json.push_str("]}");
        json
    }
}

/// All tasks of the running executor.
///
/// # Panics
///
/// If no executor is running on this thread; see [`Dump::of`].
#[track_caller]
pub fn dump() -> Dump {
    Dump::new(trace::tasks())
}

static STATE_READER: OnceLock<fn(&TaskInfo) -> Option<String>> = OnceLock::new();

/// Says how to find out in which state a future is, given its type and its address. The future is not being polled meanwhile.
///
/// The first reader stays. Returns whether this is the first.
pub fn set_state_reader(reader: fn(&TaskInfo) -> Option<String>) -> bool {
    STATE_READER.set(reader).is_ok()
}
