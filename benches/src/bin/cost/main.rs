//! What pinsight costs to compile, side by side with pin-project, pin-project-lite and hand-written `unsafe`.
//!
//! Prints Markdown on stdout and its progress on stderr.

mod checks;
mod child;
mod cold;
mod kinds;
mod options;
mod passes;
mod scratch;

use std::process::ExitCode;

use options::{Part, Request};
use scratch::Scratch;

/// Any failure ends the run: a table with a hole in it would be quoted without the hole.
type Result<T> = std::result::Result<T, Box<dyn std::error::Error>>;

fn main() -> ExitCode {
    match run() {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("error: {error}");
            ExitCode::FAILURE
        }
    }
}

fn run() -> Result<()> {
    let options = match options::parse(std::env::args().skip(1))? {
        Request::Help => {
            print!("{}", options::HELP);
            return Ok(());
        }
        Request::Run(options) => options,
    };
    let scratch = Scratch::new(&options.kinds)?;
    println!("Compiler: `{}`.\n", child::compiler_version()?);
    for part in &options.parts {
        let section = match part {
            Part::Check => checks::measure(&scratch, &options)?,
            Part::Cold => cold::measure(&scratch, &options)?,
            Part::Passes => passes::measure(&scratch, &options)?,
        };
        print!("{section}");
    }
    Ok(())
}
