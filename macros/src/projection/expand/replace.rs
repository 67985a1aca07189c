//! `project_replace`: takes a pinned value apart and puts another one in its place, without ever moving what is pinned.

use super::Context;
use super::methods::{binding, bindings, destructure};
use super::projected::Projection;
use crate::projection::model::Fields;
use proc_macro2::{Ident, TokenStream};
use quote::{quote, quote_spanned};

pub(super) fn method(context: &Context<'_>, projection: &Projection) -> TokenStream {
    let support = &context.support.path;
    let Projection { name, visibility, .. } = projection;
    let arguments = context.item.generics.arguments(None);
    let place = context.item.requests.project_replace.as_ref().map(|replace| replace.place);
    let place = place.unwrap_or_else(proc_macro2::Span::call_site);
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
        #[allow(dead_code)]
        #[inline]
        #signature {
            // SAFETY: no pinned field is moved: each is dropped in place below.
            let __pinsight_this = unsafe { #support::Pin::get_unchecked_mut(self) };
            // SAFETY: the guard goes last, when every field has been moved out or dropped, also if something panics:
            // the target is then valid to be written, and holds nothing that is still to be dropped.
            let __pinsight_overwrite =
                unsafe { #support::Overwrite::new(__pinsight_this as *mut Self, __pinsight_replacement) };
            #body
        }
    }
}

/// Moves the unpinned fields out.
fn result(context: &Context<'_>, name: &Ident, variant: Option<&Ident>, fields: &Fields) -> TokenStream {
    let support = &context.support.path;
    let variant = variant.map(|variant| quote!(::#variant));
    let members = fields.list.iter().map(|field| &field.member);
    let values = fields.list.iter().zip(bindings(fields)).map(|(field, binding)| match field.pin {
        Some(_) => quote!(#support::PhantomData),
        // SAFETY (in the generated code): see there.
        None => quote! {
            // SAFETY: the reference is valid, and the value is not used again: it is overwritten without being dropped.
            unsafe { #support::read(#binding) }
        },
    });
    quote!(let __pinsight_result = #name #variant { #(#members: #values),* };)
}

/// Drops the pinned fields where they stand, in the order of their declaration, as the compiler would.
fn drops(context: &Context<'_>, fields: &Fields) -> TokenStream {
    let support = &context.support.path;
    let pinned: Vec<_> = (0..fields.list.len()).filter(|index| fields.list[*index].pin.is_some()).map(binding).collect();
    if pinned.is_empty() {
        return TokenStream::new();
    }
    // Guards go in the reverse order of their declaration.
    let pinned = pinned.iter().rev();
    quote! {
        // A block of its own, or else the result would leak when one of the drops panics (rust-lang/rust#47949).
        {
            #(
                // SAFETY: the field is valid, and nobody uses it after the guard: it is overwritten without being
                // dropped again.
                let #pinned = unsafe { #support::DropInPlace::new(#pinned) };
            )*
        }
    }
}
