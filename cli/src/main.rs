//! `cargo pinsight`: the exact state machine of every future in a program, on stable Rust.

// One form for modules with files below them: `mod.rs`.
#![warn(clippy::self_named_module_files)]

mod advice;
mod arguments;
mod budget;
mod commands;
mod diff;
mod error;
mod load;
mod report;
mod terminal;
mod tree;

use std::io::{self, ErrorKind};
use std::process::ExitCode;

use clap::Parser;

use arguments::Cargo;
use error::Usage;
use load::rustc_wrapper;

fn main() -> ExitCode {
    if rustc_wrapper::is_wrapper() {
        return rustc_wrapper::run();
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
