//! Tokens to model. Whatever is understood is kept; each thing that is not is reported and left out.

mod arguments;
mod expression;
mod fields;
mod fragments;
mod generics;

pub(crate) use arguments::KNOWN as KNOWN_ARGUMENTS;
pub(super) use generics::{parameters, where_clause};

use super::Door;
use super::model::{Item, Requests, Shape};
use crate::diagnostics::Diagnostics;
use crate::messages;
use crate::quote::{Tokens, quote};
use crate::tokens::{Attribute, Cursor, is_word};
use proc_macro2::{Delimiter, TokenStream, TokenTree};

/// Reads the item of a derive. `None` after an error that leaves nothing to project.
pub(crate) fn item(tokens: TokenStream, door: Door, diagnostics: &mut Diagnostics) -> Option<Item> {
    let mut cursor = Cursor::new(tokens);
    let mut header = Header::default();
    while let Some(attribute) = cursor.attribute() {
        header.read(attribute, door, diagnostics);
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
    let is_enum = is_word(&keyword, "enum");
    if !is_enum && !is_word(&keyword, "struct") {
        let message = if is_word(&keyword, "union") { messages::on_union() } else { messages::not_a_struct_or_enum() };
        diagnostics.error(keyword, message);
        return None;
    }
    cursor.open_invisible();
    let Some(name) = cursor.ident() else {
        diagnostics.error(keyword, messages::missing_name());
        return None;
    };
    let mut generics = generics::parameters(&mut cursor);
    let shape = if is_enum {
        generics.predicates = generics::where_clause(&mut cursor);
        let Some(body) = cursor.group(Delimiter::Brace) else {
            diagnostics.error(name, messages::missing_body());
            return None;
        };
        Shape::Enum(fields::variants(body.stream(), diagnostics))
    } else {
        let tuple = cursor.group(Delimiter::Parenthesis);
        generics.predicates = generics::where_clause(&mut cursor);
        Shape::Struct(match (tuple, cursor.group(Delimiter::Brace)) {
            (Some(tuple), _) => fields::tuple(tuple.stream(), diagnostics),
            (None, Some(named)) => fields::named(named.stream(), diagnostics),
            // `struct S;`, or a body that is not typed yet: the same projection either way.
            (None, None) => fields::unit(),
        })
    };
    Some(Item {
        door,
        visibility,
        name,
        generics,
        shape,
        requests: header.requests.unwrap_or_default(),
        allowed: header.allowed,
        packed: header.packed,
        can_be_projected: true,
    })
}

/// What the attributes of the type say.
#[derive(Default)]
struct Header {
    requests: Option<Requests>,
    packed: Option<TokenTree>,
    allowed: Tokens,
}

impl Header {
    fn read(&mut self, attribute: Attribute, door: Door, diagnostics: &mut Diagnostics) {
        if attribute.is("allow") {
            self.allowed.extend(attribute.tokens());
        } else if attribute.is("repr") {
            self.packed = self.packed.take().or_else(|| packed_in(&attribute));
        } else if door == Door::HandedOver && attribute.is("pin_project") {
            diagnostics.error(tokens_of(&attribute), messages::duplicate_attribute("pin_project"));
        } else if attribute.is("pin") {
            self.read_pin(attribute, door, diagnostics);
        }
    }

    fn read_pin(&mut self, attribute: Attribute, door: Door, diagnostics: &mut Diagnostics) {
        let place = tokens_of(&attribute);
        let list = attribute.arguments().group(Delimiter::Parenthesis);
        let handed_over = list.as_ref().and_then(|list| {
            let mut list = Cursor::new(list.stream());
            list.keyword("__private")?;
            list.group(Delimiter::Parenthesis)
        });
        match (door, list, handed_over) {
            (Door::HandedOver, _, Some(arguments)) if self.requests.is_none() => {
                self.requests = Some(arguments::read(arguments.stream(), door, diagnostics));
            }
            (Door::Derive, Some(list), None) if self.requests.is_none() => {
                self.requests = Some(arguments::read(list.stream(), door, diagnostics));
            }
            (Door::Derive, Some(_), None) => diagnostics.error(place, messages::duplicate_attribute("pin")),
            (Door::Derive, None, _) => diagnostics.error(place, messages::pin_on_type()),
            (Door::HandedOver, ..) => diagnostics.error(place, messages::pin_beside_pin_project()),
            (Door::Derive, Some(_), Some(_)) => diagnostics.error(place, messages::private_argument()),
        }
    }
}

fn tokens_of(attribute: &Attribute) -> Tokens {
    let [pound, bracket] = attribute.tokens();
    quote!(#pound #bracket)
}

/// `packed`, `packed(2)` or `packed = "…"` among the arguments of a `#[repr(…)]`.
fn packed_in(repr: &Attribute) -> Option<TokenTree> {
    let mut list = Cursor::new(repr.arguments().group(Delimiter::Parenthesis)?.stream());
    while !list.is_empty() {
        let mut argument = Cursor::new(list.take_until_comma());
        argument.open_invisible();
        if let Some(packed) = argument.name("packed") {
            return Some(packed);
        }
    }
    None
}
