//! Model to tokens. No decisions are left here, and nothing can fail.
//!
//! ```text
//! struct FooProj<'pin, T> { … }            the named projections, where the user can name them
//! const _: () = {
//!     extern crate pinsight as __pinsight; the support items, out of reach of `extern crate self as pinsight`
//!     struct __FooProjectionRef<'pin, T>   the projections without a name
//!     impl<T> Foo<T> { fn project … }
//!     impl<'pin, T> Unpin for Foo<T> …
//!     impl<T> MustNotImplement<_> for Foo<T>
//! };
//! ```

mod drop;
mod methods;
mod opaque;
mod projected;
mod replace;
mod support;
mod unpin;

use super::fresh::FreshNames;
use super::model::Item;
use crate::quote::{Tokens, quote};
use opaque::OpaqueTypes;
use proc_macro2::Ident;
use projected::{Kind, Projection};
use support::Support;

pub(crate) use support::support_items;

/// Everything that the generated items have in common.
struct Context<'a> {
    item: &'a Item,
    fresh: &'a FreshNames,
    support: Support,
    opaque: OpaqueTypes,
    projections: Vec<Projection>,
    /// `<T: Bound>`, `<T>` and `where …`, as most of the implementations need them.
    parameters: Tokens,
    arguments: Tokens,
    predicates: Tokens,
    /// What the fields of a struct or of a variant are bound to while they are projected.
    bindings: Vec<Ident>,
}

impl Context<'_> {
    /// The lifetime of the references in a projection. Without fields there is none: nothing would use it.
    fn lifetime_of(&self, kind: Kind) -> Option<&Tokens> {
        (kind != Kind::Own && self.item.fields().next().is_some()).then_some(&self.fresh.lifetime)
    }
}

impl<'a> Context<'a> {
    fn of(item: &'a Item, fresh: &'a FreshNames) -> Self {
        Context {
            item,
            fresh,
            support: Support::of(item, fresh),
            opaque: OpaqueTypes::of(item, fresh),
            projections: projected::projections(item, fresh),
            parameters: item.generics.declaration(None, None),
            arguments: item.generics.arguments(None),
            predicates: item.generics.where_clause(None),
            bindings: methods::bindings(item),
        }
    }
}

/// Of a type that is refused, what keeps that one mistake one error: its `#[pinned_drop]` is not another.
pub(crate) fn refused(item: &Item, fresh: &FreshNames) -> Tokens {
    let Some(place) = item.requests.pinned_drop else { return Tokens::default() };
    let context = Context::of(item, fresh);
    let (support, declaration) = (&context.support.declaration, drop::declaration(&context, place));
    let lints = lints(item);
    quote! {
        #lints
        const _: () = {
            #support
            #declaration
        };
    }
}

pub(crate) fn item(item: &Item, fresh: &FreshNames) -> Tokens {
    let context = Context::of(item, fresh);
    let mut outside = Tokens::default();
    let mut inside = context.support.declaration.clone();
    inside.extend(context.opaque.declaration(item));
    for projection in &context.projections {
        let declared = projected::declaration(&context, projection);
        if projection.is_named { outside.extend(declared) } else { inside.extend(declared) }
    }
    inside.extend(methods::implementation(&context));
    inside.extend(unpin::implementation(&context));
    inside.extend(drop::implementation(&context));
    let (allowed, lints) = (&item.allowed, lints(item));
    quote! {
        #outside
        #allowed
        #lints
        const _: () = { #inside };
    }
}

/// What the compiler would tell the user about code that they did not write. It keeps quiet about most of that by
/// itself: each lint in here was seen to fire in `tests/lints.rs`.
fn lints(item: &Item) -> Tokens {
    if item.generics.parameters.iter().any(|parameter| parameter.is_lifetime) {
        quote!(#[allow(dead_code, single_use_lifetimes)])
    } else {
        quote!(#[allow(dead_code)])
    }
}
