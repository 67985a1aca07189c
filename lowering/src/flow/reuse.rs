//! Which uses are followed by another use: what is moved cannot be used again, so such a value is copied, or reborrowed.

use super::{Bits, dataflow, reachable};
use crate::graph::{Action, Graph, LocalId};
use crate::types::Classes;

/// For each block the uses after which the local is used again, by the number of the step; and what is used later at its end.
pub(crate) struct Reused {
    steps: Vec<Vec<bool>>,
    /// At the end of each block, drops left aside.
    pub(crate) used_later: Vec<Bits>,
}

impl Reused {
    pub(crate) fn step(&self, block: usize, step: usize) -> bool {
        self.steps[block][step]
    }
}

pub(crate) fn reused(graph: &Graph) -> Reused {
    let order = reachable(graph);
    let empty = Bits::new(graph.locals.len());
    let at_start = dataflow::backward(graph, &order, &empty, |live, block| {
        for step in graph.block(block).steps.iter().rev() {
            apply(graph, live, step.local, step.action);
        }
    });
    let mut steps: Vec<Vec<bool>> = graph.blocks.iter().map(|block| vec![false; block.steps.len()]).collect();
    let mut used_later = vec![empty.clone(); graph.blocks.len()];
    for block in order {
        let mut live = dataflow::at_end(graph, block, &at_start, &empty);
        used_later[block.index()] = live.clone();
        for (number, step) in graph.block(block).steps.iter().enumerate().rev() {
            steps[block.index()][number] = live.contains(step.local.index());
            apply(graph, &mut live, step.local, step.action);
        }
    }
    Reused { steps, used_later }
}

fn apply(graph: &Graph, live: &mut Bits, local: LocalId, action: Action) {
    match action {
        // Through a reference it is a use of the reference.
        Action::AssignPart if graph.local(local).classes.is_reference() => live.insert(local.index()),
        Action::Assign | Action::StorageDead => live.remove(local.index()),
        Action::Drop | Action::AssignPart | Action::Loan(_) => {}
        _ => live.insert(local.index()),
    }
}

/// A local that is taken by value and then used again can only be copied or reborrowed.
pub(crate) fn narrow(graph: &mut Graph, reused: &Reused) {
    let mut again: Vec<LocalId> = Vec::new();
    for (number, block) in graph.blocks.iter().enumerate() {
        for (index, step) in block.steps.iter().enumerate() {
            if matches!(step.action, Action::Value | Action::CaptureValue) && reused.step(number, index) {
                again.push(step.local);
            }
        }
    }
    for local in again {
        let classes = &mut graph.locals[local.index()].classes;
        *classes = classes.narrowed(Classes::REUSABLE);
    }
}
