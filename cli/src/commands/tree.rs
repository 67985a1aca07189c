//! `tree`: what a machine awaits, down to the leaves.

use std::process::ExitCode;

use anyhow::Result;
use serde_json::json;

use super::{print, write_file};
use crate::arguments::{MessageFormat, Output, Tree};
use crate::load::Loaded;
use crate::load::json;
use crate::terminal;
use crate::tree::{Repeats, TreeText, flame_graph, tree, tree_json};

pub(super) fn run(loaded: &Loaded, arguments: &Tree, output: &Output) -> Result<ExitCode> {
    let machines = loaded.find(&arguments.path)?;
    let all = &loaded.program.machines;
    if let Some(path) = &arguments.svg {
        // The largest of several instances.
        let largest = machines.iter().max_by_key(|machine| machine.size);
        if let Some(tree) = largest.and_then(|machine| tree(all, &machine.id, Repeats::Full)) {
            write_file(path, &flame_graph(&tree))?;
        }
        return Ok(ExitCode::SUCCESS);
    }
    let trees: Vec<_> = machines.iter().filter_map(|machine| tree(all, &machine.id, Repeats::Once)).collect();
    let text = if output.message_format == MessageFormat::Json {
        let trees = trees
            .iter()
            .map(|tree| serde_json::from_str(&tree_json(tree)))
            .collect::<Result<Vec<serde_json::Value>, _>>()?;
        serde_json::to_string_pretty(&json!({ "format_version": json::FORMAT_VERSION, "trees": trees }))?
    } else {
        let root = loaded.root();
        let view = TreeText { color: terminal::has_color(), root: &root };
        trees.iter().map(|tree| view.draw(tree)).collect::<Vec<_>>().join("\n")
    };
    print(&text)?;
    Ok(ExitCode::SUCCESS)
}
