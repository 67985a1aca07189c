//! A dump as text: a table, with a second line for each task.

use crate::Dump;
use pinsight_rt::trace::TaskInfo;
use std::fmt;
use std::time::Duration;

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
                task.wakes.iter().sum::<u64>(),
                task.last_waker.map_or_else(|| "-".to_owned(), |cause| cause.to_string()),
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
