//! `project` and `project_ref`.
//!
//! What keeps them sound, statement by statement:
//! - the pattern names every field and has no `..`, in safe code: a field that a later macro adds or removes, or a
//!   struct turned into a union, does not compile;
//! - the pattern borrows every field: a packed struct does not compile (E0793, since Rust 1.69);
//! - each pinned field is pinned by a `let` of its own, with the type that it really has: if a later macro has changed
//!   that, nothing is dereferenced into the type that is expected here.

use super::projected::{Kind, Projection};
use super::{Context, lints, replace};
use crate::projection::Door;
use crate::projection::model::{Field, Fields, Item, Shape};
use crate::quote::{ToTokens, Tokens, put};
use proc_macro2::{Delimiter, Ident, Span};

pub(super) fn implementation(context: &Context<'_>, to: &mut Tokens) {
    if context.projections.is_empty() {
        return;
    }
    let Context { item, parameters, arguments, predicates, .. } = context;
    let name = &item.name;
    lints(item, to);
    if item.door == Door::HandedOver {
        // With the peers, a field that only a method reads which nobody calls is not told to be unused.
        put!(to, #[allow(dead_code)]);
    }
    put!(to, impl #parameters #name #arguments #predicates {
        #{
            for projection in &context.projections {
                match projection.kind {
                    Kind::Mut | Kind::Ref => method(context, projection, to),
                    Kind::Own => replace::method(context, projection, to),
                }
            }
        }
    });
}

fn method(context: &Context<'_>, projection: &Projection, to: &mut Tokens) {
    let support = &context.support;
    let Projection { kind, name, visibility, .. } = projection;
    let mut elided = Tokens::default();
    elided.token("'_", Span::call_site());
    let lifetime = context.lifetime_of(*kind).map(|_| &elided);
    let arguments = context.item.generics.arguments(lifetime);
    if *kind == Kind::Mut {
        put! {to,
            #[doc = " Projects a pinned mutable reference to the fields."]
            #[inline]
            #visibility fn project(self: #support::Pin<&mut Self>) -> #name #arguments
        }
    } else {
        put! {to,
            #[doc = " Projects a pinned shared reference to the fields."]
            #[inline]
            #visibility fn project_ref(self: #support::Pin<&Self>) -> #name #arguments
        }
    }
    if context.is_refused {
        put!(to, { loop {} });
        return;
    }
    let target = |to: &mut Tokens| {
        if *kind == Kind::Mut {
            // SAFETY: nothing is moved out of the reference: below it is only borrowed, field by field, and each
            // structurally pinned field is pinned again before anybody else sees it.
            put!(to, unsafe { #support::Support::get_mut(self) });
        } else {
            put!(to, #support::Support::get_ref(self));
        }
    };
    let start = to.position();
    destructure(context, target, to, |variant, fields, to| {
        pins(context, fields, *kind, to);
        put!(to, #name);
        if let Some(variant) = variant {
            put!(to, ::#variant);
        }
        members(context, fields, to);
    });
    to.enclose(start, Delimiter::Brace, Span::call_site());
}

/// Takes `target` apart by closed patterns, and does `then` with the bindings of the fields: an expression where none is
/// pinned, and statements where one is.
pub(super) fn destructure(
    context: &Context<'_>,
    target: impl Fn(&mut Tokens),
    to: &mut Tokens,
    then: impl Fn(Option<&Ident>, &Fields, &mut Tokens),
) {
    match &context.item.shape {
        Shape::Struct(fields) => {
            put!(to, let Self);
            members(context, fields, to);
            put!(to, = #{ target(to) };);
            then(None, fields, to);
        }
        // Matching on a reference to an empty enum needs the value behind it.
        Shape::Enum(variants) if variants.is_empty() => put!(to, match *#{ target(to) } {}),
        Shape::Enum(variants) => put!(to, match #{ target(to) } {
            #{
                for variant in variants {
                    let name = &variant.name;
                    put!(to, Self::#name);
                    members(context, &variant.fields, to);
                    put!(to, =>);
                    let start = to.position();
                    then(Some(name), &variant.fields, to);
                    if variant.fields.list.iter().any(|field| field.pin.is_some()) {
                        to.enclose(start, Delimiter::Brace, Span::call_site());
                    } else {
                        put!(to, ,);
                    }
                }
            }
        }),
    }
}

/// `{ field: __pinsight_0, 1: __pinsight_1 }`, which fits all styles of fields, both as a pattern and as the expression that
/// it becomes. A binding never has the name of a field: that could be the name of a constant or a unit struct as well, and then match
/// instead of bind.
fn members(context: &Context<'_>, fields: &Fields, to: &mut Tokens) {
    let start = to.position();
    for (index, (field, binding)) in fields.list.iter().zip(&context.bindings).enumerate() {
        if index > 0 {
            put!(to, ,);
        }
        field.member.to_tokens(to);
        put!(to, :#binding);
    }
    to.enclose(start, Delimiter::Brace, Span::call_site());
}

/// The bindings that a pattern can need. They are made once: each is used a dozen times.
pub(super) fn bindings(item: &Item) -> Vec<Ident> {
    let most = match &item.shape {
        Shape::Struct(fields) => fields.list.len(),
        Shape::Enum(variants) => variants.iter().map(|variant| variant.fields.list.len()).max().unwrap_or(0),
    };
    // The first of them without formatting, which would cost as much as to write them.
    const FIRST: [&str; 4] = ["__pinsight_0", "__pinsight_1", "__pinsight_2", "__pinsight_3"];
    let first = FIRST.iter().take(most).map(|name| Ident::new(name, Span::mixed_site()));
    first
        .chain((FIRST.len()..most).map(|index| Ident::new(&format!("__pinsight_{index}"), Span::mixed_site())))
        .collect()
}

/// Pins each structurally pinned field of these, two with one call where there are two.
fn pins(context: &Context<'_>, fields: &Fields, kind: Kind, to: &mut Tokens) {
    let support = &context.support;
    let pinned: Vec<_> = fields.list.iter().zip(&context.bindings).filter(|(field, _)| field.pin.is_some()).collect();
    for pair in pinned.chunks(2) {
        // SAFETY: the field lies in a value that is pinned, and is structurally pinned: it is not moved before
        // it is dropped, because the type is `Unpin` only if this field's type is, its drop code gets no
        // `&mut` to it, it is not packed, and no other method gives `&mut` to this field.
        match (pair, kind) {
            ([(_, one), (_, other)], Kind::Mut) => {
                put!(to, let (#one, #other) = unsafe { #support::Support::pinned2(#one, #other) };);
            }
            ([(_, one), (_, other)], _) => {
                put!(to, let (#one, #other) = unsafe { #support::Support::pinned_ref2(#one, #other) };);
            }
            ([(_, one)], Kind::Mut) => put!(to, let #one = unsafe { #support::Support::pinned(#one) };),
            ([(_, one)], _) => put!(to, let #one = unsafe { #support::Support::pinned_ref(#one) };),
            _ => {}
        }
    }
    // Once is enough; an enum may have `project_ref` alone.
    if context.projections.first().is_some_and(|first| first.kind == kind) {
        for (field, binding) in pinned {
            let is_last = fields.list.last().is_some_and(|last| std::ptr::eq(last, field));
            compare(context, kind, field, binding, is_last, to);
        }
    }
}

/// Compares the type of a pinned field with the one in the `Unpin` bound, where the compiler would let them differ:
/// where the type cannot be seen through, and where a sized field could pass for an unsized one, which only the last
/// field of a struct can be. Nothing passes for a type parameter.
fn compare(context: &Context<'_>, kind: Kind, field: &Field, binding: &Ident, is_last: bool, to: &mut Tokens) {
    let item = context.item;
    let index = item.pinned_fields().position(|other| std::ptr::eq(other, field)).unwrap_or(usize::MAX);
    let may_be_unsized = is_last && !item.is_enum() && !field.seen.is_parameter;
    // `Pin` has a parameter, so an alias could be another type for this field than for another. Where the user has named the
    // path, the types are compared in any case.
    let may_be_an_alias = item.requests.facade.is_some();
    if !context.types.is_opaque(index) && !may_be_unsized && !may_be_an_alias {
        return;
    }
    let support = &context.support;
    let found = Ident::new("__pinsight_type", Span::mixed_site());
    if kind == Kind::Mut {
        put!(to, let #found = #support::Support::type_of(&#binding););
    } else {
        put!(to, let #found = #support::Support::type_of_ref(&#binding););
    }
    put!(to, #support::Support::is_type::<#{ context.types.write(context, index, field, to) }>(#found););
}
