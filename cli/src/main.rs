//! `cargo pinsight`: the exact state machine of every future in a program, on stable Rust.

mod advice;
mod arguments;
mod budget;
mod build;
mod commands;
mod diff;
mod document;
mod metadata;
mod program;
mod report;
mod selection;
mod terminal;
mod tree;
mod wrapper;

use std::fmt;
use std::io::{self, ErrorKind};
use std::process::ExitCode;

use clap::Parser;

use arguments::Cargo;

/// A mistake in what was asked for; everything else that goes wrong is a failure of the build or of a tool.
#[derive(Debug)]
pub(crate) struct Usage {
    message: String,
    help: String,
}

impl Usage {
    pub(crate) fn error(message: String, help: String) -> anyhow::Error {
        Usage { message, help }.into()
    }
}

impl fmt::Display for Usage {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}\nhelp: {}", self.message, self.help)
    }
}

impl std::error::Error for Usage {}

fn main() -> ExitCode {
    if wrapper::is_wrapper() {
        return wrapper::run();
    }
    let Cargo::Pinsight(pinsight) = Cargo::parse();
    let color = terminal::decide_color(pinsight.output.color);
    match commands::run(&pinsight, color) {
        Ok(code) => code,
        Err(error) if is_closed_pipe(&error) => ExitCode::SUCCESS,
        Err(error) => {
            terminal::print_error(&error);
            ExitCode::from(if error.is::<Usage>() { 2 } else { 101 })
        }
    }
}

/// Whoever read the output has seen enough.
fn is_closed_pipe(error: &anyhow::Error) -> bool {
    error
        .chain()
        .any(|cause| cause.downcast_ref::<io::Error>().is_some_and(|error| error.kind() == ErrorKind::BrokenPipe))
}
