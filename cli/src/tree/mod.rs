//! The chain of awaited children: which futures a machine holds while it waits, what these hold, and so on down to the leaves,
//! with the bytes that each of them adds.

mod boxes;
mod build;
mod flame;
mod json;
mod node;
#[cfg(test)]
mod tests;
mod text;

pub(crate) use build::{Repeats, tree};
pub(crate) use flame::flame_graph;
pub(crate) use json::tree_json;
pub(crate) use text::TreeText;
