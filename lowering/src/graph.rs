//! An async body as a graph of blocks: what the compiler's MIR is, as far as the syntax shows it, reduced to what happens to
//! locals.

use pinsight_machine::MachineKind;
use proc_macro2::Span;

use crate::types::{Classes, KnownType};

#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub(crate) struct LocalId(pub(crate) u32);

#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub(crate) struct BlockId(pub(crate) u32);

impl LocalId {
    pub(crate) fn index(self) -> usize {
        self.0 as usize
    }
}

impl BlockId {
    pub(crate) fn index(self) -> usize {
        self.0 as usize
    }
}

/// One async body, with those inside of it.
#[derive(Debug)]
pub(crate) struct Lowered {
    pub(crate) graph: Graph,
    pub(crate) kind: MachineKind,
    pub(crate) path: String,
    /// What the body is known by, and where it begins.
    pub(crate) spans: (Span, Span),
}

/// What happens in one body.
#[derive(Debug, Default)]
pub(crate) struct Graph {
    pub(crate) locals: Vec<Local>,
    pub(crate) blocks: Vec<Block>,
    /// In the order of the source.
    pub(crate) suspensions: Vec<Suspension>,
    pub(crate) loans: Vec<Loan>,
    pub(crate) opaque: Vec<crate::OpaqueMacro>,
    pub(crate) children: Vec<Lowered>,
}

/// A run of steps without a branch.
#[derive(Debug, Default)]
pub(crate) struct Block {
    pub(crate) steps: Vec<Step>,
    /// The suspension with which it ends.
    pub(crate) suspends: Option<usize>,
    pub(crate) next: Vec<BlockId>,
}

#[derive(Clone, Copy, Debug)]
pub(crate) struct Step {
    pub(crate) local: LocalId,
    pub(crate) action: Action,
    pub(crate) line: u32,
}

/// What is done to a local. Where the classes of its type decide what that amounts to, so does
/// [`Assumption`](crate::flow::Assumption).
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Action {
    /// It gets a value; an old one was dropped by a [`Drop`](Action::Drop) before.
    Assign,
    /// A part of it gets a value: `x.f = …`.
    AssignPart,
    /// It is read, whatever its type is.
    Read,
    /// It is taken by value: copied, reborrowed or moved.
    Value,
    /// Its address is taken: `&x`, `ref`, a format argument.
    Borrow,
    /// It is the receiver of a method that takes it by reference: one that is a reference is only reborrowed.
    ByReference,
    /// It is the receiver of a method, which takes it either way.
    Receiver,
    /// A part of it is taken by value: `x.f`. It may be a smart pointer, which is borrowed for that.
    PartValue,
    /// A pattern binds a part of it by value.
    BindPart,
    /// A part of it is moved out, which may leave something to drop.
    MovePart,
    /// The last part of it that needs drop is moved out.
    Empty,
    /// The address of a part is taken: `&x.f`, `x[..]`.
    PartBorrow,
    /// A part of it is the receiver of a method, which may go through a reference that the part is.
    PartReceiver,
    /// What it points at is used: `*x`.
    Through,
    /// It is an operand of an operator that borrows what is not of a built-in type.
    Operate,
    /// A closure that is not `move` takes it by value.
    CaptureValue,
    /// A part of it is the receiver of a method, which may move it out, and then nothing of it is left to drop.
    PartReceiverOrMove,
    /// A macro whose meaning is not known mentions it.
    Mention,
    /// Its value is dropped, if it has one and needs to be.
    Drop,
    /// Its storage ends.
    StorageDead,
    /// From here on it holds the reference with that number; `line` is of no meaning.
    Loan(u32),
}

/// A reference that a local holds.
#[derive(Clone, Debug)]
pub(crate) struct Loan {
    pub(crate) holder: LocalId,
    pub(crate) target: LocalId,
    /// As [`pinsight_machine::PointsAt::part`].
    pub(crate) part: String,
    pub(crate) certainty: pinsight_machine::Certainty,
    pub(crate) through: String,
    /// Where it was taken.
    pub(crate) line: u32,
}

#[derive(Clone, Debug)]
pub(crate) struct Local {
    pub(crate) name: String,
    pub(crate) kind: LocalKind,
    pub(crate) classes: Classes,
    pub(crate) known: Option<KnownType>,
    /// Whether it is declared with `mut`.
    pub(crate) is_mut: bool,
    pub(crate) line: u32,
    /// The calls that take it in a way that only their definitions tell, for the question that decides.
    pub(crate) deciding_call: Option<String>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum LocalKind {
    /// Has a name in the source.
    Variable,
    /// The value of an expression.
    Temporary,
    /// What is being awaited.
    Awaitee,
    /// Captured from around the body; not a local of its own.
    Upvar,
}

#[derive(Clone, Debug)]
pub(crate) struct Suspension {
    pub(crate) awaitee: LocalId,
    pub(crate) block: BlockId,
    pub(crate) span: Span,
    pub(crate) line: u32,
}

impl Graph {
    pub(crate) fn add_local(&mut self, local: Local) -> LocalId {
        self.locals.push(local);
        LocalId(self.locals.len() as u32 - 1)
    }

    pub(crate) fn add_block(&mut self) -> BlockId {
        self.blocks.push(Block::default());
        BlockId(self.blocks.len() as u32 - 1)
    }

    pub(crate) fn local(&self, local: LocalId) -> &Local {
        &self.locals[local.index()]
    }

    pub(crate) fn block(&self, block: BlockId) -> &Block {
        &self.blocks[block.index()]
    }
}
