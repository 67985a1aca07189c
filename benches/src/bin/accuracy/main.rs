//! How well a machine is predicted from its source, measured against the machines that the compiler made of packages from
//! crates.io. `ci/accuracy.sh` builds those and runs this.
//!
//! `accuracy --corpus DIR [--package NAME] [--as-written] [--misses [KIND] | --show TEXT]` prints Markdown; or each miss in a line; or, of the
//! bodies whose path or `file:line` has the text in it, both sides.

mod compare;
#[cfg(test)]
mod compare_tests;
mod configured;
mod exact;
mod facts;
mod join;
mod locals;
mod misses;
mod predicted;
mod references;
mod report;
mod shape;
mod show;
mod tally;
mod written;

use std::io::Write;
use std::path::PathBuf;
use std::process::ExitCode;

type Result<T> = std::result::Result<T, Box<dyn std::error::Error>>;

const USAGE: &str = "Usage: accuracy --corpus DIR [--package NAME] [--as-written] [--misses [KIND] | --show TEXT]";

/// What was asked for.
#[derive(Default)]
struct Arguments {
    corpus: Option<PathBuf>,
    package: Option<String>,
    /// Of all kinds if that is empty.
    misses: Option<String>,
    show: Option<String>,
    /// Predict what `#[cfg]` removes too, as a macro sees it.
    as_written: bool,
}

fn main() -> ExitCode {
    match arguments().and_then(|arguments| run(&arguments)) {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("error: {error}");
            ExitCode::FAILURE
        }
    }
}

fn arguments() -> Result<Arguments> {
    let mut result = Arguments::default();
    let mut arguments = std::env::args().skip(1).peekable();
    while let Some(argument) = arguments.next() {
        match &*argument {
            "--corpus" => result.corpus = arguments.next().map(Into::into),
            "--package" | "-p" => result.package = arguments.next(),
            "--as-written" => result.as_written = true,
            "--show" => result.show = arguments.next(),
            "--misses" => {
                result.misses = Some(arguments.next_if(|kind| !kind.starts_with('-')).unwrap_or_default());
            }
            _ => return Err(USAGE.into()),
        }
    }
    Ok(result)
}

fn run(arguments: &Arguments) -> Result<()> {
    let corpus = arguments.corpus.as_ref().ok_or(USAGE)?;
    let mut outcomes = Vec::new();
    for package in exact::packages(corpus)? {
        if arguments.package.as_ref().is_some_and(|name| *name != package.name) {
            continue;
        }
        let files = predicted::files(&package, arguments.as_written)?;
        for (path, file) in &files {
            if let Some(error) = &file.error {
                eprintln!("accuracy: {} {path}: {error}", package.name);
            }
        }
        if let Some(text) = &arguments.show {
            show::bodies(&package, &files, text);
            continue;
        }
        let outcome = compare::package(&package, &files);
        if let Some(kind) = &arguments.misses {
            for miss in outcome.misses.iter().filter(|miss| kind.is_empty() || miss.kind == kind) {
                let line = files.get(&miss.file).and_then(|file| file.lines.get(miss.line as usize - 1));
                // Whoever reads it may have seen enough.
                let _ = writeln!(std::io::stdout(), "{miss}\t{}", line.map_or("", |line| line.trim()));
            }
        }
        outcomes.push((package, outcome.tally));
    }
    if arguments.misses.is_none() && arguments.show.is_none() {
        // Whoever reads it may have seen enough.
        let _ = report::write(&outcomes, &mut std::io::stdout());
    }
    Ok(())
}
