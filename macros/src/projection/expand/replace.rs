//! `project_replace`: takes a pinned value apart and puts another one in its place, without ever moving what is pinned.

use super::Context;
use super::methods::destructure;
use super::projected::Projection;
use crate::projection::model::Fields;
use crate::quote::{Tokens, quote, quote_spanned};
use proc_macro2::{Ident, Span};

pub(super) fn method(context: &Context<'_>, projection: &Projection) -> Tokens {
    let support = &context.support.path;
    let Projection { name, visibility, .. } = projection;
    let arguments = &context.arguments;
    let place = context.item.requests.project_replace.as_ref().map(|replace| replace.place);
    // `self` must be the one of the body, also where the user's tokens come out of another macro.
    let place = Span::call_site().located_at(place.unwrap_or_else(Span::call_site));
    let body = destructure(context, &quote!(__pinsight_this), |variant, fields| {
        let result = result(context, name, variant, fields);
        let drops = drops(context, fields);
        quote!(#result #drops __pinsight_result)
    });
    // An unsized type is an error in this signature, so it stands where the user asked for the method.
    let signature = quote_spanned! {place=>
        #visibility fn project_replace(self: #support::Pin<&mut Self>, __pinsight_replacement: Self)
            -> #name #arguments
    };
    quote! {
        #[doc = "Replaces the value. What was not pinned is returned; what was is dropped where it stood."]
        #[inline]
        #signature {
            // SAFETY: no pinned field is moved: each is dropped in place below.
            let __pinsight_this: *mut Self = unsafe { #support::get_mut(self) };
            // SAFETY: the guard goes last, when every field has been moved out or dropped, also if something panics:
            // the target is then valid to be written, and holds nothing that is still to be dropped.
            let __pinsight_overwrite = unsafe { #support::Overwrite::new(__pinsight_this, __pinsight_replacement) };
            // SAFETY: it was made of such a reference. The guard's pointer has to be older than this one: whoever borrows the
            // value anew ends what is in use beside the new reference.
            let __pinsight_this = unsafe { &mut *__pinsight_this };
            #body
        }
    }
}

/// Moves the unpinned fields out.
fn result(context: &Context<'_>, name: &Ident, variant: Option<&Ident>, fields: &Fields) -> Tokens {
    let support = &context.support.path;
    let variant = variant.map(|variant| quote!(::#variant));
    let values = fields.list.iter().enumerate().map(|(index, field)| {
        let (member, binding) = (&field.member, &context.bindings[index]);
        match field.pin {
            Some(_) => quote!(#member: #support::PhantomData),
            // SAFETY: the reference is valid, and the value is not used again: it is overwritten without being dropped.
            None => quote!(#member: unsafe { #support::read(#binding) }),
        }
    });
    quote!(let __pinsight_result = #name #variant { #(#values),* };)
}

/// Drops the pinned fields where they stand, in the order of their declaration, as the compiler would.
fn drops(context: &Context<'_>, fields: &Fields) -> Tokens {
    let support = &context.support.path;
    if fields.list.iter().all(|field| field.pin.is_none()) {
        return Tokens::default();
    }
    // Guards go in the reverse order of their declaration.
    let guards = fields.list.iter().enumerate().rev().filter(|(_, field)| field.pin.is_some()).map(|(index, _)| {
        let binding = &context.bindings[index];
        // SAFETY: the field is valid, and nobody uses it after the guard: it is overwritten without being dropped again.
        quote!(let #binding = unsafe { #support::DropInPlace::new(#binding) };)
    });
    quote! {
        // A block of its own, or else the result would leak when one of the drops panics (rust-lang/rust#47949).
        { #(#guards)* }
    }
}
