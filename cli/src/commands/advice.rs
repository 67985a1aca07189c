//! `advice`: what would make machines smaller.

use std::fmt::Write;
use std::process::ExitCode;

use anstyle::{AnsiColor, Style};
use anyhow::Result;
use serde_json::json;

use super::print;
use crate::advice::{self, Advice};
use crate::arguments::{MessageFormat, OnePath, Output};
use crate::document;
use crate::program::Loaded;

pub(super) fn run(loaded: &Loaded, arguments: &OnePath, output: &Output) -> Result<ExitCode> {
    let machines = match &arguments.path {
        Some(path) => loaded.find(path)?,
        None => loaded.machines(),
    };
    let mut list: Vec<Advice> = machines.iter().flat_map(|machine| advice::of(machine)).collect();
    list.sort_by(|a, b| (b.saves, &a.machine, &a.slot).cmp(&(a.saves, &b.machine, &b.slot)));
    let text = if output.message_format == MessageFormat::Json {
        serde_json::to_string_pretty(&json!({ "format_version": document::FORMAT_VERSION, "advice": list }))?
    } else {
        human(&list, &loaded.root(), output.message_format == MessageFormat::Short)
    };
    print(&text)?;
    Ok(ExitCode::SUCCESS)
}

fn human(list: &[Advice], root: &str, short: bool) -> String {
    let bold = Style::new().bold();
    let saves = Style::new().bold().fg_color(Some(AnsiColor::Green.into()));
    let help = Style::new().bold().fg_color(Some(AnsiColor::Cyan.into()));
    let mut text = String::new();
    for advice in list {
        let place = advice.place.as_ref().map(ToString::to_string).unwrap_or_default();
        let place = place.strip_prefix(root).unwrap_or(&place);
        let Advice { machine, message, saves: bytes, .. } = advice;
        if short {
            let _ = writeln!(text, "{place}: saves {bytes} bytes: `{machine}`: {message}");
            continue;
        }
        let _ = writeln!(
            text,
            "{saves}saves {bytes} bytes{saves:#}{bold}: `{machine}`{bold:#}\n  --> {place}\n  {message}"
        );
        let _ = writeln!(text, "  {help}help{help:#}: {}\n", advice.help);
    }
    if list.is_empty() {
        text.push_str("nothing to advise: no change that is known here would save 16 bytes or more\n");
    }
    text
}
