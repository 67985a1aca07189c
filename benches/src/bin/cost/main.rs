//! What pinsight costs to compile, side by side with pin-project, pin-project-lite and hand-written `unsafe`.
//!
//! Prints Markdown on stdout and its progress on stderr.

mod checks;
mod child;
mod cold;
mod counted;
mod counts;
mod goals;
mod kinds;
mod library;
mod options;
mod parts;
mod passes;
mod scratch;
mod shapes;
mod source;

use std::process::ExitCode;

use options::{Request, Section};
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
    let scratch = Scratch::new(&options.kinds, &options.pinsight)?;
    println!("Compiler: `{}`.\n", child::compiler_version(scratch.rustc())?);
    for section in &options.sections {
        let text = match section {
            Section::Counts => counts::measure(&scratch, &options)?,
            Section::Parts => parts::measure(&scratch, &options)?,
            Section::Check => checks::measure(&scratch, &options)?,
            Section::Cold => cold::measure(&scratch, &options)?,
            Section::Passes => passes::measure(&scratch, &options)?,
        };
        print!("{text}");
    }
    Ok(())
}
