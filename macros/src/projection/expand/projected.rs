//! The types that projecting returns: the same fields, each behind a reference.

use super::Context;
use crate::projection::Door;
use crate::projection::fresh::FreshNames;
use crate::projection::model::{Field, Fields, Item, Shape, Style, Variant};
use crate::projection::self_type::spelled_out;
use crate::quote::{ToTokens, Tokens, quote};
use crate::tokens::{Cursor, is_punct, is_word};
use proc_macro2::{Ident, Span, TokenTree};

#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Kind {
    /// `project`: `Pin<&mut Self>` to `Pin<&mut Field>` and `&mut Field`.
    Mut,
    /// `project_ref`: `Pin<&Self>` to `Pin<&Field>` and `&Field`.
    Ref,
    /// `project_replace`: the unpinned fields by value.
    Own,
}

/// One projection that was asked for, or that is there by default.
pub(super) struct Projection {
    pub(super) kind: Kind,
    pub(super) name: Ident,
    /// Declared where the user can name it, not in `const _`.
    pub(super) is_named: bool,
    pub(super) visibility: Tokens,
}

pub(super) fn projections(item: &Item, fresh: &FreshNames) -> Vec<Projection> {
    let requests = &item.requests;
    // A struct is projected also without a name. So is an enum by the derive; with the drop-in doors it is not, because
    // neither peer does, and a method or a type of ours could collide with one that the user has.
    let by_default = !item.is_enum() || item.door == Door::Derive;
    let mut projections = Vec::with_capacity(2);
    for (kind, named) in [(Kind::Mut, &requests.project), (Kind::Ref, &requests.project_ref)] {
        if by_default || named.is_some() {
            let given = named.as_ref().map(|named| (&named.name, named.visibility.as_ref()));
            let (name, visibility) = given.unzip();
            projections.push(projection(item, fresh, kind, name, visibility.flatten()));
        }
    }
    if let Some(replace) = &requests.project_replace {
        projections.push(projection(item, fresh, Kind::Own, replace.name.as_ref(), replace.visibility.as_ref()));
    }
    projections
}

fn projection(
    item: &Item,
    fresh: &FreshNames,
    kind: Kind,
    given: Option<&Ident>,
    visibility: Option<&Tokens>,
) -> Projection {
    let plain = item.name.to_string();
    let plain = plain.trim_start_matches("r#");
    let (hidden, public) = match kind {
        Kind::Mut => ("Projection", "Proj"),
        Kind::Ref => ("ProjectionRef", "ProjRef"),
        Kind::Own => ("ProjectionOwned", "ProjOwn"),
    };
    let name = match given {
        Some(name) => name.clone(),
        // The variants have to be matched on, so the user has to be able to name them.
        None if item.is_enum() => Ident::new(&format!("{plain}{public}"), item.name.span()),
        None => fresh.unlike(&format!("__{plain}{hidden}")),
    };
    let visibility = visibility.cloned().unwrap_or_else(|| at_most_crate(&item.visibility));
    Projection { kind, name, is_named: given.is_some() || item.is_enum(), visibility }
}

/// A projection is an implementation detail, so by default it does not leave the crate.
fn at_most_crate(visibility: &Tokens) -> Tokens {
    let mut words = Cursor::new(visibility.clone());
    if words.keyword("pub").is_some() && words.is_empty() { quote!(pub(crate)) } else { visibility.clone() }
}

/// The declaration of the type that `projection` returns.
pub(super) fn declaration(context: &Context<'_>, projection: &Projection) -> Tokens {
    let item = context.item;
    let Projection { kind, name, visibility, .. } = projection;
    let lifetime = context.lifetime_of(*kind);
    let parameters = spelled_out(&item.generics.declaration_with_defaults(lifetime), item);
    let predicates = predicates(context, projection);
    let attributes = attributes(context, projection);
    match &item.shape {
        Shape::Struct(fields) => {
            let style = fields.style;
            let fields = declared_fields(context, projection, fields, true);
            match style {
                Style::Named => quote!(#attributes #visibility struct #name #parameters #predicates #fields),
                Style::Tuple | Style::Unit => {
                    quote!(#attributes #visibility struct #name #parameters #fields #predicates;)
                }
            }
        }
        Shape::Enum(variants) => {
            let variants = variants.iter().map(|Variant { docs, name, fields }| {
                let fields = declared_fields(context, projection, fields, false);
                quote!(#docs #name #fields,)
            });
            quote!(#attributes #visibility enum #name #parameters #predicates { #(#variants)* })
        }
    }
}

fn predicates(context: &Context<'_>, projection: &Projection) -> Tokens {
    let Context { item, arguments, .. } = context;
    // The compiler infers that a field outlives the reference to it, except from what a where clause only implies.
    let outlives = context.lifetime_of(projection.kind).map(|lifetime| {
        let name = &item.name;
        quote!(#name #arguments: #lifetime)
    });
    spelled_out(&item.generics.where_clause(outlives), item)
}

fn attributes(context: &Context<'_>, projection: &Projection) -> Tokens {
    let name = &context.item.name;
    let docs = if projection.is_named {
        let method = match projection.kind {
            Kind::Mut => "project",
            Kind::Ref => "project_ref",
            Kind::Own => "project_replace",
        };
        let text = format!("The projection of [`{name}`] that its method `{method}` returns.");
        quote!(#[doc = #text])
    } else {
        Tokens::default()
    };
    // Inside `const _`, this is allowed for everything at once.
    let allowed = &context.item.allowed;
    let unused = projection.is_named.then(|| quote!(#allowed #[allow(dead_code)]));
    quote!(#docs #unused)
}

fn declared_fields(context: &Context<'_>, projection: &Projection, fields: &Fields, with_visibility: bool) -> Tokens {
    let mut declared = Tokens::default();
    let place = Span::call_site();
    for field in &fields.list {
        if projection.is_named {
            docs(field, projection.kind).to_tokens(&mut declared);
        }
        if with_visibility {
            field.visibility.to_tokens(&mut declared);
        }
        if fields.style == Style::Named {
            field.member.to_tokens(&mut declared);
            declared.token(":", place);
        }
        type_of(context, projection.kind, field).to_tokens(&mut declared);
        declared.token(",", place);
    }
    match fields.style {
        Style::Named => quote!({ #declared }),
        Style::Tuple => quote!((#declared)),
        Style::Unit => declared,
    }
}

fn docs(field: &Field, kind: Kind) -> Tokens {
    let docs = &field.docs;
    let how = match (field.pin.is_some(), kind) {
        (true, Kind::Own) => "Structurally pinned: dropped where it stood.",
        (true, _) => "Structurally pinned.",
        (false, Kind::Own) => "Not pinned: moved out.",
        (false, _) => "Not pinned.",
    };
    if docs.is_empty() { quote!(#[doc = #how]) } else { quote!(#docs #[doc = ""] #[doc = #how]) }
}

fn type_of(context: &Context<'_>, kind: Kind, field: &Field) -> Tokens {
    let lifetime = &context.fresh.lifetime;
    let ty = spelled_out(&field.ty, context.item);
    // `dyn A + B` needs parentheses behind a reference; `T` and `a::B<C>` read better without.
    let ty = if is_path_like(&ty) { ty } else { quote!((#ty)) };
    match (field.pin.is_some(), kind) {
        (true, Kind::Mut) => quote!(::core::pin::Pin<&#lifetime mut #ty>),
        (true, Kind::Ref) => quote!(::core::pin::Pin<&#lifetime #ty>),
        (true, Kind::Own) => quote!(::core::marker::PhantomData<#ty>),
        (false, Kind::Mut) => quote!(&#lifetime mut #ty),
        (false, Kind::Ref) => quote!(&#lifetime #ty),
        (false, Kind::Own) => ty,
    }
}

fn is_path_like(ty: &Tokens) -> bool {
    let mut words = ty.iter();
    match words.next() {
        Some(TokenTree::Ident(first)) if !is_word(first, "dyn") && !is_word(first, "for") => {
            !words.any(|word| is_punct(word, '+'))
        }
        _ => false,
    }
}
