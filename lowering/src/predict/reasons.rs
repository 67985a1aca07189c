//! Why a local is stored at a suspension, and in which line that shows.

use std::collections::VecDeque;

use pinsight_machine::{Reason, Why};

use crate::flow::{Reused, Run};
use crate::graph::{Action, Graph, LocalId};

pub(crate) struct Reasons<'a> {
    graph: &'a Graph,
    reused: &'a Reused,
}

impl<'a> Reasons<'a> {
    pub(crate) fn new(graph: &'a Graph, reused: &'a Reused) -> Self {
        Reasons { graph, reused }
    }

    pub(crate) fn of(&self, runs: &[Run], suspension: usize, local: LocalId) -> Vec<Reason> {
        let block = self.graph.suspensions[suspension].block;
        let mut reasons = Vec::new();
        if self.reused.used_later[block.index()].contains(local.index()) {
            let line = self.next(block.index(), local, &|action, _| self.is_use(local, action)).flatten();
            reasons.push(Reason { why: Why::UsedAfter, line });
        }
        let stored = |run: &&Run| run.stored[suspension].contains(local.index());
        let is_of = |run: &&Run| run.assumption.fits(self.graph.local(local));
        let dropping = runs.iter().filter(is_of).filter(stored).find(|run| {
            let needs_drop = run.assumption.class_of(self.graph.local(local)).needs_drop();
            needs_drop && [&run.live, &run.has_value].iter().all(|bits| bits[suspension].contains(local.index()))
        });
        if let Some(run) = dropping {
            let is_drop =
                |action: Action, block: usize| action == Action::Drop && run.drops[block].contains(local.index());
            let line = self.next(block.index(), local, &is_drop);
            // If the future is dropped here and now, everything is.
            if line.is_some() || reasons.is_empty() {
                reasons.push(Reason { why: Why::DroppedAfter, line: line.flatten() });
            }
        }
        let is_borrowed = |run: &&Run| run.borrowed[suspension].contains(local.index());
        if runs.iter().filter(is_of).filter(stored).any(|run| is_borrowed(&run)) {
            reasons.push(Reason { why: Why::AddressTaken, line: self.borrow(suspension, local) });
        }
        reasons
    }

    /// The first step of that kind on a way on from the end of a block, if the future goes on and there is no new value before
    /// it; and its line.
    fn next(&self, from: usize, local: LocalId, is_it: &dyn Fn(Action, usize) -> bool) -> Option<Option<u32>> {
        let mut seen = vec![false; self.graph.blocks.len()];
        let mut waiting: VecDeque<usize> = self.resumed(from).collect();
        let mut found = None;
        while let Some(block) = waiting.pop_front() {
            if std::mem::replace(&mut seen[block], true) {
                continue;
            }
            let mut ends = false;
            for step in self.graph.blocks[block].steps.iter().filter(|step| step.local == local) {
                if is_it(step.action, block) {
                    if step.line > 0 {
                        return Some(Some(step.line));
                    }
                    found = Some(None);
                }
                ends |= matches!(step.action, Action::Assign | Action::StorageDead);
                if ends {
                    break;
                }
            }
            if !ends {
                waiting.extend(self.resumed(block));
            }
        }
        found
    }

    /// The blocks after one; of a suspension only the one in which the future goes on.
    fn resumed(&self, block: usize) -> impl Iterator<Item = usize> + '_ {
        let block = &self.graph.blocks[block];
        let count = if block.suspends.is_some() { 1 } else { block.next.len() };
        block.next.iter().take(count).map(|next| next.index())
    }

    fn is_use(&self, local: LocalId, action: Action) -> bool {
        match action {
            Action::AssignPart => self.graph.local(local).classes.is_reference(),
            _ => is_use(action),
        }
    }

    /// The line in which its address was taken: the last one before the suspension in the source, or else any.
    fn borrow(&self, suspension: usize, local: LocalId) -> Option<u32> {
        let line = self.graph.suspensions[suspension].line;
        let steps = self.graph.blocks.iter().flat_map(|block| &block.steps);
        let borrows = steps.filter(|step| step.local == local && step.line > 0 && may_borrow(step.action));
        let lines: Vec<u32> = borrows.map(|step| step.line).collect();
        lines.iter().filter(|borrowed| **borrowed <= line).max().or(lines.iter().min()).copied()
    }
}

fn is_use(action: Action) -> bool {
    !matches!(action, Action::Assign | Action::AssignPart | Action::Drop | Action::StorageDead | Action::Loan(_))
}

fn may_borrow(action: Action) -> bool {
    is_use(action) && !matches!(action, Action::Read | Action::Value)
}
