//! The attributes of the type.

use super::arguments;
use crate::diagnostics::Diagnostics;
use crate::messages;
use crate::projection::Door;
use crate::projection::model::Requests;
use crate::quote::{Tokens, quote};
use crate::tokens::{Attribute, Cursor};
use proc_macro2::{Delimiter, TokenTree};

/// Tools whose attributes are no macros: the compiler knows their names, and leaves what begins with them alone.
const TOOLS: [&str; 5] = ["clippy", "diagnostic", "miri", "rust_analyzer", "rustfmt"];

/// What the attributes of the type say.
#[derive(Default)]
pub(super) struct Header {
    pub(super) requests: Option<Requests>,
    /// What the door that hands over knows of the path to the crate.
    pub(super) facade: Option<Tokens>,
    pub(super) packed: Option<TokenTree>,
    pub(super) allowed: Tokens,
    /// `#[pin_project]` below the derive projects the type as well, so the derive must not.
    pub(super) projected_twice: bool,
    /// A macro runs later, and may change the type.
    pub(super) before_a_macro: bool,
}

impl Header {
    pub(super) fn read(&mut self, attribute: &Attribute, door: Door, diagnostics: &mut Diagnostics) {
        if attribute.is("allow") {
            self.allowed.extend(attribute.tokens());
        } else if attribute.is("repr") {
            self.packed = self.packed.take().or_else(|| packed_in(attribute));
        } else if attribute.is("pin_project") {
            let message = match door {
                Door::HandedOver => messages::duplicate_attribute("pin_project"),
                Door::Derive => messages::pin_project_beside_derive(&attribute.arguments().rest().text()),
            };
            diagnostics.error(tokens_of(attribute), message);
            self.projected_twice = true;
        } else if attribute.is("pin") {
            match door {
                Door::Derive => self.read_pin(attribute, diagnostics),
                Door::HandedOver => self.read_handed_over(attribute, diagnostics),
            }
        } else if is_a_macro(attribute) {
            diagnostics.error(tokens_of(attribute), messages::later_macro(door));
            self.before_a_macro = true;
        }
    }

    fn read_pin(&mut self, attribute: &Attribute, diagnostics: &mut Diagnostics) {
        match attribute.arguments().group(Delimiter::Parenthesis) {
            Some(list) if self.requests.is_none() => {
                self.requests = Some(arguments::read(list.stream(), Door::Derive, diagnostics));
            }
            Some(_) => diagnostics.error(tokens_of(attribute), messages::duplicate_attribute("pin")),
            None => diagnostics.error(tokens_of(attribute), messages::pin_on_type()),
        }
    }

    /// `#[pin(__private(path)(arguments))]`: what `hand_over` and `lite` say in the first group, and the user in the second.
    fn read_handed_over(&mut self, attribute: &Attribute, diagnostics: &mut Diagnostics) {
        let said = attribute.arguments().group(Delimiter::Parenthesis).and_then(|list| {
            let mut list = Cursor::new(list.stream());
            list.keyword("__private")?;
            Some((list.group(Delimiter::Parenthesis)?, list.group(Delimiter::Parenthesis)?))
        });
        match said {
            Some((facade, arguments)) if self.requests.is_none() => {
                self.facade = Some(facade.stream().into());
                self.requests = Some(arguments::read(arguments.stream(), Door::HandedOver, diagnostics));
            }
            _ => diagnostics.error(tokens_of(attribute), messages::pin_beside_pin_project()),
        }
    }
}

/// An attribute whose path has more than one segment, and is no tool's, can only be a macro: helpers of derives and the
/// compiler's own attributes are single names. It runs after this derive.
fn is_a_macro(attribute: &Attribute) -> bool {
    let mut path = attribute.content.clone();
    if path.peek_punct(':') {
        return true;
    }
    let Some(first) = path.ident() else { return false };
    path.peek_punct(':') && !TOOLS.contains(&first.to_string().as_str())
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
