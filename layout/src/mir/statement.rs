//! What the lines of a body say about its cells: the locals, and the machine's own places.

use super::call::Manner;

/// A local, captured value or saved local: an index into [`Names::cells`](super::builder::Names::cells).
pub(super) type Cell = u32;

/// A text that occurs often: an index into [`Names::symbols`](super::builder::Names::symbols).
pub(super) type Symbol = u32;

/// A step from a value into a part of it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Step {
    Field(u32),
    Variant(Symbol),
    /// An element of an array whose index is known.
    At(u32),
    /// An element of an array whose index is not known.
    Any,
}

/// The way from a value to a part of it.
pub(super) type Path = Vec<Step>;

/// A place of a statement.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Spot {
    /// Where it begins.
    pub cell: Cell,
    /// The way from there; between two of them the reference that is there is followed. Never empty.
    pub paths: Vec<Path>,
    /// It is a range of the array at the end of that way, and so has numbers of its own for the elements.
    pub range: bool,
}

impl Spot {
    /// The cell, when it is that as a whole.
    pub(super) fn whole(&self) -> Option<Cell> {
        (self.is_direct() && self.paths[0].is_empty()).then_some(self.cell)
    }

    /// Whether it is inside of its cell, and not behind a reference.
    pub(super) fn is_direct(&self) -> bool {
        self.paths.len() == 1 && !self.range
    }
}

#[derive(Clone, Debug)]
pub(super) enum Operand {
    Constant,
    Copy(Spot),
    Move(Spot),
}

impl Operand {
    pub(super) fn spot(&self) -> Option<&Spot> {
        match self {
            Operand::Constant => None,
            Operand::Copy(spot) | Operand::Move(spot) => Some(spot),
        }
    }
}

/// The right side of an assignment.
#[derive(Clone, Debug)]
pub(super) enum Value {
    /// Made up of these, each at its place in the whole. A copy or move is made up of one.
    Parts(Vec<(Path, Operand)>),
    /// A reference or raw pointer to it, by which it can be changed or not.
    Borrow { spot: Spot, mutable: bool },
    /// A number or the like, computed from these.
    Plain(Vec<Operand>),
}

#[derive(Clone, Debug)]
pub(super) struct Call {
    /// Where the result goes.
    pub to: Spot,
    pub arguments: Vec<Operand>,
    /// The function, in short.
    pub through: Symbol,
    /// Whether the result can hold a borrow.
    pub can_hold_borrow: bool,
    /// Whether the result is a shared reference, and so allows no changes.
    pub shared: bool,
    pub manner: Manner,
}

#[derive(Clone, Debug)]
pub(super) enum Statement {
    Assign(Spot, Value),
    Call(Call),
    Drop(Spot),
    /// The local has no value, or none any more.
    Unset(Cell),
    /// The discriminant is set to that of a state in which the machine waits.
    Suspend(u32),
    /// A condition or the like: only uses these.
    Use(Vec<Operand>),
    /// Not understood: anything may have changed.
    Unknown,
}

impl Statement {
    /// The places that it reads, borrows or moves; of those behind a reference, the reference.
    pub(super) fn uses(&self) -> Vec<&Spot> {
        fn operands(list: &[Operand]) -> Vec<&Spot> {
            list.iter().filter_map(Operand::spot).collect()
        }
        match self {
            Statement::Assign(to, value) => {
                let mut uses = match value {
                    Value::Parts(parts) => parts.iter().filter_map(|(_, operand)| operand.spot()).collect(),
                    Value::Borrow { spot, .. } => vec![spot],
                    Value::Plain(list) => operands(list),
                };
                uses.extend((to.paths.len() > 1).then_some(to));
                uses
            }
            Statement::Call(call) => {
                let mut uses = operands(&call.arguments);
                uses.extend((call.to.paths.len() > 1).then_some(&call.to));
                uses
            }
            Statement::Use(list) => operands(list),
            Statement::Drop(spot) if spot.paths.len() > 1 => vec![spot],
            Statement::Drop(_) | Statement::Unset(_) | Statement::Suspend(_) | Statement::Unknown => Vec::new(),
        }
    }

    /// How much there is to do for it.
    pub(super) fn weight(&self) -> u64 {
        let operands = match self {
            Statement::Assign(_, Value::Parts(parts)) => parts.len(),
            Statement::Assign(_, Value::Plain(list)) | Statement::Use(list) => list.len(),
            // It may have to follow many references.
            Statement::Call(call) => 16 * (1 + call.arguments.len()),
            _ => 0,
        };
        1 + operands as u64
    }

    /// The cell that gets a new value as a whole.
    pub(super) fn defines(&self) -> Option<Cell> {
        match self {
            Statement::Assign(to, _) => to.whole(),
            Statement::Call(call) => call.to.whole(),
            _ => None,
        }
    }
}

#[derive(Clone, Debug, Default)]
pub(super) struct Block {
    /// It is reached by a panic only, and never leads to a suspension.
    pub cleanup: bool,
    pub statements: Vec<Statement>,
    /// Where it leads: indices of blocks.
    pub next: Vec<usize>,
}
