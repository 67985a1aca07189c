//! `list`: the machines, a line each.

use std::cmp::Reverse;
use std::fmt::Write;
use std::process::ExitCode;

use anstyle::Style;
use anyhow::Result;
use pinsight_machine::views::Thousands;
use pinsight_machine::{Certainty, Machine};

use super::print;
use crate::arguments::{List, MessageFormat, Output, SortKey};
use crate::load::Loaded;
use crate::load::find;
use crate::load::json;

pub(super) fn run(loaded: &Loaded, arguments: &List, output: &Output) -> Result<ExitCode> {
    let mut machines = loaded.machines();
    let all = machines.len();
    machines.retain(|machine| machine.size.unwrap_or(0) >= arguments.min_size);
    if let Some(pattern) = &arguments.pattern {
        machines.retain(|machine| find::matches_pattern(&machine.full_name().to_string(), pattern));
    }
    machines.sort_by(|a, b| (&a.path, &a.id).cmp(&(&b.path, &b.id)));
    match arguments.sort {
        SortKey::Size => machines.sort_by_key(|machine| Reverse(machine.size)),
        SortKey::States => machines.sort_by_key(|machine| Reverse(machine.states.len())),
        SortKey::Name => {}
        SortKey::Location => machines.sort_by_key(|machine| machine.location.clone()),
    }
    let found = machines.len();
    machines.truncate(arguments.top.unwrap_or(usize::MAX));
    let text = match output.message_format {
        MessageFormat::Json => json::print(&machines, &loaded.program.gaps)?,
        MessageFormat::Human | MessageFormat::Github | MessageFormat::Sarif => {
            if machines.is_empty() {
                nothing(loaded, all)
            } else {
                table(&machines, &loaded.root(), found)
            }
        }
        MessageFormat::Short => machines.iter().fold(String::new(), |mut text, machine| {
            let _ =
                writeln!(text, "{} {}", machine.size.map_or("?".into(), |size| size.to_string()), machine.full_name());
            text
        }),
    };
    print(&text)?;
    Ok(ExitCode::SUCCESS)
}

/// Whether a state holds a reference into itself.
fn self_reference(machine: &Machine) -> &'static str {
    match machine.self_reference() {
        Some(Certainty::Certain) => "yes",
        Some(Certainty::Possible) => "may",
        None => "",
    }
}

/// Why there is nothing to list, and what would bring something.
fn nothing(loaded: &Loaded, all: usize) -> String {
    let others = loaded.program.machines.len();
    if all > 0 {
        format!("no machines that fit\nhelp: there are {all} without `--min-size`, `--top` and a pattern\n")
    } else if others > 0 {
        format!("no machines of the workspace\nhelp: `--all` lists {others} of dependencies\n")
    } else {
        "no machines\nhelp: a generic `async fn` is compiled where it is used: choose a binary, an example or a test that uses it\n"
            .to_owned()
    }
}

fn table(machines: &[&Machine], root: &str, found: usize) -> String {
    let bold = Style::new().bold();
    let dim = Style::new().dimmed();
    let mut text = String::new();
    let _ = writeln!(text, "{bold}{:>9}  {:>6}  {:>4}  {:<13}  name{bold:#}", "bytes", "states", "self", "kind");
    for machine in machines {
        let size = machine.size.map_or("?".to_owned(), |size| Thousands(size).to_string());
        let (states, itself, kind) = (machine.states.len(), self_reference(machine), machine.kind);
        let _ = writeln!(
            text,
            "{size:>9}  {states:>6}  {itself:>4}  {kind:<13}  {} {dim}{}{dim:#}",
            machine.short_name(),
            machine.location.as_ref().map_or(String::new(), |location| location.shown(root).to_string())
        );
    }
    if found > machines.len() {
        let _ = writeln!(text, "{dim}and {} more{dim:#}", found - machines.len());
    }
    text
}
