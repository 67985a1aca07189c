//! `Self` in the declaration of a type means that type; copied into a projection it would mean the projection.

use super::model::Item;
use crate::quote::{Tokens, quote};
use crate::tokens::is_word;
use proc_macro2::{Group, Spacing, TokenTree};

/// Replaces `Self` by the type itself, also inside the tokens of macros.
pub(crate) fn spelled_out(tokens: &Tokens, item: &Item) -> Tokens {
    if !mentions_self(tokens) {
        return tokens.clone();
    }
    let (name, arguments) = (&item.name, item.generics.arguments(None));
    replace(tokens.clone(), &quote!(#name #arguments))
}

fn mentions_self(tokens: &Tokens) -> bool {
    tokens.iter().any(|token| match token {
        TokenTree::Ident(ident) => is_word(ident, "Self"),
        TokenTree::Group(group) => mentions_self(&group.stream().into()),
        _ => false,
    })
}

fn replace(tokens: Tokens, this: &Tokens) -> Tokens {
    let mut output = Tokens::default();
    let mut tokens = tokens.into_iter().peekable();
    while let Some(token) = tokens.next() {
        match token {
            TokenTree::Ident(ident) if is_word(&ident, "Self") => {
                // `Self::N` has to become `<Type<T>>::N`: an array length is an expression.
                let leads_a_path = matches!(
                    tokens.peek(),
                    Some(TokenTree::Punct(punct)) if punct.as_char() == ':' && punct.spacing() == Spacing::Joint
                );
                output.extend(if leads_a_path { quote!(<#this>) } else { this.clone() });
            }
            TokenTree::Group(group) => {
                let mut replaced = Group::new(group.delimiter(), replace(group.stream().into(), this).into());
                replaced.set_span(group.span());
                output.extend([TokenTree::Group(replaced)]);
            }
            token => output.extend([token]),
        }
    }
    output
}
