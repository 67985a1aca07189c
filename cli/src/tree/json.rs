use serde::Serialize;

use super::node::Node;

#[derive(Serialize)]
struct Document<'a> {
    format_version: u32,
    tree: &'a Node,
}

/// The tree as JSON.
pub(crate) fn tree_json(tree: &Node) -> String {
    let json = serde_json::to_string_pretty(&Document { format_version: 1, tree });
    json.expect("a tree has only text and numbers in it")
}
