//! Types that are written with a macro, `#[pin] f: some_type!()`.
//!
//! What such a macro expands to cannot be seen, so it could name one of our items, or be different each time. The type
//! is therefore written once, as an associated type; the field is then compared with that, and the `Unpin` bound
//! speaks of that.

use crate::projection::fresh::FreshNames;
use crate::projection::model::{Field, Item};
use crate::quote::{Tokens, quote};
use proc_macro2::{Ident, Span, TokenTree};

pub(super) struct OpaqueTypes {
    holder: Ident,
    /// Of each pinned field: the name of its associated type and the type, if a macro is in it.
    types: Vec<Option<(Ident, Tokens)>>,
}

impl OpaqueTypes {
    pub(super) fn of(item: &Item, fresh: &FreshNames) -> Self {
        let types = item.pinned_fields().enumerate().map(|(index, Field { ty, .. })| {
            contains_macro(ty).then(|| (Ident::new(&format!("Pinned{index}"), Span::call_site()), ty.clone()))
        });
        Self { holder: fresh.unlike("__WrittenWithMacros"), types: types.collect() }
    }

    pub(super) fn declaration(&self, item: &Item) -> Tokens {
        let written: Vec<_> = self.types.iter().flatten().collect();
        if written.is_empty() {
            return Tokens::default();
        }
        let (holder, name) = (&self.holder, &item.name);
        let parameters = item.generics.declaration(None, None);
        let arguments = item.generics.arguments(None);
        let predicates = item.generics.where_clause(None);
        let names = written.iter().map(|(name, _)| quote!(type #name: ?Sized;));
        let types = written.iter().map(|(name, ty)| quote!(type #name = #ty;));
        quote! {
            trait #holder { #(#names)* }
            impl #parameters #holder for #name #arguments #predicates { #(#types)* }
        }
    }

    /// The type of the pinned field with this number, in the words of `const _`.
    pub(super) fn type_of(&self, item: &Item, index: usize, field: &Field) -> Tokens {
        match self.types.get(index) {
            Some(Some((name, _))) => {
                let (holder, this, arguments) = (&self.holder, &item.name, item.generics.arguments(None));
                quote!(<#this #arguments as #holder>::#name)
            }
            _ => field.ty.clone(),
        }
    }

    pub(super) fn is_opaque(&self, index: usize) -> bool {
        matches!(self.types.get(index), Some(Some(_)))
    }
}

/// Whether there is a macro call anywhere in a type: a `!` that is not the never type.
fn contains_macro(ty: &Tokens) -> bool {
    let mut after_name = false;
    ty.iter().any(|token| {
        let found = match token {
            TokenTree::Punct(punct) => after_name && punct.as_char() == '!',
            TokenTree::Group(group) => contains_macro(&group.stream().into()),
            _ => false,
        };
        after_name = matches!(token, TokenTree::Ident(_));
        found
    })
}
