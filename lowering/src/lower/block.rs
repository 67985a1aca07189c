//! Blocks and statements.

use syn::{Expr, Stmt};

use super::pattern::Matched;
use super::value::Value;
use super::{Builder, line_of};
use crate::Edition;
use crate::types::{Classes, classes_of};

impl Builder<'_> {
    /// A block; its locals are dropped at its end.
    pub(super) fn block(&mut self, block: &syn::Block) -> Value {
        self.frame().open();
        let value = self.statements(&block.stmts);
        let line = line_of(block.brace_token.span.close());
        self.frame().close(line);
        value
    }

    /// The statements of a block, in a scope that is open. The value is that of the last expression.
    pub(super) fn statements(&mut self, statements: &[Stmt]) -> Value {
        let active: Vec<&Stmt> =
            statements.iter().filter(|statement| self.package.is_active(attributes(statement))).collect();
        let Some((last, before)) = active.split_last() else { return Value::of(Classes::COPY) };
        before.iter().for_each(|statement| self.statement(statement));
        match last {
            Stmt::Expr(tail, None) => self.tail(|builder| builder.value(tail), super::awaiting::suspends(tail)),
            Stmt::Macro(tail) if tail.semi_token.is_none() => {
                self.tail(|builder| builder.macro_value(&tail.mac), super::macros::may_suspend(&tail.mac))
            }
            _ => {
                self.statement(last);
                Value::of(Classes::COPY)
            }
        }
    }

    /// The last expression of a block. Since the edition of 2024 its temporaries are dropped before the block's locals; before
    /// that they lived on to the end of the statement around the block.
    fn tail(&mut self, evaluate: impl FnOnce(&mut Self) -> Value, suspends: bool) -> Value {
        if self.source.edition >= Edition::E2024 {
            return self.terminating(suspends, evaluate);
        }
        let holds = self.frame().holds;
        self.frame().holds |= suspends;
        let value = evaluate(self);
        self.frame().holds = holds;
        value
    }

    /// Evaluates something at whose end its temporaries are dropped.
    pub(super) fn terminating<T>(&mut self, suspends: bool, evaluate: impl FnOnce(&mut Self) -> T) -> T {
        let frame = self.frame();
        frame.open_temporaries();
        let depth = frame.depth();
        let around = std::mem::replace(&mut frame.temporaries, depth);
        let holds = std::mem::replace(&mut frame.holds, suspends);
        let value = evaluate(self);
        let frame = self.frame();
        frame.holds = holds;
        frame.temporaries = around;
        frame.close(0);
        value
    }

    fn statement(&mut self, statement: &Stmt) {
        if !self.package.is_active(attributes(statement)) {
            return;
        }
        match statement {
            Stmt::Local(local) => self.local(local),
            Stmt::Item(syn::Item::Macro(item)) => {
                if let Some(name) = &item.ident {
                    self.own_macros.push((name.to_string(), item.mac.tokens.clone()));
                }
            }
            // Found by itself, as if it were outside.
            Stmt::Item(_) => {}
            Stmt::Expr(expression, _) => {
                self.terminating(super::awaiting::suspends(expression), |builder| builder.value(expression));
            }
            Stmt::Macro(statement) => {
                if self.macro_statement(&statement.mac) {
                    return;
                }
                let suspends = super::macros::may_suspend(&statement.mac);
                self.terminating(suspends, |builder| builder.macro_value(&statement.mac));
            }
        }
    }

    fn local(&mut self, local: &syn::Local) {
        let depth = self.frame().depth();
        let Some(init) = &local.init else { return self.declare_later(&local.pat, depth) };
        let suspends = super::awaiting::suspends(&init.expr);
        self.terminating(suspends, |builder| {
            let Some((_, diverging)) = &init.diverge else { return builder.bind_init(&local.pat, &init.expr, depth) };
            let matched = builder.matched(&init.expr);
            let otherwise = builder.frame().branch();
            let matches = builder.frame().branch();
            builder.frame().current = otherwise;
            builder.value(diverging);
            builder.frame().current = matches;
            builder.bind(&local.pat, &matched, depth);
        });
    }

    fn bind_init(&mut self, pattern: &syn::Pat, init: &Expr, depth: usize) {
        // Each part is bound to what stands for it.
        if let (syn::Pat::Tuple(parts), Expr::Tuple(values)) = (pattern, init)
            && parts.elems.len() == values.elems.len()
            && !parts.elems.iter().any(|part| matches!(part, syn::Pat::Rest(_)))
        {
            let values = self.operands(values.elems.iter());
            for (part, value) in parts.elems.iter().zip(values) {
                self.bind(part, &Matched::value(value), depth);
            }
            return;
        }
        // The temporary of `let x = &f();` lives as long as `x`.
        let matched = if is_extended(init) {
            let frame = self.frame();
            let around = (std::mem::replace(&mut frame.temporaries, depth), std::mem::replace(&mut frame.holds, true));
            let value = self.value(init);
            (self.frame().temporaries, self.frame().holds) = around;
            Matched::value(value)
        } else if matches!(pattern, syn::Pat::Ident(ident) if ident.by_ref.is_none() && ident.subpat.is_none()) {
            Matched::value(self.value(init))
        } else if let syn::Pat::Type(typed) = pattern
            && let syn::Pat::Ident(ident) = &*typed.pat
            && ident.by_ref.is_none()
        {
            let value = self.value(init);
            let classes = match &*typed.ty {
                syn::Type::Infer(_) => value.classes,
                ty => classes_of(ty, &self.generics, self.package.types()),
            };
            Matched::value(Value { classes, ..value })
        } else {
            self.matched(init)
        };
        self.bind(pattern, &matched, depth);
    }

    /// What a pattern is matched with: a place is not moved by that, only by what is bound.
    pub(super) fn matched(&mut self, scrutinee: &Expr) -> Matched {
        match scrutinee {
            Expr::Paren(inner) => self.matched(&inner.expr),
            Expr::Tuple(tuple) => Matched::tuple(self.operands(tuple.elems.iter())),
            Expr::Path(_) | Expr::Field(_) | Expr::Index(_) => Matched::place(self.place(scrutinee)),
            Expr::Unary(syn::ExprUnary { op: syn::UnOp::Deref(_), .. }) => Matched::place(self.place(scrutinee)),
            _ => Matched::value(self.value(scrutinee)),
        }
    }
}

/// Those of a statement, among which a `#[cfg(…)]` may be.
fn attributes(statement: &Stmt) -> &[syn::Attribute] {
    match statement {
        Stmt::Local(local) => &local.attrs,
        Stmt::Macro(invocation) => &invocation.attrs,
        Stmt::Expr(expression, _) => match expression {
            Expr::Block(it) => &it.attrs,
            Expr::If(it) => &it.attrs,
            Expr::Match(it) => &it.attrs,
            Expr::MethodCall(it) => &it.attrs,
            Expr::Call(it) => &it.attrs,
            Expr::Await(it) => &it.attrs,
            Expr::Try(it) => &it.attrs,
            Expr::Assign(it) => &it.attrs,
            Expr::Return(it) => &it.attrs,
            Expr::Macro(it) => &it.attrs,
            Expr::ForLoop(it) => &it.attrs,
            Expr::While(it) => &it.attrs,
            Expr::Loop(it) => &it.attrs,
            Expr::Unsafe(it) => &it.attrs,
            Expr::Path(it) => &it.attrs,
            _ => &[],
        },
        Stmt::Item(_) => &[],
    }
}

/// Whether the value of an expression refers to temporaries of it, which then live as long as the local that gets it.
fn is_extended(init: &Expr) -> bool {
    match init {
        Expr::Reference(_) => true,
        Expr::Paren(inner) => is_extended(&inner.expr),
        Expr::Tuple(tuple) => tuple.elems.iter().any(is_extended),
        Expr::Array(array) => array.elems.iter().any(is_extended),
        Expr::Struct(literal) => literal.fields.iter().any(|field| is_extended(&field.expr)),
        Expr::Cast(cast) => is_extended(&cast.expr),
        Expr::Macro(invocation) => invocation.mac.path.segments.last().is_some_and(|last| last.ident == "pin"),
        _ => false,
    }
}
