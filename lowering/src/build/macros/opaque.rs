//! A macro of which nothing is known: what it mentions counts as used, and suspend points that can be read in it as its own.

use proc_macro2::{TokenStream, TokenTree};
use quote::ToTokens as _;
use syn::parse::Parser as _;

use super::{expressions, has_await};
use crate::OpaqueMacro;
use crate::build::value::Value;
use crate::build::{Builder, line_of};
use crate::graph::Action;

impl Builder<'_> {
    pub(super) fn opaque(&mut self, invocation: &syn::Macro) -> Value {
        let path = invocation.path.to_token_stream().to_string().replace(' ', "");
        let line = invocation.path.segments.first().map_or(0, |first| line_of(first.ident.span()));
        self.frame().graph.opaque.push(OpaqueMacro { path, line });
        if has_await(&invocation.tokens) {
            if let Some(arguments) = expressions(&invocation.tokens) {
                self.operands(arguments.iter());
            } else if let Ok(statements) = syn::Block::parse_within.parse2(invocation.tokens.clone()) {
                self.frame().open();
                self.statements(&statements);
                self.frame().close(0);
            }
        }
        self.mention(&invocation.tokens, line);
        Value::unknown()
    }

    fn mention(&mut self, tokens: &TokenStream, line: u32) {
        for token in tokens.clone() {
            match token {
                TokenTree::Group(group) => self.mention(&group.stream(), line),
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
