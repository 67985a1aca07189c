//! Promise 2: what runs when the type is dropped never moves a pinned field.
//!
//! Either there is no `Drop`, which is checked without implementing it (that would forbid moving fields out of a value
//! that is not pinned), or it is generated here and passes `Pin<&mut Self>` on.

use super::{Context, lints, proof};
use crate::quote::{Tokens, put};
use proc_macro2::{Delimiter, Span};

pub(super) fn implementation(context: &Context<'_>, to: &mut Tokens) {
    if context.item.requests.pinned_drop.is_some() {
        declaration(context, to);
        pinned_drop(context, to);
    } else {
        no_drop(context, to);
    }
}

/// An implementation of a trait that every type with a `Drop` has already.
fn no_drop(context: &Context<'_>, to: &mut Tokens) {
    let Context { item, support, parameters, arguments, predicates, .. } = context;
    let (name, place) = (&item.name, context.place);
    lints(item, to);
    // The compiler shows the user where the implementation stands, from its first word to the end of its parameters: so all of that
    // has the place of the type's name.
    // SAFETY: only the macros implement the trait, for the types that they project.
    put!(to, at place => unsafe impl);
    let start = to.position();
    put!(to, #parameters);
    to.place_ends(start, place);
    put!(to, at place => #support::UsePinnedDropInsteadOfDrop for #name #arguments #predicates {
        #{ proof::of_unpin(context, to) }
    });
}

fn pinned_drop(context: &Context<'_>, to: &mut Tokens) {
    let Context { item, support, parameters, arguments, predicates, .. } = context;
    let name = &item.name;
    // A missing implementation is an error in this call, and a `Drop` by hand one in the implementation, so both stand where the
    // user promised one. `unsafe` keeps the place of the macro call: with the user's, `forbid(unsafe_code)` would reject it.
    let place = item.requests.pinned_drop.map_or_else(|| context.place, |place| Span::call_site().located_at(place));
    lints(item, to);
    put!(to, #[automatically_derived]);
    put!(to, at place => impl);
    let start = to.position();
    put!(to, #parameters);
    to.place_ends(start, place);
    put!(to, #support::Drop for #name #arguments #predicates);
    let start = to.position();
    put! {to,
        #[inline]
        fn drop(&mut self) {
            // SAFETY: the compiler calls this when it drops the value, and nobody else can; nothing else calls it.
            unsafe { #{ put!(to, at place => #support::Support::drop_pinned(self)) } }
        }
    }
    to.enclose(start, Delimiter::Brace, place);
}

/// Without it, `#[pinned_drop]` on the type would be an error too.
pub(super) fn declaration(context: &Context<'_>, to: &mut Tokens) {
    let Context { item, support, parameters, arguments, predicates, .. } = context;
    let Some(place) = item.requests.pinned_drop else { return };
    let name = &item.name;
    lints(item, to);
    // SAFETY: only the macros implement the trait, for the types that say `PinnedDrop`.
    put!(to, unsafe impl #parameters);
    put!(to, at place => #support::DeclaresPinnedDrop);
    put!(to, for #name #arguments #predicates { #{ proof::of_drop_and_unpin(context, to) } });
}
