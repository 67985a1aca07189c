//! Follows what each cell points at through the blocks, until nothing new is found.

use std::collections::{BTreeMap, BTreeSet};

use super::body::Body;
use super::builder::CellKind;
use super::effects;
use super::memory::Memory;
use super::statement::{Cell, Statement};

/// Copied entries of memories that may be kept at a time.
const KEPT: u64 = 1 << 22;

#[derive(Debug, Default)]
pub(super) struct Flow {
    /// What holds in each state in which the machine waits.
    pub states: BTreeMap<u32, Memory>,
    /// There was too much to do: facts may be missing, and one may be called certain that is not.
    pub incomplete: bool,
}

/// `work` is the number of steps that it may take.
///
/// It goes twice through the program. To know whether a store through a reference makes a fact certain, it has to know
/// whether the reference points there on every path; and that is only known when all paths have been seen.
pub(super) fn follow(body: &Body<'_>, work: u64) -> Flow {
    let order = order(body);
    let first = Pass::new(body, &order, None, work).run();
    let second = Pass::new(body, &order, Some(&first.entries), work).run();
    let overflow = second.states.values().any(|memory| memory.overflow);
    Flow { states: second.states, incomplete: first.incomplete || second.incomplete || overflow }
}

struct Pass<'a> {
    body: &'a Body<'a>,
    /// Where in the order of the program each block is.
    order: &'a [usize],
    /// What held where each block begins, in the pass before.
    before: Option<&'a [Option<Memory>]>,
    entries: Vec<Option<Memory>>,
    states: BTreeMap<u32, Memory>,
    waiting: BTreeSet<(usize, usize)>,
    work: u64,
    kept: u64,
    incomplete: bool,
}

impl<'a> Pass<'a> {
    fn new(body: &'a Body<'a>, order: &'a [usize], before: Option<&'a [Option<Memory>]>, work: u64) -> Self {
        Pass {
            body,
            order,
            before,
            entries: vec![None; body.blocks.len()],
            states: BTreeMap::new(),
            waiting: BTreeSet::new(),
            work,
            kept: 0,
            incomplete: false,
        }
    }

    fn run(mut self) -> Self {
        if !self.body.blocks.is_empty() {
            self.arrive(0, &Memory::default());
        }
        while let Some((_, block)) = self.waiting.pop_first() {
            self.block(block);
            if self.work == 0 || self.kept > KEPT {
                self.incomplete = true;
                break;
            }
        }
        self
    }

    fn block(&mut self, index: usize) {
        let mut memory = self.entries[index].clone().unwrap_or_default();
        if let Some(before) = self.before {
            let known = before[index].as_ref();
            memory.change_all(|cell, fact| fact.always = known.is_some_and(|known| known.is_always(cell, fact)));
        }
        let body = self.body;
        for statement in &body.blocks[index].statements {
            self.work = self.work.saturating_sub(statement.weight());
            match statement {
                Statement::Suspend(variant) => self.suspend(*variant, &memory),
                statement => effects::apply(statement, &mut memory, &body.names),
            }
        }
        for &next in body.blocks[index].next.iter().filter(|&&next| !body.blocks[next].cleanup) {
            self.arrive(next, &memory);
        }
    }

    /// Only the machine outlives a suspension.
    fn suspend(&mut self, variant: u32, memory: &Memory) {
        let names = &self.body.names;
        let stays = |cell: Cell| matches!(names.cells.get(cell as usize), Some(CellKind::Machine(_)));
        let mut memory = memory.clone();
        memory.retain(|cell, fact| stays(cell) && stays(fact.target));
        memory.borrowed.retain(|cell| stays(*cell));
        match self.states.get_mut(&variant) {
            Some(known) => drop(known.join(&memory)),
            None => drop(self.states.insert(variant, memory.clone())),
        }
        if let Some(&block) = self.body.resume.get(&variant) {
            self.arrive(block, &memory);
        }
    }

    fn arrive(&mut self, block: usize, memory: &Memory) {
        self.work = self.work.saturating_sub(1 + memory.size());
        let new = match &mut self.entries[block] {
            Some(known) => known.join(memory),
            entry => {
                *entry = Some(memory.clone());
                true
            }
        };
        if new {
            self.kept += memory.size();
            self.waiting.insert((self.order[block], block));
        }
    }
}

/// For each block its number in an order in which, but for loops, a block comes after those that lead to it.
fn order(body: &Body<'_>) -> Vec<usize> {
    let mut number = vec![usize::MAX; body.blocks.len()];
    let mut next = body.blocks.len();
    let mut seen = vec![false; body.blocks.len()];
    let mut open = Vec::new();
    if let Some(first) = seen.first_mut() {
        *first = true;
        open.push((0, 0));
    }
    while let Some((block, child)) = open.last_mut() {
        match body.blocks[*block].next.get(*child) {
            Some(&to) => {
                *child += 1;
                if !std::mem::replace(&mut seen[to], true) {
                    open.push((to, 0));
                }
            }
            None => {
                next -= 1;
                number[*block] = next;
                open.pop();
            }
        }
    }
    number
}
