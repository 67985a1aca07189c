//! Which references are held at each suspension.

use super::{Bits, dataflow};
use crate::graph::{Action, BlockId, Graph};

/// Returns the loans that some way to each suspension leaves with their holders.
pub(crate) fn live_loans(graph: &Graph, order: &[BlockId]) -> Vec<Bits> {
    let empty = Bits::new(graph.loans.len());
    let mut of_holder: Vec<Vec<usize>> = vec![Vec::new(); graph.locals.len()];
    for (number, loan) in graph.loans.iter().enumerate() {
        of_holder[loan.holder.index()].push(number);
    }
    let apply = |held: &mut Bits, block: BlockId| {
        for step in &graph.block(block).steps {
            match step.action {
                Action::Assign | Action::StorageDead => {
                    of_holder[step.local.index()].iter().for_each(|loan| held.remove(*loan));
                }
                Action::Loan(number) => held.insert(number as usize),
                _ => {}
            }
        }
    };
    let at_start = dataflow::forward(graph, order, &empty, apply);
    let at_suspension = |suspension: &crate::graph::Suspension| {
        let mut held = at_start[suspension.block.index()].clone();
        apply(&mut held, suspension.block);
        held
    };
    graph.suspensions.iter().map(at_suspension).collect()
}
