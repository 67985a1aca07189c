//! Names that the user's item cannot mean.
//!
//! The names that are introduced are the lifetime of a projection, and those of the types that have none of the user's. Each is one
//! that occurs nowhere in the item: so the user's tokens mean beside them what they meant without them. (What a macro in
//! a type expands to cannot be seen: see [`super::opaque`].)

use crate::quote::Tokens;
use proc_macro2::{Ident, Span, TokenStream, TokenTree};
use std::collections::BTreeSet;

pub(crate) struct FreshNames {
    /// Identifiers of the item that begin with `__`, and the names of all its lifetimes.
    taken: BTreeSet<String>,
    /// `'pin`, or the like.
    pub(crate) lifetime: Tokens,
}

impl FreshNames {
    pub(crate) fn among(item: &TokenStream) -> Self {
        let mut taken = BTreeSet::new();
        collect(item.clone(), &mut taken);
        let mut lifetime = String::from("'pin");
        while taken.contains(&lifetime) {
            lifetime.push('_');
        }
        let mut tokens = Tokens::default();
        tokens.token(&lifetime, Span::call_site());
        Self { taken, lifetime: tokens }
    }

    /// `wanted`, or the first longer form of it that the item does not contain. `wanted` begins with `__`.
    pub(crate) fn unlike(&self, wanted: &str) -> Ident {
        let mut name = wanted.to_owned();
        while self.taken.contains(&name) {
            name.push('_');
        }
        Ident::new(&name, Span::call_site())
    }
}

fn collect(tokens: TokenStream, taken: &mut BTreeSet<String>) {
    let mut after_tick = false;
    for token in tokens {
        let tick = matches!(&token, TokenTree::Punct(punct) if punct.as_char() == '\'');
        match token {
            TokenTree::Ident(ident) => {
                let name = ident.to_string();
                if after_tick {
                    taken.insert(format!("'{}", name.trim_start_matches("r#")));
                } else if name.starts_with("__") || name.starts_with("r#__") {
                    taken.insert(name.trim_start_matches("r#").to_owned());
                }
            }
            TokenTree::Group(group) => collect(group.stream(), taken),
            _ => {}
        }
        after_tick = tick;
    }
}
