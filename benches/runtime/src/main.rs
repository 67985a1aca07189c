//! The command that measures; see its `--help`.

mod cold;
mod counts;
mod flat;
mod options;
mod paired;

use std::process::{Command, ExitCode};

use pinsight_rt_benches::{Result, one, process};

use crate::options::Request;

fn main() -> ExitCode {
    match options::parse(std::env::args().skip(1)).and_then(answer) {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("error: {error}");
            ExitCode::FAILURE
        }
    }
}

fn answer(request: Request) -> Result<()> {
    match request {
        Request::Help => print!("{}", options::help()),
        Request::One { runtime, workload, count, warm } => {
            let sample = one::measure(runtime, workload, count, warm)?;
            println!("{}", process::write_sample(sample));
        }
        Request::Paired { rounds, workloads, runtimes } => print!("{}", paired::table(rounds, &workloads, &runtimes)?),
        Request::Flat { rounds } => print!("{}", flat::table(rounds)?),
        Request::Instructions(counted) => print!("{}", counts::table(&counted, counts::instructions)?),
        Request::Syscalls(counted) => print!("{}", counts::table(&counted, counts::syscalls)?),
        Request::Memory => memory()?,
        Request::Build { rounds } => print!("{}", cold::tables(rounds)?),
    }
    Ok(())
}

/// The heap is counted by a program of its own, lest the counting slow down what is timed here.
fn memory() -> Result<()> {
    let cargo = std::env::var_os("CARGO").unwrap_or("cargo".into());
    let manifest = concat!(env!("CARGO_MANIFEST_DIR"), "/Cargo.toml");
    let status =
        Command::new(cargo).args(["run", "--release", "-q", "--bin", "heap", "--manifest-path", manifest]).status()?;
    if status.success() { Ok(()) } else { Err(format!("the `heap` program ended with {status}").into()) }
}
