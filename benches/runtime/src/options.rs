//! The command line.

use pinsight_rt_benches::Result;
use pinsight_rt_benches::rt::Runtime;
use pinsight_rt_benches::workload::Workload;

#[derive(Debug, PartialEq)]
pub(crate) enum Request {
    Help,
    /// In this process.
    One {
        runtime: Runtime,
        workload: Workload,
        count: usize,
        warm: bool,
    },
    Paired {
        rounds: usize,
        workloads: Vec<Workload>,
        runtimes: Vec<Runtime>,
    },
    Flat {
        rounds: usize,
    },
    Instructions(Counted),
    Syscalls(Counted),
    Memory,
    Build {
        rounds: usize,
    },
}

/// What is counted exactly: everything that is asked for, and for a single cell the bare number.
#[derive(Debug, PartialEq)]
pub(crate) struct Counted {
    pub(crate) runtimes: Vec<Runtime>,
    pub(crate) workloads: Vec<Workload>,
}

pub(crate) fn help() -> String {
    let runtimes: String =
        Runtime::ALL.iter().map(|runtime| format!("  {:<18} {}\n", runtime.name(), runtime.what())).collect();
    let workloads: String = Workload::ALL
        .iter()
        .map(|work| format!("  {:<18} {:>9} {}\n", work.name(), work.count(), work.what()))
        .collect();
    format!(
        "\
Measures pinsight-rt and its peers at the same work, and prints the tables as Markdown

Usage: cargo run --release --manifest-path benches/runtime/Cargo.toml -- <COMMAND>

Commands:
  paired <ROUNDS> [WORKLOAD,...] [RUNTIME,...]
                      Time, interleaved, a process for each sample; both lists default to all
  flat <ROUNDS>       Time of a task when 1,000 to 1,000,000 are alive at once
  instructions [WORKLOAD,...] [RUNTIME,...]
                      Instructions of an operation, counted by valgrind; a bare number for one of each
  syscalls [WORKLOAD,...] [RUNTIME,...]
                      System calls of an operation, counted by strace; a bare number for one of each
  memory              Heap memory of a task that waits
  build <ROUNDS>      Dependency tree and cold build of a program that uses the runtime
  one <RUNTIME> <WORKLOAD> [COUNT]
                      One measurement in this process, a tenth of the work being done before it
  once <RUNTIME> <WORKLOAD> [COUNT]
                      The same without anything before it, for profilers
  help                Print help

Runtimes:
{runtimes}
Workloads, and how often they are done unless told otherwise:
{workloads}"
    )
}

pub(crate) fn parse(arguments: impl Iterator<Item = String>) -> Result<Request> {
    let words: Vec<String> = arguments.collect();
    let words: Vec<&str> = words.iter().map(String::as_str).collect();
    let Some((command, rest)) = words.split_first() else {
        return Err("no command; see `--help`".into());
    };
    if words.iter().any(|word| matches!(*word, "-h" | "--help")) {
        return Ok(Request::Help);
    }
    match *command {
        "help" => Ok(Request::Help),
        "one" | "once" => match rest {
            [runtime, workload, count @ ..] if count.len() <= 1 => {
                let (runtime, workload) = (one_runtime(runtime)?, one_workload(workload)?);
                let count = count.first().map_or(Ok(workload.count()), |count| positive(count))?;
                Ok(Request::One { runtime, workload, count, warm: *command == "one" })
            }
            _ => Err(format!("usage: `{command} <RUNTIME> <WORKLOAD> [COUNT]`; see `--help`").into()),
        },
        "paired" => match rest {
            [rounds, lists @ ..] => {
                let (workloads, runtimes) = lists_of(lists)?;
                Ok(Request::Paired { rounds: positive(rounds)?, workloads, runtimes })
            }
            [] => Err("usage: `paired <ROUNDS> [WORKLOAD,...] [RUNTIME,...]`; see `--help`".into()),
        },
        "flat" | "build" => match rest {
            [rounds] if *command == "flat" => Ok(Request::Flat { rounds: positive(rounds)? }),
            [rounds] => Ok(Request::Build { rounds: positive(rounds)? }),
            _ => Err(format!("usage: `{command} <ROUNDS>`; see `--help`").into()),
        },
        "instructions" => counted(rest).map(Request::Instructions),
        "syscalls" => counted(rest).map(Request::Syscalls),
        "memory" if rest.is_empty() => Ok(Request::Memory),
        "memory" => Err(format!("unexpected argument `{}`: `memory` takes none", rest[0]).into()),
        other => Err(format!("no command is named `{other}`; see `--help`").into()),
    }
}

fn counted(lists: &[&str]) -> Result<Counted> {
    let (workloads, runtimes) = lists_of(lists)?;
    Ok(Counted { runtimes, workloads })
}

fn lists_of(words: &[&str]) -> Result<(Vec<Workload>, Vec<Runtime>)> {
    match words {
        [] => Ok((Workload::ALL.to_vec(), Runtime::ALL.to_vec())),
        [workloads] => Ok((list(workloads, one_workload)?, Runtime::ALL.to_vec())),
        [workloads, runtimes] => Ok((list(workloads, one_workload)?, list(runtimes, one_runtime)?)),
        [_, _, more, ..] => Err(format!("unexpected argument `{more}`; see `--help`").into()),
    }
}

fn list<T: Copy + PartialEq>(text: &str, one: impl Fn(&str) -> Result<T>) -> Result<Vec<T>> {
    text.split(',').map(|word| one(word.trim())).collect()
}

fn positive(text: &str) -> Result<usize> {
    match text.replace('_', "").parse() {
        Ok(number) if number > 0 => Ok(number),
        _ => Err(format!("expected a number above zero, found `{text}`").into()),
    }
}

fn one_runtime(name: &str) -> Result<Runtime> {
    let found = Runtime::ALL.into_iter().find(|runtime| runtime.name() == name);
    found.ok_or_else(|| format!("no runtime is named `{name}`; see `--help`").into())
}

fn one_workload(name: &str) -> Result<Workload> {
    let found = Workload::ALL.into_iter().find(|workload| workload.name() == name);
    found.ok_or_else(|| format!("no workload is named `{name}`; see `--help`").into())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn request(line: &str) -> Result<Request> {
        parse(line.split_whitespace().map(str::to_owned))
    }

    #[test]
    fn reads_every_command() {
        let one = Request::One { runtime: Runtime::Tokio, workload: Workload::TcpOne, count: 50, warm: true };
        assert_eq!(request("one tokio tcp-1 50").unwrap(), one);
        let paired = Request::Paired {
            rounds: 7,
            workloads: vec![Workload::PingPong, Workload::RunReady],
            runtimes: vec![Runtime::Smol],
        };
        assert_eq!(request("paired 7 ping-pong,run-ready smol").unwrap(), paired);
        assert_eq!(request("flat 3").unwrap(), Request::Flat { rounds: 3 });
        assert_eq!(request("paired 7 --help").unwrap(), Request::Help);
        assert!(matches!(request("instructions").unwrap(), Request::Instructions(all) if all.runtimes.len() == 13));
    }

    #[test]
    fn refuses_what_it_does_not_know() {
        let wrong = ["", "pairde", "paired", "paired 0", "paired x", "paired 7 x", "paired 7 ping-pong x", "one tokio"];
        for line in wrong.into_iter().chain(["one tokio tcp-1 5 6", "memory all", "build", "syscalls ping-pong smol x"])
        {
            assert!(request(line).is_err(), "{line}");
        }
    }
}
