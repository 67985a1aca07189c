//! `diff`: two programs, or one at two times.

use std::fmt::Write;
use std::process::ExitCode;

use anstyle::{AnsiColor, Style};
use anyhow::Result;
use pinsight_machine::Machine;
use serde_json::json;

use super::print;
use crate::arguments::{Diff, Input, MessageFormat, Output};
use crate::changes::{self, Change};
use crate::document::FORMAT_VERSION;
use crate::program;

pub(super) fn run(arguments: &Diff, input: &Input, output: &Output) -> Result<ExitCode> {
    let old = program::read_file(&arguments.old, input, output)?;
    let new = program::read_file(&arguments.new, input, output)?;
    let changes = changes::between(&old.machines, &new.machines);
    let text = match output.message_format {
        MessageFormat::Json => {
            let list: Vec<_> = changes.iter().map(json).collect();
            serde_json::to_string_pretty(&json!({ "format_version": FORMAT_VERSION, "changes": list }))?
        }
        MessageFormat::Short => changes.iter().fold(String::new(), |mut text, change| {
            let _ = writeln!(text, "{:+} {}", change.growth(), change.name());
            text
        }),
        _ => human(&changes, output.verbose),
    };
    print(&text)?;
    Ok(ExitCode::SUCCESS)
}

fn size(machine: Option<&Machine>) -> String {
    machine.and_then(|machine| machine.size).map_or("-".into(), |size| size.to_string())
}

fn human(changes: &[Change<'_>], verbose: bool) -> String {
    let mut text = String::new();
    let (mut grown, mut shrunk) = (0, 0);
    for change in changes {
        let growth = change.growth();
        if growth > 0 {
            grown += growth
        } else {
            shrunk += growth
        }
        let color = if growth > 0 { AnsiColor::Red } else { AnsiColor::Green };
        let style = Style::new().fg_color(Some(color.into()));
        let word = match (change.old, change.new) {
            (None, _) => "new",
            (_, None) => "gone",
            _ if growth == 0 => "changed",
            _ => "",
        };
        let (old, new, name) = (size(change.old), size(change.new), change.name());
        let _ = writeln!(text, "{style}{growth:>+8}{style:#}  {old:>7} -> {new:<7} {word:<8}{name}");
        if verbose {
            for line in change.details() {
                let _ = writeln!(text, "            {line}");
            }
        }
    }
    if changes.is_empty() {
        text.push_str("no machine has changed\n");
    } else {
        let _ = writeln!(text, "{} machines have changed: {grown:+} bytes, {shrunk:+} bytes", changes.len());
    }
    text
}

fn json(change: &Change<'_>) -> serde_json::Value {
    let of = |machine: Option<&Machine>| machine.map(|machine| json!({ "id": machine.id, "size": machine.size }));
    json!({ "name": change.name(), "old": of(change.old), "new": of(change.new), "growth": change.growth(), "details": change.details() })
}
