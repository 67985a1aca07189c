//! Loops, and what leaves them.

use super::awaiting::suspends;
use super::branch::statement_suspends;
use super::frame::Target;
use super::pattern::Matched;
use super::value::{Value, through};
use super::{Builder, line_of};
use crate::graph::{Action, BlockId};
use crate::types::{Classes, KnownType};

impl Builder<'_> {
    pub(super) fn labelled_block(&mut self, label: Option<&syn::Label>, block: &syn::Block) -> Value {
        let Some(label) = label else { return self.block(block) };
        let end = self.frame().graph.add_block();
        self.target(Some(label), end, None);
        let value = self.block(block);
        self.frame().goto(end);
        self.frame().current = end;
        let broken = self.frame().targets.pop().and_then(|target| target.value);
        broken.map_or(value.clone(), |broken| value.or(broken))
    }

    fn target(&mut self, label: Option<&syn::Label>, break_to: BlockId, continue_to: Option<BlockId>) {
        let label = label.map(|label| label.name.ident.to_string());
        let frame = self.frame();
        let depth = frame.scopes.len();
        frame.targets.push(Target { label, break_to, continue_to, depth, value: None });
    }

    pub(super) fn loop_expression(&mut self, repeated: &syn::ExprLoop) -> Value {
        let end = self.frame().graph.add_block();
        let head = self.frame().branch();
        self.frame().current = head;
        self.target(repeated.label.as_ref(), end, Some(head));
        let inside = repeated.body.stmts.iter().any(statement_suspends);
        self.terminating(inside, |builder| builder.block(&repeated.body));
        self.frame().goto(head);
        self.frame().current = end;
        self.frame().targets.pop().and_then(|target| target.value).unwrap_or_else(Value::unknown)
    }

    pub(super) fn while_expression(&mut self, repeated: &syn::ExprWhile) -> Value {
        let end = self.frame().graph.add_block();
        let head = self.frame().branch();
        self.frame().current = head;
        self.target(repeated.label.as_ref(), end, Some(head));
        let mut fails = Vec::new();
        // In every edition what is matched is dropped at the end of each round.
        let temporaries = self.frame().temporaries;
        self.terminating(true, |builder| {
            let depth = builder.frame().depth();
            builder.frame().temporaries = depth;
            builder.conditional(&repeated.cond, &mut fails, |builder| builder.block(&repeated.body));
        });
        self.frame().temporaries = temporaries;
        self.frame().goto(head);
        self.lead(fails, end);
        self.frame().targets.pop();
        self.frame().current = end;
        Value::of(Classes::COPY)
    }

    /// `for` is a `match` on the iterator, in which a local of the name `iter` is borrowed for each round.
    pub(super) fn for_expression(&mut self, repeated: &syn::ExprForLoop) -> Value {
        let line = line_of(repeated.for_token.span);
        let holds = self.frame().holds;
        self.frame().holds |= repeated.body.stmts.iter().any(statement_suspends);
        let iterated = self.value(&repeated.expr);
        self.frame().holds = holds;
        let frame = self.frame();
        frame.open();
        let depth = frame.depth();
        let iter = frame.declare("iter", Classes::NAMED, None, line);
        let held = Value::of(Classes::NAMED).lending(through(iterated.loans.clone(), "into_iter"));
        self.assign(iter, &held, line);
        self.frame().schedule(iter, depth);
        let end = self.frame().graph.add_block();
        let head = self.frame().branch();
        self.frame().current = head;
        self.target(repeated.label.as_ref(), end, Some(head));
        self.step(iter, Action::Borrow, line);
        self.frame().goto(end);
        let round = self.frame().branch();
        self.frame().current = round;
        let known = iterated.known.as_ref().and_then(KnownType::element);
        let item = Value::of(item_classes(&repeated.expr)).lending(through(held.loans, "next"));
        let item = item.typed(known, self);
        let inside = repeated.body.stmts.iter().any(statement_suspends) || suspends(&repeated.expr);
        self.frame().open();
        let depth = self.frame().depth();
        self.bind(&repeated.pat, &Matched::value(item), depth);
        self.terminating(inside, |builder| builder.block(&repeated.body));
        self.frame().close(0);
        self.frame().goto(head);
        self.frame().targets.pop();
        self.frame().current = end;
        self.frame().close(0);
        Value::of(Classes::COPY)
    }

    pub(super) fn break_expression(&mut self, exit: &syn::ExprBreak) -> Value {
        let value = exit.expr.as_deref().map(|value| self.value(value));
        if let Some(index) = self.find_target(exit.label.as_ref(), false) {
            let target = &mut self.frame().targets[index];
            if let Some(value) = value {
                target.value = Some(match target.value.take() {
                    Some(other) => other.or(value),
                    None => value,
                });
            }
            let (to, depth) = (target.break_to, target.depth);
            self.frame().leave(depth, line_of(exit.break_token.span));
            self.frame().goto(to);
        }
        self.frame().unreachable();
        Value::unknown()
    }

    pub(super) fn continue_expression(&mut self, exit: &syn::ExprContinue) -> Value {
        if let Some(index) = self.find_target(exit.label.as_ref(), true) {
            let &mut Target { continue_to, depth, .. } = &mut self.frame().targets[index];
            self.frame().leave(depth, line_of(exit.continue_token.span));
            continue_to.into_iter().for_each(|head| self.frame().goto(head));
        }
        self.frame().unreachable();
        Value::unknown()
    }

    /// A labelled block is only left by its label.
    fn find_target(&mut self, label: Option<&syn::Lifetime>, to_head: bool) -> Option<usize> {
        let label = label.map(|label| label.ident.to_string());
        self.frame().targets.iter().rposition(|target| match &label {
            Some(_) => target.label == label && (!to_head || target.continue_to.is_some()),
            None => target.continue_to.is_some(),
        })
    }

    pub(super) fn return_expression(&mut self, exit: &syn::ExprReturn) -> Value {
        if let Some(value) = &exit.expr {
            self.value(value);
        }
        self.frame().leave_body();
        Value::unknown()
    }
}

/// What a loop over an expression binds.
fn item_classes(iterated: &syn::Expr) -> Classes {
    match iterated {
        syn::Expr::Paren(inner) => item_classes(&inner.expr),
        syn::Expr::Range(range) => {
            let is_literal = |end: &Option<Box<syn::Expr>>| matches!(end.as_deref(), Some(syn::Expr::Lit(_)));
            if is_literal(&range.start) || is_literal(&range.end) {
                Classes::COPY
            } else {
                Classes::COPY | Classes::MOVE
            }
        }
        syn::Expr::Reference(reference) if reference.mutability.is_some() => Classes::UNIQUE,
        syn::Expr::Reference(_) => Classes::SHARED,
        syn::Expr::MethodCall(call) => match call.method.to_string().as_str() {
            "iter" | "keys" | "lines" | "split" | "split_whitespace" | "windows" | "chunks" => Classes::SHARED,
            "iter_mut" | "values_mut" => Classes::UNIQUE,
            "chars" | "bytes" | "char_indices" => Classes::COPY,
            "rev" => item_classes(&call.receiver),
            _ => Classes::ANY,
        },
        _ => Classes::ANY,
    }
}
