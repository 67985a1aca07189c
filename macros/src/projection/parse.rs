//! Tokens to model. Whatever is understood is kept; each thing that is not is reported and left out.

mod arguments;
mod attributes;
mod expression;
mod fields;
mod fragments;
mod generics;

pub(crate) use arguments::KNOWN as KNOWN_ARGUMENTS;
pub(super) use arguments::read as arguments;
pub(super) use fragments::held_in_brackets;
pub(super) use generics::{parameters, where_clause};

use super::Door;
use super::fresh::{FreshNames, Taken};
use super::hand_over::Facade;
use super::model::{Item, Shape};
use super::seen::Eye;
use crate::diagnostics::Diagnostics;
use crate::messages;
use crate::quote::Tokens;
use crate::tokens::Cursor;
use attributes::Header;
use proc_macro2::{Delimiter, TokenStream};

/// Reads the item of a derive, and finds names that are not in it. `None` after an error that leaves nothing to project.
pub(crate) fn item(tokens: TokenStream, door: Door, diagnostics: &mut Diagnostics) -> Option<(Item, FreshNames)> {
    let mut cursor = Cursor::new(tokens);
    let mut header = Header::default();
    while let Some(attribute) = cursor.attribute() {
        header.read(&attribute, door, diagnostics);
    }
    if door == Door::HandedOver && header.requests.is_none() {
        diagnostics.error(Tokens::default(), messages::arguments_removed());
        return None;
    }
    let visibility = cursor.visibility();
    let Some(keyword) = cursor.ident() else {
        diagnostics.error(cursor.rest(), messages::not_a_struct_or_enum());
        return None;
    };
    let word = keyword.to_string();
    let is_enum = word == "enum";
    if !is_enum && word != "struct" {
        let message = if word == "union" { messages::on_union() } else { messages::not_a_struct_or_enum() };
        diagnostics.error(keyword, message);
        return None;
    }
    cursor.open_invisible();
    let Some(name) = cursor.ident() else {
        diagnostics.error(keyword, messages::missing_name());
        return None;
    };
    let mut generics = generics::parameters(&mut cursor);
    let mut taken = Taken::default();
    taken.name(name.to_string(), false);
    let mut eye = Eye::new(&generics, &mut taken);
    let shape = if is_enum {
        generics.predicates = generics::where_clause(&mut cursor);
        let Some(body) = cursor.group(Delimiter::Brace) else {
            diagnostics.error(name, messages::missing_body());
            return None;
        };
        Shape::Enum(fields::variants(body.stream(), &mut eye, diagnostics))
    } else {
        let tuple = cursor.group(Delimiter::Parenthesis);
        generics.predicates = generics::where_clause(&mut cursor);
        Shape::Struct(match (tuple, cursor.group(Delimiter::Brace)) {
            (Some(tuple), _) => fields::tuple(tuple.stream(), &mut eye, diagnostics),
            (None, Some(named)) => fields::named(named.stream(), &mut eye, diagnostics),
            // `struct S;`, or a body that is not typed yet: the same projection either way.
            (None, None) => fields::unit(),
        })
    };
    taken.add(generics.predicates.iter());
    let requests = header.requests.unwrap_or_default();
    for request in [&requests.project, &requests.project_ref, &requests.project_replace].into_iter().flatten() {
        if let Some(name) = &request.name {
            taken.name(name.to_string(), false);
        }
    }
    let facade = requests.facade.clone().or(header.facade).unwrap_or_else(|| Facade::Pinsight.path());
    let item = Item {
        door,
        visibility,
        name,
        generics,
        shape,
        requests,
        facade,
        allowed: header.allowed,
        packed: header.packed,
        can_be_projected: !header.projected_twice && !header.before_a_macro,
        is_projected_elsewhere: header.projected_twice,
    };
    Some((item, FreshNames::unlike_all(taken)))
}
