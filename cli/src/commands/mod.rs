//! One module for each command.

mod advice;
mod baseline;
mod check;
mod diff;
mod expand;
mod list;
mod predict;
mod report;
mod show;
mod source_lines;
mod tree;
mod why;

use std::io::{self, Write};
use std::process::ExitCode;

use anyhow::{Context, Result};
use clap::CommandFactory;
use pinsight_layout::Gap;
use serde_json::json;

use crate::arguments::{Cargo, Command, MessageFormat, Output, Pinsight};
use crate::error::{Failure, Usage};
use crate::load::find;
use crate::load::json;
use crate::load::{self, Loaded};

/// Prints to standard output at the end, so that a failure leaves nothing half printed.
pub(crate) fn print(text: &str) -> Result<()> {
    let mut out = anstream::stdout().lock();
    let end = if text.is_empty() || text.ends_with('\n') { "" } else { "\n" };
    out.write_all(text.as_bytes())
        .and_then(|()| out.write_all(end.as_bytes()))
        .and_then(|()| out.flush())
        .context(Failure::new("cannot print", "see whether there is room where standard output goes"))
}

/// Writes a file that the user asked for.
pub(crate) fn write_file(path: &std::path::Path, text: &str) -> Result<()> {
    std::fs::write(path, text).with_context(|| {
        Failure::new(format!("cannot write `{}`", path.display()), "choose a file that can be written")
    })
}

/// Says what was written where.
fn print_written(path: &std::path::Path, machines: usize, output: &Output) -> Result<()> {
    if output.message_format == MessageFormat::Json {
        let written = json!({ "format_version": json::FORMAT_VERSION, "path": path, "machines": machines });
        return print(&serde_json::to_string_pretty(&written)?);
    }
    print(&format!("{machines} machines: {}", path.display()))
}

pub(crate) fn run(pinsight: &Pinsight, color: &'static str) -> Result<ExitCode> {
    pinsight.check()?;
    let (input, output) = (&pinsight.input, &pinsight.output);
    if let Some(Command::Diff(arguments)) = &pinsight.command {
        return diff::run(arguments, input, output);
    }
    if let Some(Command::Predict(arguments)) = &pinsight.command {
        return predict::run(arguments, input, output, color);
    }
    let loaded = load::load(input, output, color)?;
    let code = run_on(&loaded, pinsight)?;
    if !output.quiet {
        print_gaps(&loaded.program.gaps, output.verbose)?;
    }
    Ok(code)
}

fn run_on(loaded: &Loaded, pinsight: &Pinsight) -> Result<ExitCode> {
    let output = &pinsight.output;
    match &pinsight.command {
        None => {
            misspelt_command(loaded, pinsight.list.pattern.as_deref())?;
            list::run(loaded, &pinsight.list, output)
        }
        Some(Command::List(arguments)) => list::run(loaded, arguments, output),
        Some(Command::Show(arguments)) => show::run(loaded, arguments, output),
        Some(Command::Tree(arguments)) => tree::run(loaded, arguments, output),
        Some(Command::Why(arguments)) => why::run(loaded, arguments, output),
        Some(Command::Advice(arguments)) => advice::run(loaded, arguments, output),
        Some(Command::Expand(arguments)) => expand::run(loaded, arguments, output),
        Some(Command::Check(arguments)) => check::run(loaded, arguments, output),
        Some(Command::Baseline(arguments)) => baseline::run(loaded, arguments, output),
        Some(Command::Report(arguments)) => report::run(loaded, arguments, output),
        Some(Command::Diff(_) | Command::Predict(_)) => unreachable!("handled above, because they build nothing"),
    }
}

/// Without a command, the first word is a pattern of `list`; one that no machine fits may have been meant as a command.
fn misspelt_command(loaded: &Loaded, pattern: Option<&str>) -> Result<()> {
    let Some(pattern) = pattern else { return Ok(()) };
    if loaded.machines().iter().any(|machine| find::matches_pattern(&machine.full_name().to_string(), pattern)) {
        return Ok(());
    }
    let command = Cargo::command();
    let names = command.get_subcommands().flat_map(clap::Command::get_subcommands).map(clap::Command::get_name);
    match names.min_by_key(|name| strsim::damerau_levenshtein(name, pattern)) {
        Some(name) if strsim::damerau_levenshtein(name, pattern) <= 2 => Err(Usage::error(
            format!("no machine fits `{pattern}`, and there is no such command"),
            format!("did you mean `cargo pinsight {name}`?"),
        )),
        _ => Ok(()),
    }
}

/// What was not understood goes to standard error: the report is not about it.
fn print_gaps(gaps: &[Gap], all: bool) -> Result<()> {
    let mut out = io::stderr().lock();
    if !gaps.is_empty() && !all {
        let s = if gaps.len() == 1 { "" } else { "s" };
        writeln!(out, "note: {} kind{s} of things not understood or missing: `-v` lists them", gaps.len())?;
        return Ok(());
    }
    for gap in gaps {
        writeln!(out, "note: {} ({} times)", gap.what, gap.count)?;
        if !gap.help.is_empty() {
            writeln!(out, "help: {}", gap.help)?;
        }
    }
    Ok(())
}
