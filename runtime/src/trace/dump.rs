//! What is known of all tasks, as text and as JSON.

use super::{Cause, Known, STATE_READER};
use crate::local::Local;
use std::fmt::{self, Write};
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
    /// In which state its future is, if there is a [reader](super::set_state_reader).
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
    fn named(&self) -> [(&'static str, u64); 7] {
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

/// All tasks of an executor at one time. `{}` is a table.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub struct Dump {
    /// In the order of their ids, and so of their spawns.
    pub tasks: Vec<TaskInfo>,
}

impl Dump {
    pub(crate) fn of(local: &Local) -> Self {
        let now = Instant::now();
        let mut tasks = Vec::new();
        local.tasks.for_each(|task, name| tasks.push(info(name.cloned(), task.place, &task.stats.0.borrow(), now)));
        tasks.sort_unstable_by_key(|task| task.id);
        // Foreign code, so not while tasks are borrowed.
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
            task.write_json(&mut json).expect("a `String` takes everything");
        }
        json.push_str("]}");
        json
    }
}

fn info(name: Option<String>, place: &'static Location<'static>, stats: &Known, now: Instant) -> TaskInfo {
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

impl TaskInfo {
    fn write_json(&self, json: &mut String) -> fmt::Result {
        write!(json, "{{\"id\":{},\"name\":", self.id)?;
        write_json_text(json, self.name.as_deref())?;
        json.push_str(",\"place\":");
        write_json_text(json, Some(&self.place.to_string()))?;
        json.push_str(",\"type\":");
        write_json_text(json, Some(self.type_name))?;
        write!(json, ",\"size\":{},\"address\":{},\"polls\":{}", self.size, self.address, self.polls)?;
        let times = [("busy", self.busy), ("longest", self.longest), ("idle", self.idle)];
        for (name, time) in times {
            write!(json, ",\"{name}_ns\":{}", time.as_nanos())?;
        }
        json.push_str(",\"wakes\":{");
        for (index, (name, count)) in self.wakes.named().into_iter().enumerate() {
            let comma = if index > 0 { "," } else { "" };
            write!(json, "{comma}\"{name}\":{count}")?;
        }
        json.push_str("},\"last_waker\":");
        write_json_text(json, self.last_waker.as_deref())?;
        json.push_str(",\"state\":");
        write_json_text(json, self.state.as_deref())?;
        json.push('}');
        Ok(())
    }
}

fn write_json_text(json: &mut String, text: Option<&str>) -> fmt::Result {
    let Some(text) = text else { return json.write_str("null") };
    json.push('"');
    for character in text.chars() {
        match character {
            '"' | '\\' => write!(json, "\\{character}")?,
            control if control < ' ' => write!(json, "\\u{:04x}", control as u32)?,
            other => json.push(other),
        }
    }
    json.push('"');
    Ok(())
}

impl fmt::Display for Dump {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let count = self.tasks.len();
        writeln!(f, "{count} {}", if count == 1 { "task" } else { "tasks" })?;
        // Escaped, because a name may come from outside, and this goes to a terminal.
        let name = |task: &TaskInfo| task.name.as_deref().unwrap_or("-").escape_debug().to_string();
        let width = self.tasks.iter().map(|task| name(task).chars().count()).fold(20, usize::max);
        writeln!(
            f,
            "{:>5}  {:<width$} {:>8} {:>10} {:>10} {:>10} {:>7}  last woken by",
            "id", "name", "polls", "busy", "longest", "idle", "wakes"
        )?;
        for task in &self.tasks {
            let place = task.place.to_string();
            writeln!(
                f,
                "{:>5}  {:<width$} {:>8} {:>10} {:>10} {:>10} {:>7}  {}",
                task.id,
                name(task),
                task.polls,
                Short(task.busy).to_string(),
                Short(task.longest).to_string(),
                Short(task.idle).to_string(),
                task.wakes.total(),
                task.last_waker.as_deref().unwrap_or("-"),
            )?;
            write!(f, "       {}, {} bytes, spawned at {place}", task.type_name, task.size)?;
            match &task.state {
                Some(state) => writeln!(f, ", {state}")?,
                None => writeln!(f)?,
            }
        }
        Ok(())
    }
}

/// A duration in at most nine characters.
struct Short(Duration);

impl fmt::Display for Short {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let nanoseconds = self.0.as_nanos();
        match nanoseconds {
            0..1_000 => write!(f, "{nanoseconds} ns"),
            1_000..1_000_000 => write!(f, "{:.1} us", nanoseconds as f64 / 1e3),
            1_000_000..1_000_000_000 => write!(f, "{:.1} ms", nanoseconds as f64 / 1e6),
            _ => write!(f, "{:.1} s", self.0.as_secs_f64()),
        }
    }
}
