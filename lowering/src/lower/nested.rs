//! Closures and async blocks: bodies of their own, which capture what they mention of the body around.

use pinsight_machine::{Certainty, MachineKind};

use super::frame::{Capture, Frame};
use super::pattern::Matched;
use super::source_text::first_span;
use super::value::{Lent, Value};
use super::{Builder, line_of};
use crate::graph::{Action, LocalId, Lowered};
use crate::types::{Classes, KnownType, Receiver, classes_of};

impl Builder<'_> {
    pub(super) fn closure(&mut self, closure: &syn::ExprClosure) -> Value {
        let is_async = closure.asyncness.is_some();
        let path = self.path.clone();
        if is_async {
            self.path = format!("{path}::{{async closure#{}}}", self.count(MachineKind::AsyncClosure));
        }
        self.frames.push(Frame::new(is_async));
        for input in &closure.inputs {
            let (pattern, value) = match input {
                syn::Pat::Type(typed) => (
                    &*typed.pat,
                    Value {
                        known: KnownType::new(&typed.ty),
                        ..Value::of(classes_of(&typed.ty, &self.generics, self.package.types()))
                    },
                ),
                other => (other, Value::unknown()),
            };
            match pattern {
                syn::Pat::Ident(ident) if is_async => {
                    let line = line_of(ident.ident.span());
                    self.argument_local(&super::name_of(&ident.ident), value.classes, value.known, line);
                }
                _ => self.bind(pattern, &Matched::value(value), 0),
            }
        }
        self.value(&closure.body);
        self.frame().leave_body();
        let span = closure.asyncness.map_or(closure.inputs_begin.span, |token| token.span);
        self.nested(
            is_async.then_some(MachineKind::AsyncClosure),
            path,
            (span, first_span(&closure.body)),
            closure.capture.is_some(),
        )
    }

    pub(super) fn async_block(&mut self, block: &syn::ExprAsync) -> Value {
        let span = block.async_token.span;
        self.async_body(span, block.block.brace_token.span.open(), block.capture.is_some(), |builder| {
            builder.statements(&block.block.stmts);
        })
    }

    /// A body that is a machine of its own.
    pub(super) fn async_body(
        &mut self,
        span: proc_macro2::Span,
        begins: proc_macro2::Span,
        is_move: bool,
        evaluate: impl FnOnce(&mut Self),
    ) -> Value {
        let path = self.path.clone();
        self.path = format!("{path}::{{async block#{}}}", self.count(MachineKind::AsyncBlock));
        self.frames.push(Frame::new(true));
        self.terminating(true, evaluate);
        self.frame().leave_body();
        let mut value = self.nested(Some(MachineKind::AsyncBlock), path, (span, begins), is_move);
        value.classes = Classes::DROP;
        value.known = None;
        value
    }

    /// The number of the next body of that kind directly inside of this one.
    fn count(&mut self, kind: MachineKind) -> usize {
        let prefix = format!("{}::{{{kind}#", self.path);
        let is_direct = |path: &str| path.strip_prefix(&prefix).is_some_and(|rest| !rest.contains("::"));
        self.frame().graph.children.iter().filter(|child| is_direct(&child.path)).count()
    }

    /// Ends the innermost frame: what it captures is taken from the one around.
    fn nested(
        &mut self,
        kind: Option<MachineKind>,
        path: String,
        spans: (proc_macro2::Span, proc_macro2::Span),
        is_move: bool,
    ) -> Value {
        let line = line_of(spans.0);
        let Some(frame) = self.frames.pop() else { return Value::unknown() };
        let own_path = std::mem::replace(&mut self.path, path);
        let Frame { graph, captures, .. } = frame;
        match kind {
            Some(kind) => {
                self.frame().graph.children.push(Lowered { graph, kind, path: own_path, spans });
            }
            None => {
                self.frame().graph.children.extend(graph.children);
                self.frame().graph.opaque.extend(graph.opaque);
            }
        }
        self.capture(captures, is_move, line)
    }

    fn capture(&mut self, captures: Vec<Capture>, is_move: bool, line: u32) -> Value {
        // One that moves what it captured can be called once, and is moved by that.
        let consumes = captures.iter().any(|capture| {
            matches!(capture.action, Action::Value) && Classes::NEEDS_MOVE.overlaps(self.classes(capture.outer))
        });
        let mut captured = Vec::new();
        for capture in captures {
            let is_field = capture.part.starts_with('.') && !capture.part[1..].contains(['.', '[']);
            let is_owned = !self.classes(capture.outer).is_reference();
            let action = match captured_by(capture.action, is_move) {
                Action::PartValue if is_move && is_field && is_owned => {
                    let place = self.field_place(capture.outer, &capture.part, line);
                    self.part_value(&place)
                }
                action => action,
            };
            captured.push(Capture { action, ..capture });
        }
        captured.sort();
        captured.dedup_by(|one, other| (one.outer, one.action, &one.part) == (other.outer, other.action, &other.part));
        let takes_all = |action| matches!(action, Action::Value | Action::CaptureValue);
        let taken: Vec<LocalId> =
            captured.iter().filter(|capture| takes_all(capture.action)).map(|capture| capture.outer).collect();
        let (mut classes, mut lent) = (Classes::COPY, Vec::new());
        for Capture { outer, action, part, line: used } in captured {
            // One that takes it whole is the only one.
            if !takes_all(action) && taken.contains(&outer) {
                continue;
            }
            let line = if used == 0 { line } else { used };
            let of_local = self.classes(outer);
            let owns_part = action == Action::PartBorrow || action == Action::PartReceiver && !is_move;
            let action = if owns_part && !part.is_empty() && self.owns_parts(outer) { Action::Borrow } else { action };
            let borrows = crate::flow::always_borrows(action, of_local);
            let takes_part = matches!(action, Action::Read | Action::Empty | Action::MovePart | Action::PartValue);
            classes = classes.with(match (action, borrows) {
                (Action::AssignPart, _) => Classes::MOVE,
                (_, Some(true)) => Classes::COPY | Classes::MOVE,
                _ if of_local.is_reference() => of_local,
                (Action::Value | Action::PartValue, _) => of_local,
                _ => Classes::NAMED,
            });
            // A reference to it holds nothing of what it holds.
            let mut loans = if borrows == Some(true) { Vec::new() } else { self.loans_of(outer) };
            if borrows != Some(false) && !(is_move && takes_part) {
                let certainty = if borrows == Some(true) { Certainty::Certain } else { Certainty::Possible };
                loans.push(Lent { target: outer, part, certainty, through: String::new(), line });
            }
            self.step(outer, action, line);
            lent.extend(loans);
        }
        let called = if consumes { Receiver::Unknown } else { Receiver::ByReference };
        Value { known: Some(KnownType::Closure(classes, called)), ..Value::inside(lent, classes) }
    }
}

/// What a use inside means for the local outside.
fn captured_by(action: Action, is_move: bool) -> Action {
    match (action, is_move) {
        // A part is captured by itself; through a reference the reference is.
        (Action::PartValue | Action::PartBorrow | Action::PartReceiver | Action::AssignPart, true) => Action::PartValue,
        (_, true) => Action::Value,
        (Action::Value | Action::CaptureValue, false) => Action::CaptureValue,
        (Action::Read | Action::Assign | Action::Drop | Action::StorageDead | Action::Borrow, false) => Action::Borrow,
        (Action::PartValue | Action::PartReceiver | Action::PartReceiverOrMove, false) => Action::PartReceiver,
        (Action::AssignPart, false) => Action::PartBorrow,
        (other, false) => other,
    }
}
