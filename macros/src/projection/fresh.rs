//! Names that the user's item cannot mean.
//!
//! The names that are introduced are the lifetime of a projection, and those of the types that have none of the user's. Each is one
//! that occurs nowhere in what is repeated of the item: so the user's tokens mean beside them what they meant without them. (What a
//! macro in a type expands to cannot be seen: see [`super::opaque`].)

use crate::quote::Tokens;
use crate::tokens::is_punct;
use proc_macro2::{Ident, Span, TokenStream, TokenTree};
use std::collections::BTreeSet;

/// Identifiers that begin with `__`, and the names of lifetimes.
#[derive(Default)]
pub(crate) struct Taken(BTreeSet<String>);

impl Taken {
    /// Adds every name among the tokens.
    pub(crate) fn add<'t>(&mut self, tokens: impl Iterator<Item = &'t TokenTree>) {
        let mut after_tick = false;
        for token in tokens {
            let is_lifetime = std::mem::replace(&mut after_tick, is_punct(token, '\''));
            match token {
                TokenTree::Ident(name) => self.name(name.to_string(), is_lifetime),
                TokenTree::Group(group) => self.add_stream(group.stream()),
                _ => {}
            }
        }
    }

    fn add_stream(&mut self, tokens: TokenStream) {
        let tokens: Vec<_> = tokens.into_iter().collect();
        self.add(tokens.iter());
    }

    /// Adds one name.
    pub(crate) fn name(&mut self, name: String, is_lifetime: bool) {
        if is_lifetime {
            self.0.insert(format!("'{}", name.trim_start_matches("r#")));
        } else if name.starts_with("__") || name.starts_with("r#__") {
            self.0.insert(name.trim_start_matches("r#").to_owned());
        }
    }
}

pub(crate) struct FreshNames {
    taken: Taken,
    /// `'pin`, or the like.
    pub(crate) lifetime: Tokens,
}

impl FreshNames {
    pub(crate) fn among(item: TokenStream) -> Self {
        let mut taken = Taken::default();
        taken.add_stream(item);
        Self::unlike_all(taken)
    }

    pub(crate) fn unlike_all(taken: Taken) -> Self {
        let mut lifetime = String::from("'pin");
        while taken.0.contains(&lifetime) {
            lifetime.push('_');
        }
        let mut tokens = Tokens::default();
        tokens.token(&lifetime, Span::call_site());
        Self { taken, lifetime: tokens }
    }

    /// `wanted`, or the first longer form of it that the item does not contain. `wanted` begins with `__`.
    pub(crate) fn unlike(&self, wanted: &str) -> Ident {
        let mut name = wanted.to_owned();
        while self.taken.0.contains(&name) {
            name.push('_');
        }
        Ident::new(&name, Span::call_site())
    }
}
