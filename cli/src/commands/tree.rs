//! `tree`: what a machine awaits, down to the leaves.

use std::fmt::Write;
use std::process::ExitCode;

use anstyle::Style;
use anyhow::Result;
use pinsight_machine::views::{Bytes, short_type_name};
use serde_json::json;

use super::{print, write_file};
use crate::arguments::{MessageFormat, Output, Tree};
use crate::await_tree::{self, Node};
use crate::program::Loaded;
use crate::{document, flame_graph, selection};

pub(super) fn run(loaded: &Loaded, arguments: &Tree, output: &Output) -> Result<ExitCode> {
    let machines = selection::find(&loaded.machines(), &arguments.path)?;
    let trees: Vec<Node> = machines.iter().map(|machine| await_tree::of(machine, &loaded.program)).collect();
    if let Some(path) = &arguments.svg {
        // Of several instances the largest.
        if let Some(tree) = trees.iter().max_by_key(|tree| tree.size) {
            write_file(path, &flame_graph::draw(tree))?;
        }
        return Ok(ExitCode::SUCCESS);
    }
    let mut text = String::new();
    if output.message_format == MessageFormat::Json {
        text = serde_json::to_string_pretty(&json!({ "format_version": document::FORMAT_VERSION, "trees": trees }))?;
    } else {
        for tree in &trees {
            branch(tree, &mut String::new(), None, &loaded.root(), &mut text);
        }
    }
    print(&text)?;
    Ok(ExitCode::SUCCESS)
}

/// One line for the node, and those of its children below it. `last` is `None` for the root.
fn branch(node: &Node, indent: &mut String, last: Option<bool>, root: &str, text: &mut String) {
    let bold = Style::new().bold();
    let dim = Style::new().dimmed();
    let mark = match last {
        None => "",
        Some(true) => "└─ ",
        Some(false) => "├─ ",
    };
    let (on, off) = if node.is_on_largest_path { (format!("{bold}"), format!("{bold:#}")) } else { Default::default() };
    let place = node
        .place
        .as_deref()
        .map_or(String::new(), |place| format!(" {dim}{}{dim:#}", place.strip_prefix(root).unwrap_or(place)));
    let state = node.awaited_in.as_deref().map_or(String::new(), |state| format!("{dim}{state}{dim:#} "));
    let own = match (node.size, node.own) {
        (Some(size), Some(own)) if own != size => format!(", {} of its own", Bytes(Some(own))),
        _ => String::new(),
    };
    let note = node.note.map_or(String::new(), |note| format!(" ({note})"));
    let name = short_type_name(&node.name);
    let _ = writeln!(text, "{indent}{mark}{state}{on}{name}{off}: {}{own}{note}{place}", Bytes(node.size));
    let length = indent.len();
    if let Some(last) = last {
        indent.push_str(if last { "   " } else { "│  " });
    }
    for (index, child) in node.children.iter().enumerate() {
        branch(child, indent, Some(index + 1 == node.children.len()), root, text);
    }
    indent.truncate(length);
}
