//! Promise 1: the type is `Unpin` only if all its structurally pinned fields are.
//!
//! There is always exactly one implementation, so that a second one, written by hand, is rejected (E0119). The bound
//! is on a tuple, and begins with a reference of a lifetime that the type does not have:
//! - the lifetime makes the bound depend on a parameter, so that it may be false without being an error;
//! - the compiler has to assume that `Unpin` might some day hold for the tuple, whatever it holds today for what is in
//!   it, so that no hand-written implementation can pass for not overlapping (pin-project's issue 340 is about that).

use super::Context;
use crate::quote::{Tokens, quote, quote_spanned};
use proc_macro2::Span;

pub(super) fn implementation(context: &Context<'_>) -> Tokens {
    let Context { item, fresh, support, opaque, arguments, .. } = context;
    let (path, lifetime) = (&support.path, &fresh.lifetime);
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
        (Span::call_site(), quote!((&#lifetime (), #(#types)*): #path::Unpin))
    };
    let name = &item.name;
    let parameters = item.generics.declaration(Some(lifetime), None);
    let predicates = item.generics.where_clause(Some(bound));
    quote_spanned! {place=>
        #[automatically_derived]
        impl #parameters #path::Unpin for #name #arguments #predicates {}
    }
}
