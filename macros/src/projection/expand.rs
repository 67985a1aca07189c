//! Model to tokens. No decisions are left here, and nothing can fail.
//!
//! ```text
//! struct __FooProjection<'pin, T> { … }                  what `project` returns
//! impl<T> Foo<T> { fn project … }
//! impl<'pin, T> Unpin for Foo<T> …                       promise 1
//! unsafe impl<T> UsePinnedDropInsteadOfDrop for Foo<T> … promise 2, and the proof that the names found are ours
//! ```
//!
//! All of it stands beside the type, in the scope in which the user wrote it, and there is no block of our own with names in it: so the
//! user's tokens mean here what they mean there.

mod drop;
mod methods;
mod projected;
mod proof;
mod replace;
mod types;
mod unpin;

use super::fresh::FreshNames;
use super::model::{Item, ParameterKind};
use crate::quote::{ToTokens, Tokens, put};
use proc_macro2::{Ident, Span};
use projected::{Kind, Projection};
use types::PinnedTypes;

/// Everything that the generated items have in common.
struct Context<'a> {
    item: &'a Item,
    fresh: &'a FreshNames,
    /// The path to the module with the support items.
    support: Tokens,
    types: PinnedTypes,
    projections: Vec<Projection>,
    /// `<T: Bound>`, `<T>` and `where …`, as most of the implementations need them.
    parameters: Tokens,
    arguments: Tokens,
    predicates: Tokens,
    /// The place of an item that the compiler may complain of to the user: the name of the type.
    place: Span,
    /// What the fields of a struct or of a variant are bound to while they are projected.
    bindings: Vec<Ident>,
    /// Nothing is projected: the methods are there, and do nothing.
    is_refused: bool,
}

impl Context<'_> {
    /// The lifetime of the references in a projection. Without fields there is none: nothing would use it.
    fn lifetime_of(&self, kind: Kind) -> Option<&Tokens> {
        (kind != Kind::Own && self.item.fields().next().is_some()).then_some(&self.fresh.lifetime)
    }
}

impl<'a> Context<'a> {
    fn of(item: &'a Item, fresh: &'a FreshNames) -> Self {
        let mut support = item.facade.clone();
        let path = &mut support;
        put!(path, ::__private);
        Context {
            item,
            fresh,
            support,
            types: PinnedTypes::of(item, fresh),
            projections: projected::projections(item, fresh),
            parameters: item.generics.declaration(None),
            arguments: item.generics.arguments(None),
            predicates: item.generics.where_clause(None),
            place: Span::call_site().located_at(item.name.span()),
            bindings: methods::bindings(item),
            is_refused: !item.can_be_projected,
        }
    }
}

/// Of a type that is refused, what keeps that one mistake one error: that its methods and projections are named, and its `#[pinned_drop]`
/// and `UnsafeUnpin`, are not further ones. Nothing in it is unsafe but the proof, because the error may come to nothing: in edition 2015, a
/// module `core` at the root of the user's crate could have a `compile_error` of its own.
pub(crate) fn refused(item: &Item, fresh: &FreshNames) -> Tokens {
    let context = Context::of(item, fresh);
    let mut output = Tokens::default();
    if !item.is_projected_elsewhere {
        for projection in &context.projections {
            projected::declaration(&context, projection, &mut output);
        }
        methods::implementation(&context, &mut output);
    }
    drop::declaration(&context, &mut output);
    unpin::declaration(&context, &mut output);
    output
}

pub(crate) fn item(item: &Item, fresh: &FreshNames) -> Tokens {
    let context = Context::of(item, fresh);
    let mut output = Tokens::default();
    context.types.declare(&context, &mut output);
    for projection in &context.projections {
        projected::declaration(&context, projection, &mut output);
    }
    methods::implementation(&context, &mut output);
    unpin::implementation(&context, &mut output);
    drop::implementation(&context, &mut output);
    output
}

/// What the type may do, a copy of its tokens may do as well. And what the compiler would tell the user about a lifetime that stands
/// in an item which they did not write; `tests/lints.rs` shows that it does.
fn lints(item: &Item, to: &mut Tokens) {
    item.allowed.to_tokens(to);
    if item.generics.parameters.iter().any(|parameter| parameter.kind == ParameterKind::Lifetime) {
        put!(to, #[allow(single_use_lifetimes)]);
    }
}
