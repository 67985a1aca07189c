//! `if`, `match`, `&&`, `||` and `?`.

use syn::{BinOp, Expr, Pat};

use super::Builder;
use super::awaiting::suspends;
use super::pattern::Matched;
use super::place::Path;
use super::source_text::first_line;
use super::value::{Value, through};
use crate::Edition;
use crate::graph::{Action, BlockId, LocalKind};
use crate::types::{Classes, KnownType};

impl Builder<'_> {
    pub(super) fn if_expression(&mut self, branch: &syn::ExprIf) -> Value {
        let join = self.frame().graph.add_block();
        let mut fails = Vec::new();
        let value = self.conditional(&branch.cond, &mut fails, |builder| {
            let inside = branch.then_branch.stmts.iter().any(statement_suspends);
            builder.terminating(inside, |builder| builder.block(&branch.then_branch))
        });
        self.frame().goto(join);
        let otherwise = self.frame().graph.add_block();
        self.lead(fails, otherwise);
        self.frame().current = otherwise;
        let other = branch
            .else_branch
            .as_ref()
            .map(|(_, other)| self.terminating(suspends(other), |builder| builder.value(other)));
        self.frame().goto(join);
        self.frame().current = join;
        match other {
            Some(other) => value.or(other),
            None => Value::of(Classes::COPY),
        }
    }

    /// Evaluates `then` where the condition holds, with what it binds; the blocks in which it does not are added to `fails`.
    pub(super) fn conditional<T>(
        &mut self,
        condition: &Expr,
        fails: &mut Vec<BlockId>,
        then: impl FnOnce(&mut Self) -> T,
    ) -> T {
        let frame = self.frame();
        frame.open();
        let depth = frame.depth();
        // Since the edition of 2024 the temporaries of what `if let` matches are dropped before `else`.
        let around = (frame.temporaries, frame.holds);
        if self.source.edition >= Edition::E2024 {
            self.frame().temporaries = depth;
        }
        self.frame().holds = true;
        self.condition(condition, depth, fails);
        let value = then(self);
        (self.frame().temporaries, self.frame().holds) = around;
        self.frame().close(0);
        value
    }

    fn condition(&mut self, condition: &Expr, depth: usize, fails: &mut Vec<BlockId>) {
        match condition {
            Expr::Paren(inner) => self.condition(&inner.expr, depth, fails),
            Expr::Binary(syn::ExprBinary { left, op: BinOp::And(_), right, .. }) => {
                self.condition(left, depth, fails);
                self.condition(right, depth, fails);
            }
            Expr::Let(binding) => {
                let matched = self.scrutinee(&binding.expr);
                self.fail(depth, fails);
                self.bind(&binding.pat, &matched, depth);
            }
            _ => {
                self.terminating(suspends(condition), |builder| builder.value(condition));
                self.fail(depth, fails);
            }
        }
    }

    /// A way out from here, on which the scopes down to that depth are left.
    fn fail(&mut self, depth: usize, fails: &mut Vec<BlockId>) {
        let frame = self.frame();
        let fail = frame.branch();
        let goes_on = frame.branch();
        frame.current = fail;
        frame.leave(depth, 0);
        fails.push(fail);
        frame.current = goes_on;
    }

    pub(super) fn lead(&mut self, from: Vec<BlockId>, to: BlockId) {
        let current = self.frame().current;
        for block in from {
            self.frame().current = block;
            self.frame().goto(to);
        }
        self.frame().current = current;
    }

    /// What is matched; a value that was just computed lives as a temporary while the arms do.
    fn scrutinee(&mut self, expression: &Expr) -> Matched {
        let is_place = match expression {
            Expr::Path(_) | Expr::Field(_) | Expr::Index(_) | Expr::Paren(_) | Expr::Tuple(_) => true,
            Expr::Unary(unary) => matches!(unary.op, syn::UnOp::Deref(_)),
            _ => false,
        };
        let frame = self.frame();
        if is_place || !frame.is_async || !frame.holds {
            return self.matched(expression);
        }
        let line = first_line(expression);
        let value = self.value(expression);
        let name = super::source_text::short(expression);
        let local = self.frame().add_temporary(name, LocalKind::Temporary, value.classes, line);
        self.assign(local, &value, line);
        let depth = self.frame().temporaries;
        self.frame().schedule(local, depth);
        // What is bound to a reference in it points where that points.
        let place = self.place_of(local, line);
        Matched::place(super::place::Place { loans: value.loans, ..place })
    }

    pub(super) fn match_expression(&mut self, matched: &syn::ExprMatch) -> Value {
        let holds = self.frame().holds;
        self.frame().holds |= matched.arms.iter().any(|arm| suspends(&arm.body));
        let scrutinee = self.scrutinee(&matched.expr);
        self.frame().holds = holds;
        let package = self.package;
        let active = matched.arms.iter().filter(|arm| package.is_active(&arm.attrs));
        let value = self.arms(&scrutinee, active.map(|arm| (&arm.pat, &*arm.body)));
        value.unwrap_or_else(|| {
            self.frame().unreachable();
            Value::unknown()
        })
    }

    /// The arms of a `match`, and what is like it. `None` if there is none.
    pub(super) fn arms<'e>(
        &mut self,
        scrutinee: &Matched,
        arms: impl Iterator<Item = (&'e Pat, &'e Expr)>,
    ) -> Option<Value> {
        let join = self.frame().graph.add_block();
        let head = self.frame().current;
        let mut fails = Vec::new();
        let mut result: Option<Value> = None;
        for (pattern, body) in arms {
            let arm = self.frame().graph.add_block();
            self.frame().current = head;
            self.frame().goto(arm);
            self.lead(std::mem::take(&mut fails), arm);
            self.frame().current = arm;
            self.frame().open();
            let depth = self.frame().depth();
            if let Pat::Guard(guarded) = pattern {
                // Until the guard holds, what is bound by value is only looked at.
                self.borrow_for_guard(&guarded.pat, scrutinee, false);
                self.guard(guarded, scrutinee, &mut fails);
            }
            self.bind(pattern, scrutinee, depth);
            if let Pat::Guard(guarded) = pattern {
                self.borrow_for_guard(&guarded.pat, scrutinee, true);
            }
            let value = self.terminating(suspends(body), |builder| builder.value(body));
            self.frame().close(0);
            self.frame().goto(join);
            result = Some(match result {
                Some(other) => other.or(value),
                None => value,
            });
        }
        self.frame().current = join;
        result
    }

    fn guard(&mut self, guarded: &syn::PatGuard, scrutinee: &Matched, fails: &mut Vec<BlockId>) {
        let looked_at = scrutinee.looked_at();
        self.frame().open();
        let depth = self.frame().depth();
        self.bind(&guarded.pat, &looked_at, depth);
        self.condition(&guarded.guard, depth, fails);
        self.frame().close(0);
    }

    /// A guard looks at what the pattern binds through references: to what is matched, and to what is bound by `ref`.
    fn borrow_for_guard(&mut self, pattern: &Pat, scrutinee: &Matched, is_bound: bool) {
        let mut bindings = Bindings(Vec::new());
        syn::visit::visit_pat(&mut bindings, pattern);
        for (name, by_ref) in bindings.0.into_iter().filter(|(_, by_ref)| *by_ref == is_bound) {
            let found = if by_ref { self.frame().find(&name) } else { scrutinee.root };
            let Some(local) = found else { continue };
            let action = match (scrutinee.path, pattern) {
                _ if by_ref => Action::Borrow,
                (Path::Itself, Pat::Ident(_)) => Action::Borrow,
                (Path::Behind, _) => Action::Through,
                _ => Action::PartBorrow,
            };
            self.step(local, action, 0);
        }
    }

    /// `&&` and `||` outside of a condition.
    pub(super) fn condition_value_of(&mut self, binary: &syn::ExprBinary) -> Value {
        self.value(&binary.left);
        let join = self.frame().graph.add_block();
        self.frame().goto(join);
        let right = self.frame().branch();
        self.frame().current = right;
        self.terminating(suspends(&binary.right), |builder| builder.value(&binary.right));
        self.frame().goto(join);
        self.frame().current = join;
        Value::of(Classes::COPY)
    }

    /// A `let` outside of a condition does not compile.
    pub(super) fn condition_value(&mut self, condition: &Expr) -> Value {
        let mut fails = Vec::new();
        self.conditional(condition, &mut fails, |_| ());
        let join = self.frame().branch();
        self.lead(fails, join);
        self.frame().current = join;
        Value::of(Classes::COPY)
    }

    pub(super) fn try_expression(&mut self, tried: &syn::ExprTry) -> Value {
        let value = self.value(&tried.expr);
        self.leave_on_error();
        let classes = match value.classes {
            Classes::COPY => Classes::COPY,
            // As with `.await`.
            _ => Classes::NAMED,
        };
        let known = value.known.as_ref().and_then(KnownType::tried);
        Value::inside(through(value.loans, "?"), classes).typed(known, self)
    }

    /// A way on which the body ends here.
    pub(super) fn leave_on_error(&mut self) {
        let frame = self.frame();
        let error = frame.branch();
        let goes_on = frame.branch();
        frame.current = error;
        frame.leave_body();
        frame.current = goes_on;
    }
}

/// The names that a pattern binds, and whether by `ref`.
struct Bindings(Vec<(String, bool)>);

impl<'a> syn::visit::Visit<'a> for Bindings {
    fn visit_pat_ident(&mut self, ident: &'a syn::PatIdent) {
        self.0.push((super::name_of(&ident.ident), ident.by_ref.is_some()));
        syn::visit::visit_pat_ident(self, ident);
    }
}

pub(super) fn statement_suspends(statement: &syn::Stmt) -> bool {
    match statement {
        syn::Stmt::Local(local) => local.init.as_ref().is_some_and(|init| {
            suspends(&init.expr) || init.diverge.as_ref().is_some_and(|(_, diverging)| suspends(diverging))
        }),
        syn::Stmt::Expr(expression, _) => suspends(expression),
        syn::Stmt::Macro(statement) => super::macros::may_suspend(&statement.mac),
        syn::Stmt::Item(_) => false,
    }
}
