//! Names that the user's item cannot mean.
//!
//! Types of fields are repeated inside `const _`, beside items of ours. Were one of those called like something that a
//! field's type mentions, the type would mean one thing there and another outside, and the `Unpin` bound would speak of
//! a type that is not the field's: that is how both peers can be tricked. So every name that is introduced is one that
//! occurs nowhere in the item. (What a macro in type position expands to cannot be seen: see `expand::opaque`.)

use crate::quote::Tokens;
use proc_macro2::{Ident, Span, TokenStream, TokenTree};
use std::collections::BTreeSet;

pub(crate) struct FreshNames {
    /// Identifiers of the item that begin with `__`, and the names of all its lifetimes.
    taken: BTreeSet<String>,
    pub(crate) alias: Ident,
    /// `'pin`, or the like.
    pub(crate) lifetime: Tokens,
    pub(crate) parameter: Ident,
}

impl FreshNames {
    pub(crate) fn among(item: &TokenStream) -> Self {
        let mut taken = BTreeSet::new();
        collect(item.clone(), &mut taken);
        let mut names = Self {
            alias: Ident::new("__pinsight", Span::call_site()),
            lifetime: Tokens::default(),
            parameter: Ident::new("__Offender", Span::call_site()),
            taken,
        };
        names.alias = names.unlike("__pinsight");
        names.parameter = names.unlike("__Offender");
        let mut lifetime = String::from("pin");
        while names.taken.contains(&format!("'{lifetime}")) {
            lifetime.push('_');
        }
        names.lifetime.token(&format!("'{lifetime}"), Span::call_site());
        names
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
