//! `project` and `project_ref`.
//!
//! What keeps them sound, statement by statement:
//! - the pattern names every field and has no `..`, in safe code: a field that a later macro adds or removes, or a
//!   struct turned into a union, does not compile;
//! - the pattern borrows every field: a packed struct does not compile (E0793, since Rust 1.69);
//! - each pinned field is pinned by a `let` of its own, with the type that it really has: if a later macro has changed
//!   that, nothing is dereferenced into the type that is expected here.

use super::projected::{Kind, Projection};
use super::{Context, replace};
use crate::projection::model::{Field, Fields, Item, Shape};
use crate::quote::{ToTokens, Tokens, quote};
use proc_macro2::{Ident, Span};

pub(super) fn implementation(context: &Context<'_>) -> Tokens {
    if context.projections.is_empty() {
        return Tokens::default();
    }
    let Context { item, parameters, arguments, predicates, .. } = context;
    let name = &item.name;
    let methods = context.projections.iter().map(|projection| match projection.kind {
        Kind::Mut | Kind::Ref => method(context, projection),
        Kind::Own => replace::method(context, projection),
    });
    quote!(impl #parameters #name #arguments #predicates { #(#methods)* })
}

fn method(context: &Context<'_>, projection: &Projection) -> Tokens {
    let support = &context.support.path;
    let lifetime = &context.fresh.lifetime;
    let Projection { kind, name, visibility, .. } = projection;
    let arguments = context.item.generics.arguments(context.lifetime_of(*kind));
    let (method, docs, mutability, target) = if *kind == Kind::Mut {
        let docs = "Projects a pinned mutable reference to the fields.";
        let target = quote! {
            // SAFETY: nothing is moved out of the reference: below it is only borrowed, field by field, and each
            // structurally pinned field is pinned again before anybody else sees it.
            unsafe { #support::get_mut(self) }
        };
        (quote!(project), docs, Some(quote!(mut)), target)
    } else {
        let docs = "Projects a pinned shared reference to the fields.";
        (quote!(project_ref), docs, None, quote!(#support::get_ref(self)))
    };
    let body = destructure(context, &target, |variant, fields| {
        let pins = pins(context, fields, *kind);
        let variant = variant.map(|variant| quote!(::#variant));
        let members = members(context, fields);
        quote!(#pins #name #variant { #members })
    });
    quote! {
        #[doc = #docs]
        #[inline]
        #visibility fn #method<#lifetime>(self: #support::Pin<&#lifetime #mutability Self>) -> #name #arguments {
            #body
        }
    }
}

/// Takes `target` apart by closed patterns, and does `then` with the bindings of the fields.
pub(super) fn destructure(
    context: &Context<'_>,
    target: &Tokens,
    then: impl Fn(Option<&Ident>, &Fields) -> Tokens,
) -> Tokens {
    match &context.item.shape {
        Shape::Struct(fields) => {
            let (pattern, then) = (pattern(context, fields), then(None, fields));
            quote!(let Self #pattern = #target; #then)
        }
        // Matching on a reference to an empty enum needs the value behind it.
        Shape::Enum(variants) if variants.is_empty() => quote!(match *#target {}),
        Shape::Enum(variants) => {
            let arms = variants.iter().map(|variant| {
                let (name, pattern) = (&variant.name, pattern(context, &variant.fields));
                let then = then(Some(name), &variant.fields);
                quote!(Self::#name #pattern => { #then })
            });
            quote!(match #target { #(#arms)* })
        }
    }
}

/// `{ field: __pinsight_0, 1: __pinsight_1 }`, which fits all styles of fields. A binding never has the name of a
/// field: that could be the name of a constant or a unit struct as well, and then match instead of bind.
fn pattern(context: &Context<'_>, fields: &Fields) -> Tokens {
    let members = members(context, fields);
    quote!({ #members })
}

/// `field: __pinsight_0`, both in a pattern and in the expression that it becomes.
fn members(context: &Context<'_>, fields: &Fields) -> Tokens {
    let mut members = Tokens::default();
    for (index, field) in fields.list.iter().enumerate() {
        field.member.to_tokens(&mut members);
        members.token(":", Span::call_site());
        context.bindings[index].to_tokens(&mut members);
        members.token(",", Span::call_site());
    }
    members
}

/// The bindings that a pattern can need. They are made once: each is used a dozen times.
pub(super) fn bindings(item: &Item) -> Vec<Ident> {
    let most = match &item.shape {
        Shape::Struct(fields) => fields.list.len(),
        Shape::Enum(variants) => variants.iter().map(|variant| variant.fields.list.len()).max().unwrap_or(0),
    };
    (0..most).map(|index| Ident::new(&format!("__pinsight_{index}"), Span::mixed_site())).collect()
}

/// Pins each structurally pinned field of these.
fn pins(context: &Context<'_>, fields: &Fields, kind: Kind) -> Tokens {
    let support = &context.support.path;
    let pin = if kind == Kind::Mut { quote!(pinned) } else { quote!(pinned_ref) };
    let last = fields.list.len().saturating_sub(1);
    let pinned = fields.list.iter().enumerate().filter(|(_, field)| field.pin.is_some());
    pinned
        .flat_map(|(index, field)| {
            let binding = &context.bindings[index];
            // Once is enough; an enum may have `project_ref` alone.
            let first = context.projections.first().is_some_and(|first| first.kind == kind);
            let comparison = first.then(|| comparison(context, kind, field, binding, index == last));
            quote! {
                // SAFETY: the field lies in a value that is pinned, and is structurally pinned: it is not moved before
                // it is dropped, because the type is `Unpin` only if this field's type is, its drop code gets no
                // `&mut` to it, it is not packed, and no other method gives `&mut` to this field.
                let #binding = unsafe { #support::#pin(#binding) };
                #comparison
            }
        })
        .collect()
}

/// Compares the type of a pinned field with the one in the `Unpin` bound, where the compiler would let them differ:
/// where the type comes out of a macro, and where a sized field could pass for an unsized one, which only the last
/// field of a struct can be.
fn comparison(context: &Context<'_>, kind: Kind, field: &Field, binding: &Ident, is_last: bool) -> Tokens {
    let index = context.item.pinned_fields().position(|other| std::ptr::eq(other, field)).unwrap_or(usize::MAX);
    if !context.opaque.is_opaque(index) && (context.item.is_enum() || !is_last) {
        return Tokens::default();
    }
    let support = &context.support.path;
    let ty = context.opaque.type_of(context.item, index, field);
    let exactly = if kind == Kind::Mut { quote!(exactly) } else { quote!(exactly_ref) };
    let found = Ident::new("__pinsight_type", Span::mixed_site());
    quote! {
        let #found = #support::#exactly(&#binding);
        let _: #support::Exactly<'_, #ty> = #found;
    }
}
