//! Promise 2: what runs when the type is dropped never moves a pinned field.
//!
//! Either there is no `Drop`, which is checked without implementing it (that would forbid moving fields out of a value
//! that is not pinned), or it is generated here and passes `Pin<&mut Self>` on.

use super::Context;
use crate::quote::{Tokens, quote, quote_spanned};

pub(super) fn implementation(context: &Context<'_>) -> Tokens {
    let (item, path) = (context.item, &context.support.path);
    let mut output = Tokens::default();
    if let Some(place) = item.requests.pinned_drop {
        output.extend(pinned_drop(context, place));
    }
    let offender = match (item.requests.pinned_drop, item.requests.unsafe_unpin) {
        (Some(_), Some(_)) => return output,
        (Some(_), None) => {
            let traits = &context.support.traits;
            Some(quote!(#traits::UnsafeUnpin_UnlessTheAttributeSaysSo))
        }
        (None, Some(_)) => Some(quote!(#path::Drop_ButPinnedDropInstead)),
        (None, None) => None,
    };
    // Without a known offender, the implementation is for all of them at once.
    let fresh = context.fresh.parameter.clone();
    let fresh = &quote!(#fresh);
    let parameters = item.generics.declaration(None, offender.is_none().then_some(fresh));
    let offender = offender.as_ref().unwrap_or(fresh);
    let Context { arguments, predicates, .. } = context;
    let name = &item.name;
    output.extend(quote! {
        impl #parameters #path::MustNotImplement<#offender> for #name #arguments #predicates {}
    });
    output
}

fn pinned_drop(context: &Context<'_>, place: proc_macro2::Span) -> Tokens {
    let (item, path, traits) = (context.item, &context.support.path, &context.support.traits);
    let Context { parameters, arguments, predicates, .. } = context;
    let name = &item.name;
    // A missing implementation is an error in this call, so it stands where the user promised one. `unsafe` keeps the
    // place of the macro call: with the user's, `forbid(unsafe_code)` would reject it.
    let of_trait = quote_spanned!(place=> #traits::PinnedDrop);
    // As a method of a trait that the type implements: with `crate = path`, a path alone could lead to any unsafe function.
    let call = quote_spanned!(place=> <Self as #of_trait>::__put_pinned_drop_above_this_impl);
    let declaration = declaration(context, place);
    quote! {
        #declaration
        #[automatically_derived]
        impl #parameters #path::Drop for #name #arguments #predicates {
            #[inline]
            fn drop(&mut self) {
                // SAFETY: a value that is being dropped is not moved again.
                let __pinsight_this = unsafe { #path::Pin::new_unchecked(self) };
                // SAFETY: this is the one call, and it is the compiler that makes it, once.
                unsafe { #call(__pinsight_this) }
            }
        }
    }
}

/// Without it, `#[pinned_drop]` on the type would be an error too.
pub(super) fn declaration(context: &Context<'_>, place: proc_macro2::Span) -> Tokens {
    let (name, traits) = (&context.item.name, &context.support.traits);
    let Context { parameters, arguments, predicates, .. } = context;
    let declares = quote_spanned!(place=> #traits::DeclaresPinnedDrop);
    quote! {
        #[automatically_derived]
        impl #parameters #declares for #name #arguments #predicates {}
    }
}
