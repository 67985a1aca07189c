//! Fields and variants, one by one: a field that is half typed costs only itself.

use super::expression;
use super::fragments::held_together;
use crate::diagnostics::Diagnostics;
use crate::messages;
use crate::projection::model::{Field, Fields, Member, Style, Variant};
use crate::projection::seen::Eye;
use crate::quote::Tokens;
use crate::tokens::{Attribute, Cursor, is_punct};
use proc_macro2::{Delimiter, Span, TokenStream, TokenTree};

pub(super) fn named(body: TokenStream, eye: &mut Eye<'_>, diagnostics: &mut Diagnostics) -> Fields {
    let list = separated(body, |field| {
        let attributes = FieldAttributes::read(field, diagnostics);
        let mut visibility = Tokens::default();
        if !begins_with_name(field) {
            visibility = field.visibility();
            // `unsafe name: Type` (unstable): using such a field is the compiler's to judge.
            field.keyword("unsafe");
        }
        // The compiler has reported this already: only a body that does not parse lacks a name here.
        let name = field.ident()?;
        field.punct(':');
        let field = attributes.into_field(visibility, Member::Named(name), field, eye);
        (!field.ty.is_empty()).then_some(field)
    });
    Fields { style: Style::Named, list }
}

pub(super) fn tuple(body: TokenStream, eye: &mut Eye<'_>, diagnostics: &mut Diagnostics) -> Fields {
    let mut index = 0..;
    let list = separated(body, |field| {
        let attributes = FieldAttributes::read(field, diagnostics);
        let visibility = field.visibility_of_type();
        Some(attributes.into_field(visibility, Member::Index(index.next()?), field, eye))
    });
    Fields { style: Style::Tuple, list }
}

/// Whether nothing stands before the name of the field. To look for a `pub` or the like would be to ask for the text of the name.
fn begins_with_name(field: &Cursor) -> bool {
    matches!(field.peek(), Some(TokenTree::Ident(_))) && field.peek_second().is_some_and(|colon| is_punct(colon, ':'))
}

pub(super) fn unit() -> Fields {
    Fields { style: Style::Unit, list: Vec::new() }
}

pub(super) fn variants(body: TokenStream, eye: &mut Eye<'_>, diagnostics: &mut Diagnostics) -> Vec<Variant> {
    separated(body, |variant| {
        let mut docs = Tokens::default();
        while let Some(attribute) = variant.attribute() {
            if attribute.is("pin") {
                diagnostics.error(place_of(&attribute), messages::pin_on_variant());
            } else if attribute.is("doc") {
                docs.extend(attribute.tokens());
            }
        }
        variant.visibility();
        let name = variant.ident()?;
        let fields = if let Some(body) = variant.group(Delimiter::Brace) {
            named(body.stream(), eye, diagnostics)
        } else if let Some(body) = variant.group(Delimiter::Parenthesis) {
            tuple(body.stream(), eye, diagnostics)
        } else {
            unit()
        };
        // A projection has no use for `= discriminant`.
        if variant.punct('=').is_some() {
            expression::skip(variant);
        }
        Some(Variant { docs, name, fields })
    })
}

/// Reads what stands between the commas, one after the other. What `read` leaves over does not parse, and is skipped.
fn separated<T>(body: TokenStream, mut read: impl FnMut(&mut Cursor) -> Option<T>) -> Vec<T> {
    let mut body = Cursor::new(body);
    let mut list = Vec::new();
    while !body.is_empty() {
        list.extend(read(&mut body));
        body.take_until_comma();
    }
    list
}

#[derive(Default)]
struct FieldAttributes {
    docs: Tokens,
    pin: Option<Span>,
}

impl FieldAttributes {
    fn read(field: &mut Cursor, diagnostics: &mut Diagnostics) -> Self {
        let mut read = Self::default();
        while let Some(attribute) = field.attribute() {
            let name = attribute.name();
            if name.as_deref() == Some("doc") {
                read.docs.extend(attribute.tokens());
            } else if name.as_deref() == Some("pin") {
                let arguments = attribute.arguments();
                if read.pin.is_some() {
                    diagnostics.error(place_of(&attribute), messages::duplicate_attribute("pin"));
                } else if !arguments.is_empty() {
                    diagnostics.error(arguments.rest(), messages::pin_takes_nothing_on_a_field());
                }
                let [_, bracket] = attribute.tokens();
                read.pin = Some(bracket.span());
            }
        }
        read
    }

    fn into_field(self, visibility: Tokens, member: Member, rest: &mut Cursor, eye: &mut Eye<'_>) -> Field {
        let ty = held_together(rest.take_until(|token| is_punct(token, ',') || is_punct(token, '=')));
        // A default value (`field: Type = value`, unstable) is no concern of a projection.
        if rest.punct('=').is_some() {
            expression::skip(rest);
        }
        let seen = eye.look(ty.iter());
        Field { docs: self.docs, visibility, member, ty, seen, pin: self.pin }
    }
}

fn place_of(attribute: &Attribute) -> Tokens {
    attribute.tokens().into_iter().collect()
}
