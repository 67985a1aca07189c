//! What `predict` prints.

use std::fmt::Write;
use std::path::Path;

use anyhow::Result;
use pinsight_machine::views::{MarkdownOptions, MermaidOptions, SvgOptions, TextOptions};
use pinsight_machine::{Certainty, Machine, Role, Slot};

use super::Sources;
use crate::arguments::{MessageFormat, Output, Predict};
use crate::commands::{self, source_lines, write_file};
use crate::error::Usage;
use crate::load::json;
use crate::terminal;

pub(super) fn print(machines: &[&Machine], sources: &Sources, arguments: &Predict, output: &Output) -> Result<()> {
    if let Some(path) = &arguments.svg {
        return svg(machines, sources, path);
    }
    if output.message_format == MessageFormat::Json {
        return commands::print(&json::print(machines, &[])?);
    }
    if machines.is_empty() {
        let help = "only async functions, blocks and closures are lowered to machines";
        return commands::print(&format!("no machines in {}\nhelp: {help}\n", sources.title));
    }
    let is_short = output.message_format == MessageFormat::Short;
    let text = match is_short && !arguments.markdown && !arguments.mermaid {
        true => machines.iter().map(|machine| short(machine, &sources.root)).collect::<Vec<_>>().concat(),
        false => {
            let whole = |machine: &&Machine| whole(machine, sources, arguments);
            machines.iter().map(whole).collect::<Vec<_>>().join("\n")
        }
    };
    commands::print(&text)
}

/// A picture has one machine; its children are pictures of their own.
fn svg(machines: &[&Machine], sources: &Sources, path: &Path) -> Result<()> {
    let is_below = |machine: &&Machine| {
        machines.first().is_some_and(|first| {
            machine.path == first.path
                || machine.path.strip_prefix(&*first.path).is_some_and(|rest| rest.starts_with("::{"))
        })
    };
    let Some(machine) = machines.first() else {
        let help = "only async functions, blocks and closures are lowered to machines";
        return Err(Usage::error(format!("there is no machine to draw in {}", sources.title), help));
    };
    if !machines.iter().all(is_below) {
        let list: Vec<String> = machines.iter().take(20).map(|machine| format!("  {}", machine.path)).collect();
        let more = if machines.len() > 20 { format!("\n  and {} more", machines.len() - 20) } else { String::new() };
        let message = format!("`--svg` draws one machine, and there are {}", machines.len());
        return Err(Usage::error(message, format!("choose one with `FILE::PATH`:\n{}{more}", list.join("\n"))));
    }
    write_file(path, &machine.to_svg(&SvgOptions { root: &sources.root, ..SvgOptions::default() }).to_string())
}

fn whole(machine: &Machine, sources: &Sources, arguments: &Predict) -> String {
    let (root, color, full_types) = (&*sources.root, terminal::has_color(), arguments.full_types);
    if arguments.markdown {
        return machine.to_markdown(&MarkdownOptions { root, full_types, ..MarkdownOptions::default() }).to_string();
    }
    if arguments.mermaid {
        return machine.to_mermaid(&MermaidOptions { root, ..MermaidOptions::default() }).to_string();
    }
    let text = machine.to_text(&TextOptions { color, width: terminal::width(), full_types, root }).to_string();
    text + &source_lines::quote(machine, root, color)
}

/// `src/main.rs:7:10: async fn process_data: 1 suspend point, stores up to 2 values, points into itself`
fn short(machine: &Machine, root: &str) -> String {
    let mut text = String::new();
    if let Some(location) = &machine.location {
        let _ = write!(text, "{}: ", location.shown(root));
    }
    let count = machine.suspend_states().count();
    let _ = write!(text, "{} {}: {}", machine.kind, machine.full_name(), plural(count, "suspend point"));
    let of_body = |role| matches!(role, Role::Local | Role::Temporary);
    let kept = |maybe: bool| {
        let in_state = machine.suspend_states().map(|state| {
            let of_kind = |slot: &&Slot| slot.is_maybe() == maybe;
            state.slots.iter().filter(|slot| of_body(slot.role)).filter(of_kind).count()
        });
        in_state.max().unwrap_or(0)
    };
    let (surely, maybe) = (kept(false), kept(true));
    if surely > 0 {
        let _ = write!(text, ", stores up to {}", plural(surely, "value"));
    }
    if maybe > 0 {
        let _ = write!(text, ", maybe up to {maybe}{}", if surely > 0 { " more" } else { "" });
    }
    match machine.self_reference() {
        Some(Certainty::Certain) => text += ", points into itself",
        Some(Certainty::Possible) => text += ", may point into itself",
        None => {}
    }
    if !machine.remarks.is_empty() {
        let _ = write!(text, ", {}", plural(machine.remarks.len(), "remark"));
    }
    text + "\n"
}

fn plural(count: usize, what: &str) -> String {
    format!("{count} {what}{}", if count == 1 { "" } else { "s" })
}
