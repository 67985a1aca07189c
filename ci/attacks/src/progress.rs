//! Says on stderr what is going on, and what it has cost.

use std::time::Instant;

pub(crate) struct Progress(Instant);

impl Progress {
    pub(crate) fn new() -> Self {
        Self(Instant::now())
    }

    pub(crate) fn say(&self, what: &str) {
        let cpu = processor_seconds().map(|seconds| format!(", {seconds} s of processor")).unwrap_or_default();
        eprintln!("attacks: {} s{cpu}: {what}", self.0.elapsed().as_secs());
    }
}

/// What this process and the compilers that it has started have used, where the system says so.
fn processor_seconds() -> Option<u64> {
    let stat = std::fs::read_to_string("/proc/self/stat").ok()?;
    // The name of the program is in parentheses, and may contain anything.
    let fields: Vec<&str> = stat.rsplit_once(')')?.1.split_whitespace().collect();
    // utime, stime, cutime and cstime, in hundredths of a second on Linux.
    let ticks: u64 = fields.get(11..15)?.iter().filter_map(|field| field.parse::<u64>().ok()).sum();
    Some(ticks / 100)
}
