//! What is stored at each suspension, if the types are as one assumption has it.

use super::assumption::Effect;
use super::{Assumption, Bits, Reused};
use crate::graph::{BlockId, Graph};

/// What is known of all locals at one point, looking back.
#[derive(Clone, PartialEq)]
struct Before {
    /// May have a value.
    has_value: Bits,
    /// May have been borrowed.
    borrowed: Bits,
    /// Its storage may be needed.
    needs_storage: Bits,
}

impl Before {
    fn add_all(&mut self, other: &Before) -> bool {
        let value = self.has_value.add_all(&other.has_value);
        let borrowed = self.borrowed.add_all(&other.borrowed);
        let storage = self.needs_storage.add_all(&other.needs_storage);
        value | borrowed | storage
    }

    fn apply(&mut self, local: usize, effect: Effect) {
        match effect {
            Effect::Assign => {
                self.has_value.insert(local);
                self.needs_storage.insert(local);
            }
            Effect::AssignPart => {
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
        let mut at_suspension: Vec<Option<Before>> = vec![None; graph.suspensions.len()];
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
                at_suspension[suspension] = Some(state);
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
            let mut live = Bits::new(count);
            let Some(before) = before else {
                run.stored.push(live.clone());
                run.borrowed.push(live.clone());
                run.has_value.push(live.clone());
                run.live.push(live);
                continue;
            };
            for next in &graph.block(suspension.block).next {
                live.add_all(&at_start[next.index()]);
            }
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
    let empty = Bits::new(graph.locals.len());
    let nothing = Before { has_value: empty.clone(), borrowed: empty.clone(), needs_storage: empty };
    let mut before = vec![nothing; graph.blocks.len()];
    let mut changed = true;
    while changed {
        changed = false;
        for block in order {
            let mut state = before[block.index()].clone();
            for (step, effect) in graph.block(*block).steps.iter().zip(&effects[block.index()]) {
                state.apply(step.local.index(), *effect);
            }
            for next in &graph.block(*block).next {
                changed |= before[next.index()].add_all(&state);
            }
        }
    }
    before
}

/// What is used or dropped from the start of each block on.
fn look_ahead(graph: &Graph, order: &[BlockId], effects: &[Vec<Effect>], drops: &[Bits]) -> Vec<Bits> {
    let empty = Bits::new(graph.locals.len());
    let mut at_start = vec![empty.clone(); graph.blocks.len()];
    let mut changed = true;
    while changed {
        changed = false;
        for block in order.iter().rev() {
            let mut live = empty.clone();
            for next in &graph.block(*block).next {
                live.add_all(&at_start[next.index()]);
            }
            for (step, effect) in graph.block(*block).steps.iter().zip(&effects[block.index()]).rev() {
                let local = step.local.index();
                match effect {
                    Effect::Assign => live.remove(local),
                    Effect::Use | Effect::Move | Effect::Empty | Effect::Borrow => live.insert(local),
                    Effect::Drop if drops[block.index()].contains(local) => live.insert(local),
                    Effect::Drop | Effect::Dead | Effect::AssignPart | Effect::None => {}
                }
            }
            changed |= at_start[block.index()].add_all(&live);
        }
    }
    at_start
}
