//! Promise 1: the type is `Unpin` only if all its structurally pinned fields are.
//!
//! There is always exactly one implementation, so that a second one, written by hand, is rejected (E0119). The bound
//! is on a tuple, and begins with a reference of a lifetime that the type does not have:
//! - the lifetime makes the bound depend on a parameter, so that it may be false without being an error;
//! - the compiler has to assume that `Unpin` might some day hold for the tuple, whatever it holds today for what is in
//!   it, so that no hand-written implementation can pass for not overlapping (pin-project's issue 340 is about that).

use super::Context;
use crate::projection::Door;
use crate::projection::model::Item;
use crate::quote::{Tokens, quote, quote_spanned};
use proc_macro2::Span;

pub(super) fn implementation(context: &Context<'_>) -> Tokens {
    let Context { item, fresh, support, opaque, arguments, .. } = context;
    let (path, lifetime) = (&support.path, &fresh.lifetime);
    let mut holder = Tokens::default();
    let (place, bound) = if let Some(place) = item.requests.not_unpin {
        (place, quote!((&#lifetime (), #path::PhantomPinned): #path::Unpin))
    } else if let Some(place) = item.requests.unsafe_unpin {
        // Behind the tuple as well. `ByTrait` is never looked up at a path of the user's, who could name another type.
        (place, quote_spanned!(place=> (&#lifetime (), #path::ByTrait<#lifetime, Self>): #path::Unpin))
    } else {
        let types = item.pinned_fields().enumerate().map(|(index, field)| {
            let ty = opaque.type_of(item, index, field);
            quote!(#ty,)
        });
        let types = quote!((&#lifetime (), #(#types)*));
        let types = if may_show_private_types(item) { out_of_sight(context, types, &mut holder) } else { types };
        (Span::call_site(), quote!(#types: #path::Unpin))
    };
    let name = &item.name;
    let parameters = item.generics.declaration(Some(lifetime), None);
    let predicates = item.generics.where_clause(Some(bound));
    quote_spanned! {place=>
        #holder
        #[automatically_derived]
        impl #parameters #path::Unpin for #name #arguments #predicates {}
    }
}

/// A private type in the bound of a public type counts as reachable, and its lints come up: the peers keep it out of
/// sight. The derive does not, for it makes no promise to be them, and the bound can be read in the documentation.
fn may_show_private_types(item: &Item) -> bool {
    item.door == Door::HandedOver && !item.visibility.is_empty()
}

/// The types as an associated type of a local trait.
fn out_of_sight(context: &Context<'_>, types: Tokens, holder: &mut Tokens) -> Tokens {
    let Context { item, fresh, arguments, predicates, .. } = context;
    let (name, lifetime, of_trait) = (&item.name, &fresh.lifetime, fresh.unlike("__PinnedFields"));
    let parameters = item.generics.declaration(Some(lifetime), None);
    *holder = quote! {
        trait #of_trait<#lifetime> { type Types: ?Sized; }
        impl #parameters #of_trait<#lifetime> for #name #arguments #predicates { type Types = #types; }
    };
    quote!(<#name #arguments as #of_trait<#lifetime>>::Types)
}
