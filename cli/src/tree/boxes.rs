use std::collections::BTreeSet;

use super::node::Node;

/// The height of a future's own line, in pixels.
const LINE: f64 = 19.0;
/// Between two futures that are below one another, and below the last.
const GAP: f64 = 4.0;
/// Narrower rectangles cannot be told from their edges.
const NARROWEST: f64 = 2.0;

/// A rectangle: across in bytes, down in pixels.
pub(super) struct Block<'t> {
    pub(super) node: &'t Node,
    pub(super) offset: u64,
    pub(super) bytes: u64,
    pub(super) top: f64,
    pub(super) height: f64,
    pub(super) depth: usize,
}

impl Block<'_> {
    fn end(&self) -> u64 {
        self.offset.saturating_add(self.bytes)
    }
}

/// Where each future is drawn.
pub(super) struct Layout<'t> {
    /// In pixels for each byte.
    scale: f64,
    pub(super) blocks: Vec<Block<'t>>,
    /// Futures that are too narrow to be drawn.
    pub(super) left_out: usize,
}

impl<'t> Layout<'t> {
    pub(super) fn new(scale: f64) -> Self {
        Layout { scale, blocks: Vec::new(), left_out: 0 }
    }

    /// Draws a tree from `top` on, and returns its height.
    pub(super) fn draw(&mut self, root: &'t Node, top: f64) -> f64 {
        self.place(root, (0, root.size.unwrap_or(0)), 0);
        let from = self.blocks.len() - count(&self.blocks);
        self.blocks[from..].iter_mut().for_each(|block| block.top += top);
        self.blocks[from].height
    }

    /// Adds a future and what is inside of it, as if its top were at 0; returns its index.
    fn place(&mut self, node: &'t Node, (offset, bytes): (u64, u64), depth: usize) -> usize {
        let own = self.blocks.len();
        self.blocks.push(Block { node, offset, bytes, top: 0.0, height: LINE, depth });
        let end = self.blocks[own].end();
        // What is inside of a hand-written future has no known place: one after another where they all fit.
        let parts: u64 = node.by_value().filter_map(|child| child.size).fold(0, u64::saturating_add);
        let mut next = offset;
        let mut siblings: Vec<usize> = Vec::new();
        for child in node.by_value() {
            let at = child.offset.map_or(next, |inside| offset.saturating_add(inside)).clamp(offset, end);
            let bytes = child.size.unwrap_or(0).min(end - at);
            if child.offset.is_none() && parts <= self.blocks[own].bytes {
                next = at + bytes;
            }
            if (bytes as f64) * self.scale < NARROWEST {
                self.left_out += 1;
                continue;
            }
            let from = self.blocks.len();
            let index = self.place(child, (at, bytes), depth + 1);
            let top = self.free_top(index, &siblings);
            self.blocks[from..].iter_mut().for_each(|block| block.top += top);
            siblings.push(index);
        }
        let bottom = siblings.iter().map(|&sibling| self.blocks[sibling].top + self.blocks[sibling].height + GAP);
        self.blocks[own].height = bottom.fold(LINE, f64::max);
        own
    }

    /// The first place below the parent's own line, in which the block meets no sibling.
    fn free_top(&self, block: usize, siblings: &[usize]) -> f64 {
        let block = &self.blocks[block];
        let beside: Vec<&Block<'t>> = siblings
            .iter()
            .map(|&sibling| &self.blocks[sibling])
            .filter(|sibling| sibling.offset < block.end() && block.offset < sibling.end())
            .collect();
        let mut tops: Vec<f64> = beside.iter().map(|sibling| sibling.top + sibling.height + GAP).collect();
        tops.push(LINE);
        tops.sort_by(f64::total_cmp);
        let free = |&top: &f64| {
            beside.iter().all(|sibling| sibling.top + sibling.height <= top || top + block.height <= sibling.top)
        };
        tops.iter().copied().find(free).unwrap_or(LINE)
    }
}

/// The blocks of the tree that was added last.
fn count(blocks: &[Block<'_>]) -> usize {
    blocks.iter().rev().take_while(|block| block.depth > 0).count() + 1
}

/// The futures in boxes, each once.
pub(super) fn boxes<'t>(root: &'t Node, found: &mut Vec<&'t Node>) {
    let mut known = BTreeSet::new();
    collect(root, &mut known, found);
}

fn collect<'t>(node: &'t Node, known: &mut BTreeSet<&'t str>, found: &mut Vec<&'t Node>) {
    for child in &node.children {
        let is_drawn = child.boxed && child.size.is_some() && child.end != Some(super::node::End::Recursive);
        if is_drawn && known.insert(child.machine.as_deref().unwrap_or(&child.name)) {
            found.push(child);
        }
        collect(child, known, found);
    }
}
