//! Looks from each suspension ahead: what is used there, and what is dropped.

use super::body::Body;
use super::builder::CellKind;
use super::statement::{Cell, Operand, Statement};

/// Looks at no more than this many pairs of a block and a cell.
const PAIRS: usize = 1 << 27;

/// What is needed after each state in which the machine waits.
#[derive(Debug)]
pub(super) struct Needed {
    used: Sets,
    dropped: Sets,
    /// Dropped, but only where a panic leads.
    dropped_in_panic: Sets,
    /// The cells with a drop that no panic leads to.
    has_drop: Vec<bool>,
}

/// `None` where the body is too large to be looked at.
pub(super) fn look_ahead(body: &Body<'_>) -> Option<Needed> {
    let cells = body.names.cells.len();
    if cells.saturating_mul(body.blocks.len()) > PAIRS {
        return None;
    }
    let mut has_drop = vec![false; cells];
    for statement in body.blocks.iter().filter(|block| !block.cleanup).flat_map(|block| &block.statements) {
        if let Some(cell) = dropped(statement) {
            has_drop[cell as usize] = true;
        }
    }
    Some(Needed {
        used: backwards(body, false, |statement, set| statement.uses().iter().for_each(|spot| set(spot.cell)), false),
        dropped: backwards(body, false, |statement, set| dropped(statement).into_iter().for_each(set), true),
        dropped_in_panic: backwards(body, true, |statement, set| dropped(statement).into_iter().for_each(set), true),
        has_drop,
    })
}

impl Needed {
    pub(super) fn used(&self, block: usize, cell: Cell) -> bool {
        self.used.contains(block, cell)
    }

    pub(super) fn dropped(&self, block: usize, cell: Cell) -> bool {
        self.dropped.contains(block, cell)
            || (!self.has_drop[cell as usize] && self.dropped_in_panic.contains(block, cell))
    }
}

fn dropped(statement: &Statement) -> Option<Cell> {
    match statement {
        Statement::Drop(spot) if spot.is_direct() => Some(spot.cell),
        _ => None,
    }
}

/// A set of cells for each block.
#[derive(Debug)]
struct Sets {
    width: usize,
    bits: Vec<u64>,
}

impl Sets {
    fn new(blocks: usize, cells: usize) -> Self {
        let width = cells.div_ceil(64);
        Sets { width, bits: vec![0; blocks * width] }
    }

    fn contains(&self, block: usize, cell: Cell) -> bool {
        self.bits[block * self.width + cell as usize / 64] & (1 << (cell % 64)) != 0
    }
}

/// For each block the cells for which `wanted` is met from its beginning on, before they get another value.
fn backwards(
    body: &Body<'_>,
    with_cleanup: bool,
    wanted: impl Fn(&Statement, &mut dyn FnMut(Cell)),
    moves_end: bool,
) -> Sets {
    let cells = body.names.cells.len();
    let mut sets = Sets::new(body.blocks.len(), cells);
    let width = sets.width;
    let mut leads_to_me: Vec<Vec<usize>> = vec![Vec::new(); body.blocks.len()];
    for (index, _) in body.blocks.iter().enumerate() {
        for next in successors(body, index) {
            leads_to_me[next].push(index);
        }
    }
    let mut waiting: Vec<usize> = (0..body.blocks.len()).collect();
    let mut is_waiting = vec![true; body.blocks.len()];
    while let Some(index) = waiting.pop() {
        is_waiting[index] = false;
        let block = &body.blocks[index];
        if block.cleanup && !with_cleanup {
            continue;
        }
        let mut live = vec![0_u64; width];
        for next in successors(body, index) {
            let row = &sets.bits[next * width..][..width];
            live.iter_mut().zip(row).for_each(|(word, other)| *word |= other);
        }
        for statement in block.statements.iter().rev() {
            let ends = statement.defines().into_iter().chain(if moves_end { moved(statement) } else { Vec::new() });
            ends.for_each(|cell| live[cell as usize / 64] &= !(1 << (cell % 64)));
            wanted(statement, &mut |cell| live[cell as usize / 64] |= 1 << (cell % 64));
        }
        let row = &mut sets.bits[index * width..][..width];
        if row != live.as_slice() {
            row.copy_from_slice(&live);
            for &before in &leads_to_me[index] {
                if !std::mem::replace(&mut is_waiting[before], true) {
                    waiting.push(before);
                }
            }
        }
    }
    sets
}

/// Where a block leads; a suspension leads to where the machine goes on.
fn successors(body: &Body<'_>, block: usize) -> impl Iterator<Item = usize> {
    let block = &body.blocks[block];
    let resumed = block.statements.iter().filter_map(|statement| match statement {
        Statement::Suspend(variant) => body.resume.get(variant).copied(),
        _ => None,
    });
    block.next.iter().copied().chain(resumed)
}

fn moved(statement: &Statement) -> Vec<Cell> {
    let spot = |operand: &Operand| match operand {
        Operand::Move(spot) => spot.whole(),
        _ => None,
    };
    match statement {
        Statement::Assign(_, super::statement::Value::Parts(parts)) => {
            parts.iter().filter_map(|(_, operand)| spot(operand)).collect()
        }
        Statement::Call(call) => call.arguments.iter().filter_map(spot).collect(),
        _ => Vec::new(),
    }
}

/// The cells that are places of the machine.
pub(super) fn machine_cells(body: &Body<'_>) -> impl Iterator<Item = (Cell, super::Place)> {
    body.names.cells.iter().enumerate().filter_map(|(cell, kind)| match kind {
        CellKind::Machine(place) => Some((cell as Cell, *place)),
        CellKind::Local(_) => None,
    })
}
