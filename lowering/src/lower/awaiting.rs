//! `.await`.

use proc_macro2::Span;
use syn::visit::Visit;

use super::source_text::short;
use super::value::{Value, through};
use super::{Builder, line_of};
use crate::graph::{Action, LocalKind};
use crate::types::{Classes, KnownType};

impl Builder<'_> {
    pub(super) fn awaited(&mut self, awaited: &syn::ExprAwait) -> Value {
        let future = self.value(&awaited.base);
        let name = if self.frame().is_async { short(&awaited.base) } else { String::new() };
        self.suspend(name, future, awaited.await_token.span)
    }

    /// Waits for a future: it is moved to a place of its own, borrowed by its `poll`, and dropped when it is finished.
    pub(super) fn suspend(&mut self, name: String, future: Value, span: Span) -> Value {
        let line = line_of(span);
        if !self.frame().is_async {
            // In a closure that is not async the compiler accepts no `.await`.
            return Value::unknown();
        }
        let awaitee = self.frame().add_temporary(name, LocalKind::Awaitee, Classes::DROP, line);
        let held = future;
        self.assign(awaitee, &held, line);
        self.step(awaitee, Action::Borrow, line);
        self.frame().suspend(awaitee, span, line);
        self.step(awaitee, Action::Read, line);
        self.step(awaitee, Action::Drop, line);
        self.step(awaitee, Action::StorageDead, line);
        // What a future was given it can give back.
        // That a future gives a reference is rare, and not thought of.
        let known = held.known.as_ref().and_then(KnownType::awaited);
        Value::of(Classes::NAMED).lending(through(held.loans, "await")).typed(known, self)
    }
}

/// Whether a suspend point of this body is inside.
pub(super) fn suspends(expression: &syn::Expr) -> bool {
    let mut finder = Finder(false);
    finder.visit_expr(expression);
    finder.0
}

struct Finder(bool);

impl Visit<'_> for Finder {
    fn visit_expr(&mut self, expression: &syn::Expr) {
        match expression {
            _ if self.0 => {}
            syn::Expr::Await(_) => self.0 = true,
            // Bodies of their own.
            syn::Expr::Async(_) | syn::Expr::Closure(_) => {}
            _ => syn::visit::visit_expr(self, expression),
        }
    }

    fn visit_macro(&mut self, invocation: &syn::Macro) {
        self.0 |= super::macros::may_suspend(invocation);
    }

    fn visit_item(&mut self, _: &syn::Item) {}
}
