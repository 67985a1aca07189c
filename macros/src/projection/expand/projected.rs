//! The types that projecting returns: the same fields, each behind a reference.

use super::{Context, lints};
use crate::projection::Door;
use crate::projection::fresh::FreshNames;
use crate::projection::model::{Field, Fields, Item, Member, Request, Shape, Style, Variant};
use crate::projection::self_type::{spelled_out, type_spelled_out};
use crate::quote::{ToTokens, Tokens, put, quote};
use crate::tokens::{Cursor, is_keyword_today};
use proc_macro2::{Delimiter, Ident, Span};

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
    /// The user can name it, so it has docs.
    pub(super) is_named: bool,
    pub(super) visibility: Tokens,
}

pub(super) fn projections(item: &Item, fresh: &FreshNames) -> Vec<Projection> {
    let requests = &item.requests;
    // The derive makes `project`, and what is asked for: a method and its type are most of what a projection costs to compile.
    // With the drop-in doors a struct has both methods, and an enum those that are named, because that is how it is with the
    // peers, and a method or a type of ours could collide with one that the user has.
    let by_default = match item.door {
        Door::Derive => [true, false],
        Door::HandedOver => [!item.is_enum(); 2],
    };
    let methods = [(Kind::Mut, &requests.project, by_default[0]), (Kind::Ref, &requests.project_ref, by_default[1])];
    let mut projections = Vec::with_capacity(3);
    for (kind, request, by_default) in methods.into_iter().chain([(Kind::Own, &requests.project_replace, false)]) {
        if by_default || request.is_some() {
            projections.push(projection(item, fresh, kind, request.as_ref()));
        }
    }
    projections
}

fn projection(item: &Item, fresh: &FreshNames, kind: Kind, request: Option<&Request>) -> Projection {
    let (hidden, public) = match kind {
        Kind::Mut => ("Projection", "Proj"),
        Kind::Ref => ("ProjectionRef", "ProjRef"),
        Kind::Own => ("ProjectionOwned", "ProjOwn"),
    };
    let given = request.and_then(|request| request.name.as_ref());
    let plain = || item.name.to_string().trim_start_matches("r#").to_owned();
    let name = match given {
        Some(name) => name.clone(),
        // The variants have to be matched on, so the user has to be able to name them.
        None if item.is_enum() => Ident::new(&format!("{}{public}", plain()), item.name.span()),
        None => fresh.unlike(&format!("__{}{hidden}", plain())),
    };
    let visibility = request.and_then(|request| request.visibility.clone());
    let visibility = visibility.unwrap_or_else(|| at_most_crate(&item.visibility));
    Projection { kind, name, is_named: given.is_some() || item.is_enum(), visibility }
}

/// A projection is an implementation detail, so by default it does not leave the crate.
fn at_most_crate(visibility: &Tokens) -> Tokens {
    let mut words = Cursor::new(visibility.clone());
    if words.keyword("pub").is_some() && words.is_empty() { quote!(pub(crate)) } else { visibility.clone() }
}

/// Writes the declaration of the type that `projection` returns.
pub(super) fn declaration(context: &Context<'_>, projection: &Projection, to: &mut Tokens) {
    let item = context.item;
    let Projection { kind, name, visibility, .. } = projection;
    attributes(context, projection, to);
    lints(item, to);
    let parameters = item.generics.declaration_with_defaults(context.lifetime_of(*kind));
    // Without bounds there is no `Self`, which a default cannot have.
    let parameters = if item.generics.is_plain() { parameters } else { spelled_out(&parameters, item) };
    match &item.shape {
        Shape::Struct(fields) => {
            put!(to, #visibility struct #name #parameters);
            if fields.style == Style::Named {
                predicates(context, *kind, to);
                declared_fields(context, projection, fields, true, to);
            } else {
                declared_fields(context, projection, fields, true, to);
                predicates(context, *kind, to);
                put!(to, ;);
            }
        }
        Shape::Enum(variants) => {
            put!(to, #visibility enum #name #parameters);
            predicates(context, *kind, to);
            let start = to.position();
            for Variant { docs, name, fields } in variants {
                put!(to, #docs #name);
                declared_fields(context, projection, fields, false, to);
                put!(to, ,);
            }
            to.enclose(start, Delimiter::Brace, Span::call_site());
        }
    }
}

fn predicates(context: &Context<'_>, kind: Kind, to: &mut Tokens) {
    let Context { item, arguments, .. } = context;
    // The compiler infers that a field outlives the reference to it, except from what a bound, a where clause, a lifetime or an
    // associated type only implies.
    let is_inferred = item.generics.is_plain() && item.fields().all(|field| field.seen.is_plain);
    let outlives = context.lifetime_of(kind).filter(|_| !is_inferred).map(|lifetime| {
        let name = &item.name;
        quote!(#name #arguments: #lifetime)
    });
    spelled_out(&item.generics.where_clause(outlives), item).to_tokens(to);
}

fn attributes(context: &Context<'_>, projection: &Projection, to: &mut Tokens) {
    if projection.is_named {
        let name = &context.item.name;
        let method = match projection.kind {
            Kind::Mut => "project",
            Kind::Ref => "project_ref",
            Kind::Own => "project_replace",
        };
        let text = format!(" The projection of [`{name}`] that its method `{method}` returns.");
        put!(to, #[doc = #text]);
    }
    // The compiler says nothing of an unused field if all of it is ours. A visibility is the user's, and the name of a field in
    // a tuple is nobody's.
    let may_be_told =
        |fields: &Fields| fields.style == Style::Tuple || fields.list.iter().any(|field| !field.visibility.is_empty());
    if projection.is_named || matches!(&context.item.shape, Shape::Struct(fields) if may_be_told(fields)) {
        put!(to, #[allow(dead_code)]);
    }
}

fn declared_fields(
    context: &Context<'_>,
    projection: &Projection,
    fields: &Fields,
    with_visibility: bool,
    to: &mut Tokens,
) {
    let delimiter = match fields.style {
        Style::Named => Delimiter::Brace,
        Style::Tuple => Delimiter::Parenthesis,
        Style::Unit => return,
    };
    let start = to.position();
    for (index, field) in fields.list.iter().enumerate() {
        if index > 0 {
            put!(to, ,);
        }
        if projection.is_named {
            docs(field, projection.kind, to);
        }
        if with_visibility {
            field.visibility.to_tokens(to);
        }
        if let Member::Named(member) = &field.member {
            // A name that later editions took for a keyword stays one of the user's edition.
            if projection.is_named || is_keyword_today(member) {
                member.to_tokens(to);
            } else {
                // At the place of the field, for editors; but as a name of ours, so that the compiler does not complain of it.
                let mut member = member.clone();
                member.set_span(Span::call_site().located_at(member.span()));
                member.to_tokens(to);
            }
            put!(to, :);
        }
        type_of(context, projection.kind, field, to);
    }
    to.enclose(start, delimiter, Span::call_site());
}

fn docs(field: &Field, kind: Kind, to: &mut Tokens) {
    let docs = &field.docs;
    let how = match (field.pin.is_some(), kind) {
        (true, Kind::Own) => " Structurally pinned: dropped where it stood.",
        (true, _) => " Structurally pinned.",
        (false, Kind::Own) => " Not pinned: moved out.",
        (false, _) => " Not pinned.",
    };
    if !docs.is_empty() {
        put!(to, #docs #[doc = ""]);
    }
    put!(to, #[doc = #how]);
}

fn type_of(context: &Context<'_>, kind: Kind, field: &Field, to: &mut Tokens) {
    let Context { support, fresh, .. } = context;
    let lifetime = &fresh.lifetime;
    let ty = type_spelled_out(field, context.item);
    // `dyn A + B` needs parentheses behind a reference; `T` and `a::B<C>` read better without.
    let ty = if field.seen.is_path_like { ty } else { quote!((#ty)) };
    match (field.pin.is_some(), kind) {
        (true, Kind::Mut) => put!(to, #support::Pin<&#lifetime mut #ty>),
        (true, Kind::Ref) => put!(to, #support::Pin<&#lifetime #ty>),
        (true, Kind::Own) => put!(to, #support::PhantomData<#ty>),
        (false, Kind::Mut) => put!(to, &#lifetime mut #ty),
        (false, Kind::Ref) => put!(to, &#lifetime #ty),
        (false, Kind::Own) => ty.to_tokens(to),
    }
}
