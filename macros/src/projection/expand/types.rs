//! The types of the pinned fields, as the `Unpin` bound and the comparisons write them.
//!
//! What a macro in a type expands to cannot be seen, so it could be different each time. Such a type is therefore written once, as an
//! associated type; the field is then compared with that, and the `Unpin` bound speaks of that. If it names an item of ours, the
//! comparison finds that too.

use super::{Context, lints};
use crate::projection::fresh::FreshNames;
use crate::projection::model::{Field, Item};
use crate::projection::opaque::{Braces, opaque_token};
use crate::quote::{ToTokens, Tokens, put};
use proc_macro2::{Ident, Span};

pub(super) struct PinnedTypes {
    /// The name of the trait with the associated types, if there are any.
    holder: Option<Ident>,
    /// For each pinned field: the name of its associated type, if the type cannot be seen through.
    opaque: Vec<Option<Ident>>,
    /// Whether one of the types is a type parameter and nothing else.
    pub(super) one_is_a_parameter: bool,
}

impl PinnedTypes {
    pub(super) fn of(item: &Item, fresh: &FreshNames) -> Self {
        let opaque = item.pinned_fields().enumerate().map(|(index, field)| {
            opaque_token(&field.ty, Braces::Opaque).map(|_| Ident::new(&format!("Pinned{index}"), Span::call_site()))
        });
        let opaque: Vec<_> = opaque.collect();
        let is_needed = opaque.iter().any(Option::is_some);
        Self {
            holder: is_needed.then(|| {
                let plain = item.name.to_string();
                fresh.unlike(&format!("__{}WrittenOnce", plain.trim_start_matches("r#")))
            }),
            opaque,
            one_is_a_parameter: item.pinned_fields().any(|field| field.seen.is_parameter),
        }
    }

    /// The trait with the associated types, and its implementation for the type.
    pub(super) fn declare(&self, context: &Context<'_>, to: &mut Tokens) {
        let Some(holder) = &self.holder else { return };
        let Context { item, support, parameters, arguments, predicates, .. } = context;
        let name = &item.name;
        let written =
            || self.opaque.iter().zip(item.pinned_fields()).filter_map(|(name, field)| Some((name.as_ref()?, field)));
        put!(to, trait #holder {
            #{ for (name, _) in written() { put!(to, type #name: ?#support::Sized;); } }
        });
        lints(item, to);
        put!(to, impl #parameters #holder for #name #arguments #predicates {
            #{ for (name, Field { ty, .. }) in written() { put!(to, type #name = #ty;); } }
        });
    }

    pub(super) fn is_opaque(&self, index: usize) -> bool {
        matches!(self.opaque.get(index), Some(Some(_)))
    }

    /// Writes the type of the pinned field with this number.
    pub(super) fn write(&self, context: &Context<'_>, index: usize, field: &Field, to: &mut Tokens) {
        if let Some(Some(name)) = self.opaque.get(index) {
            let (holder, this, arguments) = (&self.holder, &context.item.name, &context.arguments);
            put!(to, <#this #arguments as #holder>::#name);
        } else {
            field.ty.to_tokens(to);
        }
    }
}
