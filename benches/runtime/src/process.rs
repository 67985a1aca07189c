//! Running this program, and other programs, as processes of their own.

use std::process::{Command, Output};
use std::time::{Duration, Instant};

use crate::Result;
use crate::clock::Sample;
use crate::rt::Runtime;
use crate::workload::Workload;

/// What a process took.
#[derive(Clone, Copy, Debug)]
pub struct Cost {
    /// User and system time of the process and of all that it started and waited for.
    pub cpu: Duration,
    /// By the clock on the wall.
    pub wall: Duration,
}

/// The command that does the work once in a process of its own; add it to a tool's command line, or run it.
///
/// # Errors
///
/// If this program cannot be found on the disk any more.
pub fn myself(runtime: Runtime, workload: Workload, count: usize, warm: bool) -> Result<Vec<String>> {
    let program = std::env::current_exe()?;
    let program = program.to_str().ok_or("the path of this program is not Unicode")?.to_owned();
    let verb = if warm { "one" } else { "once" };
    Ok(vec![program, verb.into(), runtime.name().into(), workload.name().into(), count.to_string()])
}

/// Measures in a process of its own, because what one runtime leaves behind must not change what the next one costs.
///
/// # Errors
///
/// If the process fails, or prints something else than a measurement.
pub fn sample(runtime: Runtime, workload: Workload, count: usize) -> Result<Sample> {
    let words = myself(runtime, workload, count, true)?;
    let (output, _) = run(Command::new(&words[0]).args(&words[1..]))?;
    let text = String::from_utf8(output.stdout)?;
    read_sample(&text).ok_or_else(|| format!("`{}` printed no measurement:\n{text}", words.join(" ")).into())
}

/// What `one` prints, which is what [`sample`] reads.
pub fn write_sample(sample: Sample) -> String {
    format!("{:.2} ns wall, {:.2} ns cpu", sample.wall, sample.cpu)
}

fn read_sample(text: &str) -> Option<Sample> {
    let (wall, cpu) = text.trim().split_once(", ")?;
    Some(Sample { wall: wall.strip_suffix(" ns wall")?.parse().ok()?, cpu: cpu.strip_suffix(" ns cpu")?.parse().ok()? })
}

/// Runs a command to its end. Only one may run at a time: the kernel adds up the time of all children.
///
/// # Errors
///
/// If it cannot be started or fails; the error has what it wrote.
pub fn run(command: &mut Command) -> Result<(Output, Cost)> {
    let (cpu, start) = (children_cpu()?, Instant::now());
    let output = command.output().map_err(|error| format!("cannot run {command:?}: {error}"))?;
    let cost = Cost { wall: start.elapsed(), cpu: children_cpu()?.saturating_sub(cpu) };
    if output.status.success() {
        return Ok((output, cost));
    }
    let stderr = String::from_utf8_lossy(&output.stderr);
    Err(format!("{command:?} failed with {}:\n{stderr}", output.status).into())
}

fn children_cpu() -> Result<Duration> {
    let mut usage = std::mem::MaybeUninit::<libc::rusage>::uninit();
    // SAFETY: the pointer is valid for writes of one `rusage`, which is all that `getrusage` writes.
    let status = unsafe { libc::getrusage(libc::RUSAGE_CHILDREN, usage.as_mut_ptr()) };
    if status != 0 {
        return Err(std::io::Error::last_os_error().into());
    }
    // SAFETY: `getrusage` succeeded, so it has written the whole value.
    let usage = unsafe { usage.assume_init() };
    let duration = |time: libc::timeval| {
        Duration::from_secs(time.tv_sec.unsigned_abs()) + Duration::from_micros(time.tv_usec.unsigned_abs())
    };
    Ok(duration(usage.ru_utime) + duration(usage.ru_stime))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_written_can_be_read() {
        let sample = Sample { wall: 12.5, cpu: 3.25 };
        assert_eq!(read_sample(&write_sample(sample)), Some(sample));
        assert_eq!(read_sample("thread main panicked"), None);
    }

    #[test]
    fn a_failure_says_what_the_process_wrote() {
        let error = run(Command::new("sh").args(["-c", "echo broken >&2; exit 3"])).unwrap_err();
        assert!(error.to_string().contains("broken"), "{error}");
    }
}
