//! What `mut` says: the compiler warns if nothing needs it. A local that never gets a second value is borrowed by `&mut` then,
//! which a reference would not have to be.

use crate::graph::{Action, Graph, LocalId};
use crate::types::Classes;

/// Narrows the classes of such locals; where only one use can be the borrow, it is.
pub(crate) fn narrow_mutable(graph: &mut Graph) {
    let mut uses: Vec<Uses> = graph.locals.iter().map(|_| Uses::default()).collect();
    for (number, block) in graph.blocks.iter().enumerate() {
        for (index, step) in block.steps.iter().enumerate() {
            let uses = &mut uses[step.local.index()];
            match step.action {
                Action::Assign => uses.assigned += 1,
                Action::AssignPart | Action::Borrow | Action::ByReference | Action::PartBorrow | Action::Operate => {
                    uses.is_explained = true;
                }
                Action::Receiver | Action::PartReceiver | Action::PartReceiverOrMove | Action::Mention => {
                    uses.may_borrow.push((number, index));
                }
                Action::CaptureValue | Action::Through => uses.is_explained = true,
                _ => {}
            }
        }
    }
    for (number, uses) in uses.into_iter().enumerate() {
        let id = LocalId(number as u32);
        if !graph.local(id).is_mut || uses.assigned != 1 {
            continue;
        }
        let classes = &mut graph.locals[number].classes;
        *classes = classes.narrowed(Classes::OWNED);
        if let ([(block, step)], false) = (&uses.may_borrow[..], uses.is_explained) {
            graph.blocks[*block].steps[*step].action = Action::Borrow;
        }
    }
}

#[derive(Default)]
struct Uses {
    assigned: usize,
    /// Whether something that is certain may need the `mut`.
    is_explained: bool,
    /// Block and step of each use that may be the borrow.
    may_borrow: Vec<(usize, usize)>,
}
