//! Promise 1: the type is `Unpin` only if all its structurally pinned fields are.
//!
//! There is always exactly one implementation, so that a second one, written by hand, is rejected (E0119). The bound
//! is on a tuple, and depends on a parameter:
//! - a bound without parameters would be an error where it is false; with the lifetime in front, which the type does not have, it may
//!   be false; where one of the types is a type parameter it is not needed;
//! - the compiler has to assume that `Unpin` might some day hold for the tuple, whatever it holds today for what is in
//!   it, so that no hand-written implementation can pass for not overlapping (pin-project's issue 340 is about that).

use super::{Context, lints};
use crate::projection::Door;
use crate::projection::model::Item;
use crate::quote::{Tokens, put};
use crate::tokens::first_span;
use proc_macro2::Span;

pub(super) fn implementation(context: &Context<'_>, to: &mut Tokens) {
    let Context { item, fresh, support, arguments, predicates, types, .. } = context;
    let (name, requests) = (&item.name, &item.requests);
    let by_fields = requests.not_unpin.is_none() && requests.unsafe_unpin.is_none();
    let hidden = by_fields && may_show_private_types(item);
    if hidden {
        hide_types(context, to);
    }
    declaration(context, to);
    let needs_lifetime = !by_fields || hidden || !types.one_is_a_parameter;
    let lifetime = needs_lifetime.then_some(&fresh.lifetime);
    let parameters = item.generics.declaration(lifetime);
    lints(item, to);
    // As of `UsePinnedDropInsteadOfDrop`, of which a second one is shown.
    put!(to, at context.place => impl);
    let start = to.position();
    put!(to, #parameters);
    to.place_ends(start, context.place);
    path(context, to);
    put!(to, for #name #arguments);
    to.place_since(to.position() - 1, name.span());
    if predicates.is_empty() {
        put!(to, where);
    } else {
        put!(to, #predicates);
    }
    if requests.not_unpin.is_some() {
        put!(to, (&#lifetime (), #support::PhantomPinned):);
    } else if requests.unsafe_unpin.is_some() {
        put!(to, (&#lifetime (), #support::ByTrait<Self>):);
    } else if hidden {
        let holder = holder(context);
        put!(to, <#name #arguments as #holder<#lifetime>>::Types:);
    } else {
        tuple(context, lifetime, to);
        put!(to, :);
    }
    path(context, to);
    put!(to, at context.place => {});
}

/// Writes the path to `Unpin`, as it stands in the head of the implementation, in its bound, and in the proof. Where it can, the whole of it
/// stands at a place of the user's: of an implementation whose trait and type do, the compiler does not say that it comes from a derive and
/// that the user had better implement `Unpin` by hand, which would be an error. With the user's place goes their edition, and in 2015 the
/// path begins in the root of their crate, where anything may stand under our name. So it is these very tokens that the proof proves.
pub(super) fn path(context: &Context<'_>, to: &mut Tokens) {
    let Context { item, support, .. } = context;
    let requests = &item.requests;
    if let Some(facade) = &requests.facade {
        // The names in a path of the user's mean what they mean where they are written.
        put!(to, at first_span(facade) => #support::Unpin);
        return;
    }
    let mut pins = item.pinned_fields().filter_map(|field| field.pin);
    let only_pin = pins.next().filter(|_| pins.next().is_none());
    let said = requests.not_unpin.or(requests.unsafe_unpin);
    let place = said.or(only_pin).unwrap_or_else(|| item.name.span());
    let start = to.position();
    put!(to, at place => #support::Unpin);
    if item.door == Door::Derive {
        to.place_since(start, place);
    }
}

/// `(&'pin (), T, U)`.
fn tuple(context: &Context<'_>, lifetime: Option<&Tokens>, to: &mut Tokens) {
    let start = to.position();
    if let Some(lifetime) = lifetime {
        put!(to, &#lifetime (),);
    }
    for (index, field) in context.item.pinned_fields().enumerate() {
        context.types.write(context, index, field, to);
        put!(to, ,);
    }
    to.enclose(start, proc_macro2::Delimiter::Parenthesis, Span::call_site());
}

/// A private type in the bound of a public type counts as reachable, and its lints come up: the peers keep it out of
/// sight. The derive does not, for it makes no promise to be them, and the bound can be read in the documentation.
fn may_show_private_types(item: &Item) -> bool {
    item.door == Door::HandedOver
        && !item.visibility.is_empty()
        && !item.pinned_fields().all(|field| field.seen.is_plain)
}

fn holder(context: &Context<'_>) -> proc_macro2::Ident {
    let name = context.item.name.to_string();
    context.fresh.unlike(&format!("__{}PinnedFields", name.trim_start_matches("r#")))
}

/// The types as an associated type of a private trait.
fn hide_types(context: &Context<'_>, to: &mut Tokens) {
    let Context { item, fresh, support, arguments, predicates, .. } = context;
    let (name, lifetime, holder) = (&item.name, &fresh.lifetime, holder(context));
    let parameters = item.generics.declaration(Some(lifetime));
    put!(to, trait #holder<#lifetime> { type Types: ?#support::Sized; });
    lints(item, to);
    put!(to, impl #parameters #holder<#lifetime> for #name #arguments #predicates {
        type Types = #{ tuple(context, Some(lifetime), to) };
    });
}

/// Without it, an implementation of `UnsafeUnpin` would be an error.
pub(super) fn declaration(context: &Context<'_>, to: &mut Tokens) {
    let Context { item, support, parameters, arguments, predicates, .. } = context;
    let Some(place) = item.requests.unsafe_unpin else { return };
    let name = &item.name;
    lints(item, to);
    put!(to, impl #parameters);
    put!(to, at place => #support::DeclaresUnsafeUnpin);
    put!(to, for #name #arguments #predicates {});
}
