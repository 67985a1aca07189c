//! What can be counted exactly: instructions and system calls. Each count is the slope between two sizes, so that
//! starting and ending the process cancels out.

use std::process::Command;

use pinsight_rt_benches::rt::Runtime;
use pinsight_rt_benches::table::Table;
use pinsight_rt_benches::workload::{Part, Workload};
use pinsight_rt_benches::{Result, process};

use crate::options::Counted;

/// Counts something that the work does on the runtime, for each operation.
type Count = fn(Runtime, Workload) -> Result<f64>;

/// A table, or the bare number if only one is asked for.
pub(crate) fn table(counted: &Counted, count: Count) -> Result<String> {
    if let ([runtime], [workload]) = (&*counted.runtimes, &*counted.workloads) {
        if sizes(*workload).is_none() {
            return Err(format!("`{}` depends on time, so that nothing of it can be counted", workload.name()).into());
        }
        return Ok(format!("{:.2}\n", count(*runtime, *workload)?));
    }
    let names = counted.runtimes.iter().map(|runtime| runtime.name());
    let mut table = Table::new(["work"].into_iter().chain(names));
    let mut failures = String::new();
    for workload in counted.workloads.iter().filter(|work| sizes(**work).is_some()) {
        let mut row = vec![workload.name().to_owned()];
        for runtime in &counted.runtimes {
            eprint!("\r\x1b[K{}: {}", workload.name(), runtime.name());
            row.push(match workload.part(*runtime) {
                Part::None => "–".to_owned(),
                _ => count(*runtime, *workload).map_or_else(
                    |error| {
                        let first = error.to_string();
                        let first = first.lines().next().unwrap_or_default().to_owned();
                        failures += &format!("\n{} at {}: {first}\n", runtime.name(), workload.name());
                        "failed".to_owned()
                    },
                    |count| format!("{count:.2}"),
                ),
            });
        }
        table.push(row);
    }
    eprint!("\r\x1b[K");
    Ok(format!("{table}{failures}"))
}

/// Two sizes that differ enough; none where the count depends on time.
fn sizes(workload: Workload) -> Option<(usize, usize)> {
    match workload {
        Workload::CrossThread | Workload::Batches | Workload::SleepLateness => None,
        // Whole yields of each of a thousand tasks.
        Workload::ThousandYield => Some((20_000, 120_000)),
        // Whole round trips of each of 64 connections.
        Workload::TcpMany => Some((3_200, 12_800)),
        _ => Some((2_000, 12_000)),
    }
}

fn slope(workload: Workload, total: impl Fn(usize) -> Result<f64>) -> Result<f64> {
    let (small, large) = sizes(workload).ok_or("this work depends on time")?;
    Ok((total(large)? - total(small)?) / (large - small) as f64)
}

/// Instructions of all threads, by callgrind.
pub(crate) fn instructions(runtime: Runtime, workload: Workload) -> Result<f64> {
    slope(workload, |count| {
        let mut valgrind = Command::new("valgrind");
        valgrind.args(["--tool=callgrind", "--callgrind-out-file=/dev/null"]);
        let (output, _) = process::run(valgrind.args(process::myself(runtime, workload, count, false)?))?;
        let text = String::from_utf8_lossy(&output.stderr).into_owned();
        collected(&text).ok_or_else(|| format!("valgrind printed no count:\n{text}").into())
    })
}

fn collected(text: &str) -> Option<f64> {
    let line = text.lines().find(|line| line.contains("Collected :"))?;
    line.rsplit(' ').next()?.parse().ok()
}

/// System calls of all threads, by strace; those of the memory allocator are left out.
pub(crate) fn syscalls(runtime: Runtime, workload: Workload) -> Result<f64> {
    slope(workload, |count| {
        let mut strace = Command::new("strace");
        strace.args(["-f", "-c", "-U", "calls,name", "-e", "trace=!brk,mmap,munmap,mremap,madvise,mprotect"]);
        let (output, _) = process::run(strace.args(process::myself(runtime, workload, count, false)?))?;
        let text = String::from_utf8_lossy(&output.stderr).into_owned();
        total(&text).ok_or_else(|| format!("strace printed no total:\n{text}").into())
    })
}

fn total(text: &str) -> Option<f64> {
    let line = text.lines().find(|line| line.ends_with(" total"))?;
    line.split_whitespace().next()?.parse().ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reads_what_valgrind_prints() {
        assert_eq!(collected("==9== Events    : Ir\n==9== Collected : 123456\n==9==\n"), Some(123_456.0));
        assert_eq!(collected("valgrind: not found"), None);
    }

    #[test]
    fn reads_what_strace_prints() {
        let text = "    calls syscall\n--------- ----------------\n       12 write\n       15 read\n\
                    --------- ----------------\n       27 total\n";
        assert_eq!(total(text), Some(27.0));
    }

    #[test]
    fn the_slope_leaves_out_what_is_done_once() {
        let slope = slope(Workload::PingPong, |count| Ok(1e6 + 3.0 * count as f64)).unwrap();
        assert!((slope - 3.0).abs() < 1e-9);
    }
}
