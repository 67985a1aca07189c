//! A macro of which nothing is known: what it mentions counts as used, and suspend points that can be read in it as its own.

use proc_macro2::{TokenStream, TokenTree};
use quote::ToTokens as _;
use syn::parse::Parser as _;

use super::{expressions, has_await};
use crate::OpaqueMacro;
use crate::graph::Action;
use crate::lower::value::Value;
use crate::lower::{Builder, line_of};

impl Builder<'_> {
    pub(super) fn opaque(&mut self, invocation: &syn::Macro) -> Value {
        let path = invocation.path.to_token_stream().to_string().replace(' ', "");
        let line = invocation.path.segments.first().map_or(0, |first| line_of(first.ident.span()));
        let own = self.own_macros.iter().rfind(|(own, _)| *own == path).map(|(_, tokens)| tokens.clone());
        if let Some(tokens) = own {
            // It sees the locals of the body, those aside that it is given.
            self.mention(&tokens);
        }
        self.frame().graph.opaque.push(OpaqueMacro { path, line });
        if has_await(&invocation.tokens) {
            if let Some(arguments) = expressions(&invocation.tokens) {
                self.mentioned_operands(&arguments);
                return Value::unknown();
            }
            if let Ok(statements) = syn::Block::parse_within.parse2(invocation.tokens.clone()) {
                self.frame().open();
                self.statements(&statements);
                self.frame().close(0);
                return Value::unknown();
            }
        }
        if !self.format_like(&invocation.tokens) {
            self.mention(&invocation.tokens);
        }
        Value::unknown()
    }

    /// A macro that is given a format string borrows what comes after it; what comes before it is only mentioned.
    fn format_like(&mut self, tokens: &TokenStream) -> bool {
        let Some(arguments) = expressions(tokens) else { return false };
        let is_format = |argument: &syn::Expr| matches!(argument, syn::Expr::Lit(syn::ExprLit { lit: syn::Lit::Str(text), .. }) if text.value().contains('{'));
        let Some(format) = arguments.iter().position(is_format) else { return false };
        self.mentioned_operands(&arguments[..format]);
        self.format_expressions(&arguments[format..]);
        true
    }

    /// Expressions of which some suspend: those are evaluated, the others only mentioned.
    fn mentioned_operands(&mut self, arguments: &[syn::Expr]) {
        for argument in arguments {
            if crate::lower::awaiting::suspends(argument) {
                self.value(argument);
            } else {
                self.mention(&argument.to_token_stream());
            }
        }
    }

    fn mention(&mut self, tokens: &TokenStream) {
        for token in tokens.clone() {
            match token {
                TokenTree::Group(group) => self.mention(&group.stream()),
                TokenTree::Ident(ident) => {
                    if let Some(local) = self.resolve(&super::super::name_of(&ident)) {
                        self.step(local, Action::Mention, line_of(ident.span()));
                    }
                }
                _ => {}
            }
        }
    }
}
