//! Fields and variants, one by one: a field that is half typed costs only itself.

use crate::diagnostics::Diagnostics;
use crate::messages;
use crate::projection::model::{Field, Fields, Member, Style, Variant};
use crate::quote::Tokens;
use crate::tokens::{Attribute, Cursor, is_punct};
use proc_macro2::{Delimiter, Span, TokenStream};

pub(super) fn named(body: TokenStream, diagnostics: &mut Diagnostics) -> Fields {
    let list = pieces(body)
        .filter_map(|mut field| {
            let attributes = FieldAttributes::read(&mut field, diagnostics);
            let visibility = field.visibility();
            let Some(name) = field.ident() else {
                // The compiler has reported this already: only a body that does not parse lacks a name here.
                return None;
            };
            field.punct(':');
            let member = Member::Named(name);
            Some(attributes.into_field(visibility, member, field))
        })
        .filter(|field| !field.ty.is_empty())
        .collect();
    Fields { style: Style::Named, list }
}

pub(super) fn tuple(body: TokenStream, diagnostics: &mut Diagnostics) -> Fields {
    let list = pieces(body)
        .enumerate()
        .map(|(index, mut field)| {
            let attributes = FieldAttributes::read(&mut field, diagnostics);
            let visibility = field.visibility();
            attributes.into_field(visibility, Member::Index(index), field)
        })
        .collect();
    Fields { style: Style::Tuple, list }
}

pub(super) fn unit() -> Fields {
    Fields { style: Style::Unit, list: Vec::new() }
}

pub(super) fn variants(body: TokenStream, diagnostics: &mut Diagnostics) -> Vec<Variant> {
    pieces(body)
        .filter_map(|mut variant| {
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
                named(body.stream(), diagnostics)
            } else if let Some(body) = variant.group(Delimiter::Parenthesis) {
                tuple(body.stream(), diagnostics)
            } else {
                unit()
            };
            // What is left is `= discriminant`, which a projection has no use for.
            Some(Variant { docs, name, fields })
        })
        .collect()
}

/// What stands between the commas.
fn pieces(body: TokenStream) -> impl Iterator<Item = Cursor> {
    let mut body = Cursor::new(body);
    std::iter::from_fn(move || (!body.is_empty()).then(|| Cursor::new(body.take_until_comma())))
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
            if attribute.is("doc") {
                read.docs.extend(attribute.tokens());
            } else if attribute.is("pin") {
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

    fn into_field(self, visibility: Tokens, member: Member, mut rest: Cursor) -> Field {
        // A default value (`field: Type = value`, unstable) is no concern of a projection.
        let ty = rest.take_until(|token| is_punct(token, '=')).into_iter().collect();
        Field { docs: self.docs, visibility, member, ty, pin: self.pin }
    }
}

fn place_of(attribute: &Attribute) -> Tokens {
    attribute.tokens().into_iter().collect()
}
