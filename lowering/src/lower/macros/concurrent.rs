//! `select!` and `join!`, of tokio and of futures: each is one suspend point, at which all its futures are stored.

use proc_macro2::TokenStream;
use syn::parse::{ParseStream, Parser as _};
use syn::{Expr, Pat, Token};

use super::expressions;
use crate::lower::value::{Value, all_loans, through};
use crate::lower::{Builder, line_of};
use crate::types::Classes;

/// One branch of a `select!`.
struct Branch {
    /// `None`: `else`, `complete` or `default`.
    awaited: Option<(Pat, Expr)>,
    condition: Option<Expr>,
    handler: Expr,
}

impl Builder<'_> {
    pub(super) fn join(&mut self, invocation: &syn::Macro) -> Option<Value> {
        let tokens = without_biased(&invocation.tokens);
        let futures = expressions(&tokens)?;
        let holds = std::mem::replace(&mut self.frame().holds, true);
        let values = self.operands(futures.iter());
        self.frame().holds = holds;
        let loans = all_loans(values);
        let span = invocation.path.segments.last()?.ident.span();
        Some(self.all_at_once(Value::inside(through(loans, "join!"), Classes::DROP), span, "join!"))
    }

    /// The futures lie in a local, and what is awaited polls them there.
    fn all_at_once(&mut self, futures: Value, span: proc_macro2::Span, name: &str) -> Value {
        let line = line_of(span);
        self.frame().open();
        let depth = self.frame().depth();
        let local = self.frame().declare("futures", Classes::DROP, None, line);
        self.assign(local, &futures, line);
        self.frame().schedule(local, depth);
        let polled = self.place_of(local, line);
        let lent = self.borrow(polled, Classes::UNIQUE);
        let value = self.suspend(name.to_owned(), lent, span);
        self.frame().close(line);
        value.lending(futures.loans)
    }

    pub(super) fn select(&mut self, invocation: &syn::Macro) -> Option<Value> {
        let branches = branches.parse2(without_biased(&invocation.tokens)).ok()?;
        let span = invocation.path.segments.last()?.ident.span();
        for condition in branches.iter().filter_map(|branch| branch.condition.as_ref()) {
            self.value(condition);
        }
        let holds = std::mem::replace(&mut self.frame().holds, true);
        let values = self.operands(branches.iter().filter_map(|branch| Some(&branch.awaited.as_ref()?.1)));
        self.frame().holds = holds;
        let loans = all_loans(values);
        let futures = Value::inside(through(loans, "select!"), Classes::DROP);
        let output = self.all_at_once(futures, span, "select!");
        let matched = crate::lower::pattern::Matched::value(output);
        let wild: Pat = Pat::Wild(syn::PatWild { attrs: Vec::new(), underscore_token: Token![_](span) });
        let arms = branches.iter().map(|branch| {
            let pattern = branch.awaited.as_ref().map_or(&wild, |(pattern, _)| pattern);
            (pattern, &branch.handler)
        });
        self.arms(&matched, arms)
    }
}

/// `biased;`, which changes nothing here.
fn without_biased(tokens: &TokenStream) -> TokenStream {
    let parser = |input: ParseStream<'_>| {
        if input.peek(syn::Ident) && input.peek2(Token![;]) {
            input.parse::<syn::Ident>()?;
            input.parse::<Token![;]>()?;
        }
        input.parse::<TokenStream>()
    };
    parser.parse2(tokens.clone()).unwrap_or_else(|_| tokens.clone())
}

fn branches(input: ParseStream<'_>) -> syn::Result<Vec<Branch>> {
    let mut branches = Vec::new();
    while !input.is_empty() {
        let (mut awaited, mut condition) = (None, None);
        if input.peek(Token![else]) {
            input.parse::<Token![else]>()?;
        } else if input.peek(syn::Ident) && input.peek2(Token![=>]) {
            input.parse::<syn::Ident>()?;
        } else {
            let pattern = Pat::parse_multi_with_leading_vert(input)?;
            input.parse::<Token![=]>()?;
            awaited = Some((pattern, input.parse()?));
            if input.peek(Token![,]) && input.peek2(Token![if]) {
                input.parse::<Token![,]>()?;
                input.parse::<Token![if]>()?;
                condition = Some(input.parse()?);
            }
        }
        input.parse::<Token![=>]>()?;
        let handler = if input.peek(syn::token::Brace) {
            Expr::Block(syn::ExprBlock { attrs: Vec::new(), label: None, block: input.parse()? })
        } else {
            input.parse()?
        };
        if !input.is_empty() {
            input.parse::<Option<Token![,]>>()?;
        }
        branches.push(Branch { awaited, condition, handler });
    }
    Ok(branches)
}
