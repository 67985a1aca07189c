//! What is stored at each suspension, if the types are as one assumption has it.

use super::assumption::Effect;
use super::dataflow::{self, Join};
use super::{Assumption, Bits, Reused};
use crate::graph::{BlockId, Graph};

/// What is known of all locals at one point, looking back: `MaybeBorrowedLocals` and `MaybeRequiresStorage`.
#[derive(Clone, PartialEq)]
struct Before {
    /// May have a value.
    has_value: Bits,
    /// May have been borrowed.
    borrowed: Bits,
    /// Its storage may be needed.
    needs_storage: Bits,
}

impl Join for Before {
    fn join(&mut self, other: &Before) -> bool {
        let value = self.has_value.add_all(&other.has_value);
        let borrowed = self.borrowed.add_all(&other.borrowed);
        let storage = self.needs_storage.add_all(&other.needs_storage);
        value | borrowed | storage
    }
}

impl Before {
    fn nothing(count: usize) -> Self {
        Before { has_value: Bits::new(count), borrowed: Bits::new(count), needs_storage: Bits::new(count) }
    }

    fn apply(&mut self, local: usize, effect: Effect) {
        match effect {
            Effect::Assign | Effect::AssignPart => {
                self.has_value.insert(local);
                self.needs_storage.insert(local);
            }
            Effect::Borrow => {
                self.borrowed.insert(local);
                self.needs_storage.insert(local);
            }
            Effect::Move => {
                self.has_value.remove(local);
                // What was borrowed may still be looked at.
                if !self.borrowed.contains(local) {
                    self.needs_storage.remove(local);
                }
            }
            Effect::Empty => self.has_value.remove(local),
            // It is given out by `&mut` to the `Drop` of its type.
            Effect::Drop => {
                if self.has_value.contains(local) {
                    self.borrowed.insert(local);
                    self.has_value.remove(local);
                }
            }
            Effect::Dead => {
                self.has_value.remove(local);
                self.borrowed.remove(local);
                self.needs_storage.remove(local);
            }
            Effect::Use | Effect::None => {}
        }
    }
}

/// The result for one assumption.
pub(crate) struct Run {
    pub(crate) assumption: Assumption,
    /// At each suspension.
    pub(crate) stored: Vec<Bits>,
    /// At each suspension, what is used or dropped later.
    pub(crate) live: Vec<Bits>,
    pub(crate) borrowed: Vec<Bits>,
    pub(crate) has_value: Vec<Bits>,
    /// Which drops drop anything, by block.
    pub(crate) drops: Vec<Bits>,
}

impl Run {
    pub(crate) fn of(graph: &Graph, order: &[BlockId], reused: &Reused, assumption: Assumption) -> Run {
        let count = graph.locals.len();
        let effects: Vec<Vec<Effect>> = graph
            .blocks
            .iter()
            .enumerate()
            .map(|(block, steps)| {
                let effect = |(index, step): (usize, &crate::graph::Step)| {
                    let class = assumption.class_of(graph.local(step.local));
                    assumption.effect(step.action, class, reused.step(block, index))
                };
                steps.steps.iter().enumerate().map(effect).collect()
            })
            .collect();
        let before = look_back(graph, order, &effects);
        let mut drops = vec![Bits::new(count); graph.blocks.len()];
        let mut at_suspension = vec![Before::nothing(count); graph.suspensions.len()];
        for block in order {
            let mut state = before[block.index()].clone();
            for (step, effect) in graph.block(*block).steps.iter().zip(&effects[block.index()]) {
                let local = step.local.index();
                if *effect == Effect::Drop && state.has_value.contains(local) {
                    drops[block.index()].insert(local);
                }
                state.apply(local, *effect);
            }
            if let Some(suspension) = graph.block(*block).suspends {
                at_suspension[suspension] = state;
            }
        }
        let at_start = look_ahead(graph, order, &effects, &drops);
        let mut run = Run {
            assumption,
            stored: Vec::new(),
            live: Vec::new(),
            borrowed: Vec::new(),
            has_value: Vec::new(),
            drops,
        };
        for (suspension, before) in graph.suspensions.iter().zip(at_suspension) {
            let live = dataflow::at_end(graph, suspension.block, &at_start, &Bits::new(count));
            let mut stored = live.clone();
            stored.add_all(&before.borrowed);
            stored.retain(&before.needs_storage);
            run.stored.push(stored);
            run.live.push(live);
            run.borrowed.push(before.borrowed);
            run.has_value.push(before.has_value);
        }
        run
    }
}

fn look_back(graph: &Graph, order: &[BlockId], effects: &[Vec<Effect>]) -> Vec<Before> {
    dataflow::forward(graph, order, &Before::nothing(graph.locals.len()), |before, block| {
        for (step, effect) in graph.block(block).steps.iter().zip(&effects[block.index()]) {
            before.apply(step.local.index(), *effect);
        }
    })
}

/// Returns what is used or dropped from the start of each block on: `MaybeLiveLocals`, with the drops that drop something.
fn look_ahead(graph: &Graph, order: &[BlockId], effects: &[Vec<Effect>], drops: &[Bits]) -> Vec<Bits> {
    dataflow::backward(graph, order, &Bits::new(graph.locals.len()), |live, block| {
        for (step, effect) in graph.block(block).steps.iter().zip(&effects[block.index()]).rev() {
            let local = step.local.index();
            match effect {
                Effect::Assign => live.remove(local),
                Effect::Use | Effect::Move | Effect::Empty | Effect::Borrow => live.insert(local),
                Effect::Drop if drops[block.index()].contains(local) => live.insert(local),
                Effect::Drop | Effect::Dead | Effect::AssignPart | Effect::None => {}
            }
        }
    })
}
