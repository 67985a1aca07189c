//! `show`: one machine whole.

use std::process::ExitCode;

use anyhow::Result;
use pinsight_machine::views::{MarkdownOptions, MermaidOptions, SvgOptions, TextOptions};

use super::{print, source_lines, write_file};
use crate::arguments::{MessageFormat, Output, Show};
use crate::load::Loaded;
use crate::load::json;
use crate::terminal;

pub(super) fn run(loaded: &Loaded, arguments: &Show, output: &Output) -> Result<ExitCode> {
    let machines = loaded.find(&arguments.path)?;
    let root = loaded.root();
    if let Some(path) = &arguments.svg {
        // The largest of several instances.
        if let Some(machine) = machines.iter().max_by_key(|machine| machine.size) {
            write_file(path, &machine.to_svg(&SvgOptions { root: &root, ..SvgOptions::default() }).to_string())?;
        }
        return Ok(ExitCode::SUCCESS);
    }
    if output.message_format == MessageFormat::Json {
        print(&json::print(&machines, &[])?)?;
        return Ok(ExitCode::SUCCESS);
    }
    let color = terminal::has_color();
    let mut text = String::new();
    for machine in machines {
        if !text.is_empty() {
            text.push('\n');
        }
        if arguments.markdown {
            text += &machine.to_markdown(&MarkdownOptions { root: &root, ..MarkdownOptions::default() }).to_string();
        } else if arguments.mermaid {
            text += &machine.to_mermaid(&MermaidOptions { root: &root, ..MermaidOptions::default() }).to_string();
        } else {
            let full_types = arguments.full_types;
            let options = TextOptions { color, width: terminal::width(), full_types, root: &root };
            text += &machine.to_text(&options).to_string();
            if output.message_format == MessageFormat::Human {
                text += &source_lines::quote(machine, &root, color);
            }
        }
    }
    print(&text)?;
    Ok(ExitCode::SUCCESS)
}
