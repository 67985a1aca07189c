//! Facts that flow along the edges of a graph until nothing changes any more.

use super::Bits;
use crate::graph::{BlockId, Graph};

/// Facts of several ways into one block, put together.
pub(super) trait Join: Clone {
    /// Adds the facts of another way. Whether there were any new ones.
    fn join(&mut self, other: &Self) -> bool;
}

impl Join for Bits {
    fn join(&mut self, other: &Bits) -> bool {
        self.add_all(other)
    }
}

/// What holds at the start of each block, if `apply` does to the facts what a block does, from its start to its end.
pub(super) fn forward<F: Join>(
    graph: &Graph,
    order: &[BlockId],
    nothing: &F,
    apply: impl Fn(&mut F, BlockId),
) -> Vec<F> {
    let mut at_start = vec![nothing.clone(); graph.blocks.len()];
    let mut changed = true;
    while changed {
        changed = false;
        for block in order {
            let mut facts = at_start[block.index()].clone();
            apply(&mut facts, *block);
            for next in &graph.block(*block).next {
                changed |= at_start[next.index()].join(&facts);
            }
        }
    }
    at_start
}

/// As [`forward`], against the edges: `apply` does what a block does from its end to its start.
pub(super) fn backward<F: Join>(
    graph: &Graph,
    order: &[BlockId],
    nothing: &F,
    apply: impl Fn(&mut F, BlockId),
) -> Vec<F> {
    let mut at_start = vec![nothing.clone(); graph.blocks.len()];
    let mut changed = true;
    while changed {
        changed = false;
        for block in order.iter().rev() {
            let mut facts = at_end(graph, *block, &at_start, nothing);
            apply(&mut facts, *block);
            changed |= at_start[block.index()].join(&facts);
        }
    }
    at_start
}

/// What holds at the end of a block, if that holds at the start of each.
pub(super) fn at_end<F: Join>(graph: &Graph, block: BlockId, at_start: &[F], nothing: &F) -> F {
    let mut facts = nothing.clone();
    for next in &graph.block(block).next {
        facts.join(&at_start[next.index()]);
    }
    facts
}
