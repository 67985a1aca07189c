//! One body that is being read: its graph, the block that is being written, and what is in scope.

use proc_macro2::Span;

use crate::graph::{Action, Block, BlockId, Graph, Local, LocalId, LocalKind, Step};
use crate::types::{Classes, KnownType};

pub(super) struct Frame {
    pub(super) graph: Graph,
    pub(super) current: BlockId,
    pub(super) scopes: Vec<Scope>,
    /// The depth of the scope at whose end temporaries are dropped.
    pub(super) temporaries: usize,
    names: Vec<(String, LocalId)>,
    pub(super) targets: Vec<Target>,
    /// The locals of the frame around that this one captures: outer, inner.
    pub(super) upvars: Vec<(LocalId, LocalId)>,
    pub(super) captures: Vec<Capture>,
    /// Whether an `.await` here is a suspend point of this body.
    pub(super) is_async: bool,
    /// Whether a temporary that is made now may have to wait for a suspension.
    pub(super) holds: bool,
}

/// What a closure or an async block does to a local of the frame around it.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Capture {
    pub(super) outer: LocalId,
    pub(super) action: Action,
    /// The field that it concerns, or nothing for all of it.
    pub(super) part: String,
    pub(super) line: u32,
}

#[derive(Default)]
pub(super) struct Scope {
    drops: Vec<Scheduled>,
    names: usize,
}

/// What happens to a local at the end of its scope.
struct Scheduled {
    local: LocalId,
    /// The block from which everything is dropped that is still scheduled here, for a future that is dropped while it waits.
    on_drop: Option<BlockId>,
}

/// Where `break` and `continue` lead.
#[derive(Clone)]
pub(super) struct Target {
    pub(super) label: Option<String>,
    pub(super) break_to: BlockId,
    /// `None` for a labelled block.
    pub(super) continue_to: Option<BlockId>,
    /// The first scope that is left.
    pub(super) depth: usize,
    /// What `break` gives.
    pub(super) value: Option<super::value::Value>,
}

impl Frame {
    pub(super) fn new(is_async: bool) -> Self {
        let mut graph = Graph::default();
        let current = graph.add_block();
        Frame {
            graph,
            current,
            scopes: vec![Scope::default()],
            temporaries: 0,
            names: Vec::new(),
            targets: Vec::new(),
            upvars: Vec::new(),
            captures: Vec::new(),
            is_async,
            holds: false,
        }
    }

    pub(super) fn step(&mut self, local: LocalId, action: Action, line: u32) {
        self.step_part(local, action, "", line);
    }

    /// A step that concerns only that part of the local, for a closure that captures only that.
    pub(super) fn step_part(&mut self, local: LocalId, action: Action, part: &str, line: u32) {
        if self.graph.local(local).kind == LocalKind::Upvar {
            // What a captured value comes to hold, the frame around does not follow.
            if matches!(action, Action::Loan(_)) {
                return;
            }
            let outer = self.upvars.iter().find(|(_, inner)| *inner == local).map(|(outer, _)| *outer);
            self.captures.extend(outer.map(|outer| Capture { outer, action, part: part.to_owned(), line }));
            return;
        }
        self.graph.blocks[self.current.index()].steps.push(Step { local, action, line });
    }

    pub(super) fn goto(&mut self, to: BlockId) {
        let next = &mut self.graph.blocks[self.current.index()].next;
        if !next.contains(&to) {
            next.push(to);
        }
    }

    /// Goes on in a block that nothing leads to: what follows a `return`.
    pub(super) fn unreachable(&mut self) {
        self.current = self.graph.add_block();
    }

    /// A block to which the current one leads.
    pub(super) fn branch(&mut self) -> BlockId {
        let block = self.graph.add_block();
        self.goto(block);
        block
    }

    pub(super) fn declare(&mut self, name: &str, classes: Classes, known: Option<KnownType>, line: u32) -> LocalId {
        self.graph.add_local(Local {
            name: name.to_owned(),
            kind: LocalKind::Variable,
            classes,
            known,
            line,
            is_mut: false,
            deciding_call: None,
        })
    }

    pub(super) fn add_temporary(&mut self, name: String, kind: LocalKind, classes: Classes, line: u32) -> LocalId {
        self.graph.add_local(Local { name, kind, classes, known: None, is_mut: false, line, deciding_call: None })
    }

    pub(super) fn name(&mut self, name: &str, local: LocalId) {
        self.names.push((name.to_owned(), local));
    }

    pub(super) fn find(&self, name: &str) -> Option<LocalId> {
        self.names.iter().rev().find(|(known, _)| known == name).map(|(_, local)| *local)
    }

    pub(super) fn open(&mut self) {
        self.scopes.push(Scope { drops: Vec::new(), names: self.names.len() });
    }

    /// A scope for temporaries: names that are declared in it stay.
    pub(super) fn open_temporaries(&mut self) {
        self.scopes.push(Scope { drops: Vec::new(), names: usize::MAX });
    }

    /// The depth of the innermost scope.
    pub(super) fn depth(&self) -> usize {
        self.scopes.len() - 1
    }

    /// The local is dropped at the end of that scope, before what was scheduled there earlier.
    pub(super) fn schedule(&mut self, local: LocalId, depth: usize) {
        self.scopes[depth].drops.push(Scheduled { local, on_drop: None });
        for scope in &mut self.scopes[depth + 1..] {
            scope.drops.iter_mut().for_each(|scheduled| scheduled.on_drop = None);
        }
    }

    pub(super) fn close(&mut self, line: u32) {
        self.leave(self.depth(), line);
        if let Some(scope) = self.scopes.pop() {
            self.names.truncate(scope.names);
        }
    }

    /// The drops of all scopes from the innermost to that one, which stay open.
    pub(super) fn leave(&mut self, depth: usize, line: u32) {
        let locals: Vec<LocalId> =
            self.scopes[depth..].iter().flat_map(|scope| scope.drops.iter().map(|drop| drop.local)).collect();
        for local in locals.into_iter().rev() {
            self.step(local, Action::Drop, line);
            self.step(local, Action::StorageDead, line);
        }
    }

    /// Ends the current block in a suspend point, and goes on in a new one.
    pub(super) fn suspend(&mut self, awaitee: LocalId, span: Span, line: u32) {
        let number = self.graph.suspensions.len();
        self.graph.suspensions.push(crate::graph::Suspension { awaitee, block: self.current, span, line });
        self.graph.blocks[self.current.index()].suspends = Some(number);
        let dropped = self.dropped();
        let resumed = self.branch();
        if let Some(dropped) = dropped {
            self.goto(dropped);
        }
        self.current = resumed;
    }

    /// Leaves the body: what is in scope is dropped.
    pub(super) fn leave_body(&mut self) {
        if let Some(dropped) = self.dropped() {
            self.goto(dropped);
        }
        self.unreachable();
    }

    /// Where a future goes on that is dropped while it waits here: each scheduled drop has one block, which leads to the next,
    /// so that all suspend points together cost no more than the drops do.
    fn dropped(&mut self) -> Option<BlockId> {
        let mut missing = Vec::new();
        let mut next = None;
        'cached: for (depth, scope) in self.scopes.iter().enumerate().rev() {
            for (index, scheduled) in scope.drops.iter().enumerate().rev() {
                next = scheduled.on_drop;
                if next.is_some() {
                    break 'cached;
                }
                missing.push((depth, index));
            }
        }
        for (depth, index) in missing.into_iter().rev() {
            let block = self.graph.add_block();
            let scheduled = &mut self.scopes[depth].drops[index];
            scheduled.on_drop = Some(block);
            let Block { steps, next: followed_by, .. } = &mut self.graph.blocks[block.index()];
            steps.push(Step { local: scheduled.local, action: Action::Drop, line: 0 });
            followed_by.extend(next);
            next = Some(block);
        }
        next
    }
}
