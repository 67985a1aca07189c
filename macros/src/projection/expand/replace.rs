//! `project_replace`: takes a pinned value apart and puts another one in its place, without ever moving what is pinned.

use super::Context;
use super::methods::destructure;
use super::projected::Projection;
use crate::projection::model::Fields;
use crate::quote::{Tokens, put};
use proc_macro2::{Ident, Span};

pub(super) fn method(context: &Context<'_>, projection: &Projection, to: &mut Tokens) {
    let support = &context.support;
    let Projection { name, visibility, .. } = projection;
    let arguments = &context.arguments;
    let place = context.item.requests.project_replace.as_ref().map(|request| request.place);
    // `self` must be the one of the body, also where the user's tokens come out of another macro.
    let place = Span::call_site().located_at(place.unwrap_or_else(Span::call_site));
    put! {to,
        #[doc = " Replaces the value. What was not pinned is returned; what was is dropped where it stood."]
        #[inline]
    }
    // An unsized type is an error in this signature, so it stands where the user asked for the method.
    put! {to, at place =>
        #visibility fn project_replace(self: #support::Pin<&mut Self>, __pinsight_replacement: Self)
            -> #name #arguments
    }
    if context.is_refused {
        put!(to, { loop {} });
        return;
    }
    put!(to, {
        // SAFETY: no pinned field is moved: each is dropped in place below.
        let __pinsight_this: *mut Self = unsafe { #support::Support::get_mut(self) };
        // SAFETY: the guard goes last, when every field has been moved out or dropped, also if something panics:
        // the target is then valid to be written, and holds nothing that is still to be dropped.
        let __pinsight_overwrite = unsafe { #support::Support::overwrite(__pinsight_this, __pinsight_replacement) };
        // SAFETY: it was made of such a reference. The guard's pointer has to be older than this one: whoever borrows the
        // value anew ends what is in use beside the new reference.
        let __pinsight_this = unsafe { &mut *__pinsight_this };
        #{
            destructure(context, |to| put!(to, __pinsight_this), to, |variant, fields, to| {
                if fields.list.iter().all(|field| field.pin.is_none()) {
                    result(context, name, variant, fields, to);
                    return;
                }
                put!(to, let __pinsight_result = #{ result(context, name, variant, fields, to) };);
                drops(context, fields, to);
                put!(to, __pinsight_result);
            });
        }
    });
}

/// Moves the unpinned fields out.
fn result(context: &Context<'_>, name: &Ident, variant: Option<&Ident>, fields: &Fields, to: &mut Tokens) {
    let support = &context.support;
    put!(to, #name);
    if let Some(variant) = variant {
        put!(to, ::#variant);
    }
    put!(to, {
        #{
            for (field, binding) in fields.list.iter().zip(&context.bindings) {
                let member = &field.member;
                if field.pin.is_some() {
                    put!(to, #member: #support::Support::dropped(),);
                } else {
                    // SAFETY: the reference is valid, and the value is not used again: it is overwritten without being dropped.
                    put!(to, #member: unsafe { #support::Support::moved(#binding) },);
                }
            }
        }
    });
}

/// Drops the pinned fields where they stand, in the order of their declaration, as the compiler would.
fn drops(context: &Context<'_>, fields: &Fields, to: &mut Tokens) {
    let support = &context.support;
    // A block of its own, or else the result would leak when one of the drops panics (rust-lang/rust#47949). Guards go in the
    // reverse order of their declaration.
    put!(to, {
        #{
            for (field, binding) in fields.list.iter().zip(&context.bindings).rev() {
                if field.pin.is_some() {
                    // SAFETY: the field is valid, and nobody uses it after the guard: it is overwritten without being dropped again.
                    put!(to, let #binding = unsafe { #support::Support::drop_in_place(#binding) };);
                }
            }
        }
    });
}
