//! The arguments of `#[pin(…)]` on a type, and of `#[pin_project(…)]`, which are the same.

use crate::diagnostics::Diagnostics;
use crate::messages;
use crate::projection::Door;
use crate::projection::model::{FacadePath, Named, Replace, Requests};
use crate::quote::{Tokens, quote};
use crate::tokens::{Cursor, first_span, is_word};
use proc_macro2::{Ident, Span, TokenStream, TokenTree};

/// All that can be written, for the messages.
pub(crate) const KNOWN: [&str; 8] =
    ["project", "project_ref", "project_replace", "PinnedDrop", "UnsafeUnpin", "!Unpin", "unpinned", "crate"];

/// Reads every argument, and reports every one that is wrong.
pub(super) fn read(arguments: TokenStream, door: Door, diagnostics: &mut Diagnostics) -> Requests {
    let mut requests = Requests::default();
    let mut arguments = Cursor::new(arguments);
    while !arguments.is_empty() {
        if let Some(comma) = arguments.punct(',') {
            diagnostics.error(comma, messages::stray_comma());
            continue;
        }
        let argument: Tokens = arguments.take_until_comma().into_iter().collect();
        Argument { whole: argument, door, diagnostics }.read(&mut requests);
    }
    requests
}

/// One argument that is being read.
struct Argument<'a> {
    whole: Tokens,
    door: Door,
    diagnostics: &'a mut Diagnostics,
}

impl Argument<'_> {
    fn read(mut self, requests: &mut Requests) {
        let mut cursor = Cursor::new(self.whole.clone());
        cursor.open_invisible();
        if cursor.punct('!').is_some() {
            match cursor.ident() {
                Some(name) if is_word(&name, "Unpin") => self.flag("!Unpin", &mut requests.not_unpin, cursor),
                _ => self.wrong(messages::bang_without_unpin()),
            }
            return;
        }
        let visibility = cursor.visibility();
        let visibility = (!visibility.is_empty()).then_some(visibility);
        let Some(name) = cursor.ident() else {
            self.wrong(messages::not_an_argument());
            return;
        };
        let text = name.to_string();
        if let (Some(visibility), false) = (&visibility, text.starts_with("project")) {
            self.diagnostics.error(visibility, messages::visibility_of_what(&text));
        }
        match text.as_str() {
            "project" => self.named(name, visibility, &mut requests.project, cursor),
            "project_ref" => self.named(name, visibility, &mut requests.project_ref, cursor),
            "project_replace" => self.replace(name, visibility, &mut requests.project_replace, cursor),
            "PinnedDrop" => self.flag(&text, &mut requests.pinned_drop, cursor),
            "UnsafeUnpin" => self.flag(&text, &mut requests.unsafe_unpin, cursor),
            "unpinned" => self.flag(&text, &mut requests.unpinned, cursor),
            "crate" => self.facade(name, &mut requests.facade, cursor),
            "__compat" if self.door == Door::HandedOver => requests.facade = FacadePath::PinProject,
            "__crate" if self.door == Door::HandedOver => requests.facade = FacadePath::Ours(cursor.rest()),
            "Unpin" => self.diagnostics.error(name, messages::unpin_without_bang()),
            "Replace" => self.diagnostics.error(name, messages::replace_was_removed()),
            _ => self.diagnostics.error(name, messages::unknown_argument(&text)),
        }
    }

    /// An error about the whole argument.
    fn wrong(&mut self, message: String) {
        self.diagnostics.error(self.whole.clone(), message);
    }

    fn flag(&mut self, name: &str, slot: &mut Option<Span>, rest: Cursor) {
        if !rest.is_empty() {
            self.diagnostics.error(rest.rest(), messages::takes_no_value(name));
        }
        if slot.is_some() {
            self.wrong(messages::duplicate_argument(name));
        }
        *slot = Some(first_span(&self.whole));
    }

    fn named(&mut self, name: Ident, visibility: Option<Tokens>, slot: &mut Option<Named>, rest: Cursor) {
        if slot.is_some() {
            self.wrong(messages::duplicate_argument(&name.to_string()));
        } else if let Some(value) = self.value(&name, rest) {
            *slot = Some(Named { visibility, name: value });
        }
    }

    fn replace(&mut self, name: Ident, visibility: Option<Tokens>, slot: &mut Option<Replace>, rest: Cursor) {
        let value = if rest.is_empty() { None } else { self.value(&name, rest) };
        if slot.is_some() {
            self.wrong(messages::duplicate_argument("project_replace"));
        } else {
            *slot = Some(Replace { place: name.span(), visibility, name: value });
        }
    }

    /// `= Name`. A string is understood, and still an error.
    fn value(&mut self, argument: &Ident, mut rest: Cursor) -> Option<Ident> {
        let written = rest.clone().rest();
        if rest.punct('=').is_none() {
            let place = if written.is_empty() { quote!(#argument) } else { written };
            self.diagnostics.error(place, messages::expected_name(&argument.to_string()));
            return None;
        }
        rest.open_invisible();
        let value = match rest.next() {
            Some(TokenTree::Ident(value)) if !is_word(&value, "_") => Some(value),
            Some(TokenTree::Literal(literal)) => {
                let value = literal.to_string().trim_matches('"').to_owned();
                self.diagnostics.error(literal, messages::name_in_quotes(&argument.to_string(), &value));
                return identifier(&value);
            }
            Some(other) => {
                self.diagnostics.error(other, messages::expected_name(&argument.to_string()));
                return None;
            }
            None => {
                self.wrong(messages::expected_name(&argument.to_string()));
                return None;
            }
        };
        if !rest.is_empty() {
            self.diagnostics.error(rest.rest(), messages::one_name_only(&argument.to_string()));
        }
        value
    }

    fn facade(&mut self, name: Ident, slot: &mut FacadePath, mut rest: Cursor) {
        let path = if rest.punct('=').is_some() { rest.rest() } else { Tokens::default() };
        if matches!(slot, FacadePath::Named(_)) {
            self.wrong(messages::duplicate_argument("crate"));
        } else if path.is_empty() {
            self.diagnostics.error(name, messages::expected_path());
        } else if let Some(wrong) = not_of_a_path(&path) {
            self.diagnostics.error(wrong, messages::expected_path());
        } else {
            *slot = FacadePath::Named(path);
        }
    }
}

/// An identifier out of a string, when the string is one.
fn identifier(text: &str) -> Option<Ident> {
    let mut tokens = text.parse::<TokenStream>().ok()?.into_iter();
    match (tokens.next(), tokens.next()) {
        (Some(TokenTree::Ident(ident)), None) => Some(Ident::new(&ident.to_string(), Span::call_site())),
        _ => None,
    }
}

/// The first token that cannot stand in `a::b::c`.
fn not_of_a_path(path: &Tokens) -> Option<TokenTree> {
    path.clone().into_iter().find(|token| {
        !matches!(token, TokenTree::Ident(_)) && !matches!(token, TokenTree::Punct(punct) if punct.as_char() == ':')
    })
}
