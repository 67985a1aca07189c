//! Macros whose meaning is known by their name; any other one is opaque.

mod concurrent;
mod format;
mod opaque;
mod pinned;

use proc_macro2::{TokenStream, TokenTree};
use syn::parse::Parser as _;
use syn::punctuated::Punctuated;
use syn::{Expr, Token};

use super::Builder;
use super::value::{Value, all_loans, through};
use crate::graph::Action;
use crate::types::{Classes, Receiver};

impl Builder<'_> {
    pub(super) fn macro_value(&mut self, invocation: &syn::Macro) -> Value {
        let name = invocation.path.segments.last().map(|last| last.ident.to_string()).unwrap_or_default();
        let is_own = self.package.defines_macro(&name) || self.own_macros.iter().any(|(own, _)| *own == name);
        let known = if is_own { None } else { self.known_macro(&name, invocation) };
        known.unwrap_or_else(|| self.opaque(invocation))
    }

    /// `None` if nothing is known of it, or if its tokens are not what such a macro takes.
    fn known_macro(&mut self, name: &str, invocation: &syn::Macro) -> Option<Value> {
        let tokens = &invocation.tokens;
        Some(match name {
            "format" => {
                self.format(tokens)?;
                Value::of(Classes::DROP)
            }
            "format_args" => {
                let loans = self.format(tokens)?;
                Value::inside(loans, Classes::COPY)
            }
            "print" | "println" | "eprint" | "eprintln" | "trace" | "debug" | "info" | "warn" | "error" | "log"
            | "event" => {
                self.format(tokens)?;
                Value::of(Classes::COPY)
            }
            "anyhow" | "format_err" | "eyre" | "span" | "trace_span" | "debug_span" | "info_span" | "warn_span"
            | "error_span" => {
                self.format(tokens)?;
                Value::of(Classes::DROP)
            }
            "write" | "writeln" => {
                let arguments = expressions(tokens)?;
                let (destination, others) = arguments.split_first()?;
                let place = self.place(destination);
                self.receive(&place, Receiver::ByReference, "write_fmt");
                self.format_expressions(others);
                Value::of(Classes::NAMED)
            }
            "panic" | "unreachable" | "todo" | "unimplemented" => {
                self.format(tokens)?;
                self.frame().leave_body();
                Value::unknown()
            }
            "bail" => {
                self.format(tokens)?;
                self.frame().leave_body();
                Value::unknown()
            }
            "assert" | "debug_assert" | "ensure" => {
                let arguments = expressions(tokens)?;
                let (condition, message) = arguments.split_first()?;
                self.value(condition);
                self.leave_after(|builder| builder.format_expressions(message));
                Value::of(Classes::COPY)
            }
            "assert_eq" | "assert_ne" | "debug_assert_eq" | "debug_assert_ne" => {
                let arguments = expressions(tokens)?;
                let [left, right, message @ ..] = &*arguments else { return None };
                self.reference(left, false);
                self.reference(right, false);
                self.leave_after(|builder| builder.format_expressions(message));
                Value::of(Classes::COPY)
            }
            "matches" | "assert_matches" | "debug_assert_matches" => self.matches(tokens)?,
            "vec" | "smallvec" => match expressions(tokens) {
                Some(elements) => {
                    let values = self.operands(elements.iter());
                    let loans = all_loans(values);
                    Value::inside(through(loans, "vec!"), Classes::DROP)
                }
                None => {
                    let repeat: syn::ExprRepeat = syn::parse2(bracketed(tokens)).ok()?;
                    let value = self.value(&repeat.expr);
                    self.value(&repeat.len);
                    Value::inside(value.loans, Classes::DROP)
                }
            },
            "dbg" => {
                let arguments = expressions(tokens)?;
                let mut values = self.operands(arguments.iter());
                values.pop().filter(|_| values.is_empty()).unwrap_or_else(Value::unknown)
            }
            "ready" | "try" => {
                let arguments = expressions(tokens)?;
                let value = self.operands(arguments.iter()).pop()?;
                self.leave_on_error();
                Value::unknown().lending(through(value.loans, name))
            }
            "pin" => self.pinned_value(tokens)?,
            "select" | "select_biased" => self.select(invocation)?,
            "join" | "try_join" => self.join(invocation)?,
            "addr_of" | "addr_of_mut" => {
                let arguments = expressions(tokens)?;
                let [place] = &*arguments else { return None };
                let pointer = self.reference(place, name == "addr_of_mut");
                Value { classes: Classes::COPY, ..pointer }
            }
            "stringify" | "concat" | "file" | "module_path" | "include_str" | "include_bytes" | "env" => {
                Value::of(Classes::SHARED)
            }
            "line" | "column" | "cfg" => Value::of(Classes::COPY),
            "option_env" | "compile_error" | "include" => Value::unknown(),
            _ => return None,
        })
    }

    /// What is done before the body ends here, on one of two ways.
    fn leave_after(&mut self, evaluate: impl FnOnce(&mut Self)) {
        let fail = self.frame().branch();
        let goes_on = self.frame().branch();
        self.frame().current = fail;
        evaluate(self);
        self.frame().leave_body();
        self.frame().current = goes_on;
    }

    fn matches(&mut self, tokens: &TokenStream) -> Option<Value> {
        let parser = |input: syn::parse::ParseStream<'_>| {
            let matched: Expr = input.parse()?;
            input.parse::<Token![,]>()?;
            let pattern = syn::Pat::parse_multi_with_leading_vert(input)?;
            let guard = if input.peek(Token![if]) {
                input.parse::<Token![if]>()?;
                Some(input.parse::<Expr>()?)
            } else {
                None
            };
            input.parse::<TokenStream>()?;
            Ok((matched, pattern, guard))
        };
        let (matched, pattern, guard) = parser.parse2(tokens.clone()).ok()?;
        let scrutinee = self.matched(&matched);
        self.frame().open();
        let depth = self.frame().depth();
        // What it binds is only looked at by the guard.
        if let Some(root) = scrutinee.root {
            self.step(root, Action::Read, 0);
        }
        self.bind(&pattern, &scrutinee.looked_at(), depth);
        if let Some(guard) = guard {
            self.value(&guard);
        }
        self.frame().close(0);
        Some(Value::of(Classes::COPY))
    }
}

/// Whether there may be a suspend point in what a macro makes of its tokens.
pub(super) fn may_suspend(invocation: &syn::Macro) -> bool {
    let name = invocation.path.segments.last().map(|last| last.ident.to_string()).unwrap_or_default();
    matches!(&*name, "select" | "select_biased" | "join" | "try_join") || has_await(&invocation.tokens)
}

fn has_await(tokens: &TokenStream) -> bool {
    tokens.clone().into_iter().any(|token| match token {
        TokenTree::Ident(ident) => ident == "await",
        TokenTree::Group(group) => has_await(&group.stream()),
        _ => false,
    })
}

/// The arguments of a macro that takes expressions.
fn expressions(tokens: &TokenStream) -> Option<Vec<Expr>> {
    let parsed = Punctuated::<Expr, Token![,]>::parse_terminated.parse2(tokens.clone()).ok()?;
    Some(parsed.into_iter().collect())
}

fn bracketed(tokens: &TokenStream) -> TokenStream {
    let group = proc_macro2::Group::new(proc_macro2::Delimiter::Bracket, tokens.clone());
    TokenTree::Group(group).into()
}
