//! The arguments of `#[pin(…)]` on a type, and of `#[pin_project(…)]`, which are the same.
//!
//! Nothing else can be said here: what the drop-in doors add for the derive that they hand over to has a channel of its own.

use crate::diagnostics::Diagnostics;
use crate::messages;
use crate::projection::Door;
use crate::projection::model::{Request, Requests};
use crate::quote::{ToTokens, Tokens, put, quote};
use crate::tokens::{Cursor, first_span, is_keyword, is_keyword_today, is_word};
use proc_macro2::{Ident, Literal, Span, TokenStream, TokenTree};

/// All that can be written, for the messages.
pub(crate) const KNOWN: [&str; 8] =
    ["project", "project_ref", "project_replace", "PinnedDrop", "UnsafeUnpin", "!Unpin", "unpinned", "crate"];

/// Reads every argument, and reports every one that is wrong.
pub(in crate::projection) fn read(arguments: TokenStream, door: Door, diagnostics: &mut Diagnostics) -> Requests {
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
            "project" => self.method(name, visibility, &mut requests.project, cursor, false),
            // The peer's attribute always makes the method, so it takes the argument only to name what it returns.
            "project_ref" => {
                let alone = self.door == Door::Derive;
                self.method(name, visibility, &mut requests.project_ref, cursor, alone);
            }
            "project_replace" => self.method(name, visibility, &mut requests.project_replace, cursor, true),
            "PinnedDrop" => self.flag(&text, &mut requests.pinned_drop, cursor),
            "UnsafeUnpin" => self.flag(&text, &mut requests.unsafe_unpin, cursor),
            "unpinned" => self.flag(&text, &mut requests.unpinned, cursor),
            "crate" => self.facade(name, &mut requests.facade, cursor),
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

    /// `project = Name`, or `project` alone where that is enough.
    fn method(
        &mut self,
        argument: Ident,
        visibility: Option<Tokens>,
        slot: &mut Option<Request>,
        rest: Cursor,
        alone: bool,
    ) {
        if slot.is_some() {
            self.wrong(messages::duplicate_argument(&argument.to_string()));
            return;
        }
        let name = if alone && rest.is_empty() { None } else { self.value(&argument, rest) };
        // Where the name is wrong the method is still there, so that its uses are not further errors.
        if alone || name.is_some() {
            *slot = Some(Request { place: argument.span(), visibility, name });
        }
    }

    /// `= Name`. A string is understood, and still an error.
    fn value(&mut self, argument: &Ident, mut rest: Cursor) -> Option<Ident> {
        let text = argument.to_string();
        let written = rest.clone().rest();
        if rest.punct('=').is_none() {
            let place = if written.is_empty() { quote!(#argument) } else { written };
            self.diagnostics.error(place, messages::expected_name(&text));
            return None;
        }
        rest.open_invisible();
        if rest.is_empty() {
            self.wrong(messages::expected_name(&text));
            return None;
        }
        let value = rest.clone().rest();
        match rest.next() {
            Some(TokenTree::Ident(name)) if !is_keyword(&name) && !self.is_keyword_today(&name) => {
                rest.open_invisible();
                if !rest.is_empty() {
                    self.diagnostics.error(rest.rest(), messages::one_name_only(&text));
                }
                Some(name)
            }
            Some(TokenTree::Literal(literal))
                if rest.is_empty()
                    && let Some(name) = identifier(&literal) =>
            {
                self.diagnostics.error(literal, messages::name_in_quotes(&text, &name.to_string()));
                Some(name)
            }
            _ => {
                self.diagnostics.error(value, messages::expected_name(&text));
                None
            }
        }
    }

    /// Words that became keywords after edition 2015. There, the peer takes them for names.
    fn is_keyword_today(&self, name: &Ident) -> bool {
        self.door == Door::Derive && is_keyword_today(name)
    }

    fn facade(&mut self, name: Ident, slot: &mut Option<Tokens>, mut rest: Cursor) {
        let path = if rest.punct('=').is_some() { rest.rest() } else { Tokens::default() };
        if slot.is_some() {
            self.wrong(messages::duplicate_argument("crate"));
        } else if path.is_empty() {
            self.diagnostics.error(name, messages::expected_path());
        } else if let Some(wrong) = not_of_a_path(&path) {
            self.diagnostics.error(wrong, messages::expected_path());
        } else {
            *slot = Some(path);
        }
    }
}

/// An identifier out of a string, when the string holds one.
fn identifier(literal: &Literal) -> Option<Ident> {
    let text = literal.to_string();
    let text = text.strip_prefix('"')?.strip_suffix('"')?;
    let mut tokens = text.parse::<TokenStream>().ok()?.into_iter();
    match (tokens.next(), tokens.next()) {
        (Some(TokenTree::Ident(ident)), None) if !is_keyword(&ident) => {
            Some(Ident::new(&ident.to_string(), Span::call_site()))
        }
        _ => None,
    }
}

/// The first token that cannot stand in `a::b::c`.
fn not_of_a_path(path: &Tokens) -> Option<TokenTree> {
    path.clone().into_iter().find(|token| {
        !matches!(token, TokenTree::Ident(_)) && !matches!(token, TokenTree::Punct(punct) if punct.as_char() == ':')
    })
}

/// As the user would have written them: what the drop-in doors hand over, once they have read what was really written.
impl ToTokens for Requests {
    fn to_tokens(&self, to: &mut Tokens) {
        let methods = [
            ("project", &self.project),
            ("project_ref", &self.project_ref),
            ("project_replace", &self.project_replace),
        ];
        for (argument, request) in methods {
            let Some(Request { place, visibility, name }) = request else { continue };
            visibility.to_tokens(to);
            to.word(argument, *place);
            if let Some(name) = name {
                put!(to, = #name);
            }
            put!(to, ,);
        }
        let flags = [("PinnedDrop", self.pinned_drop), ("UnsafeUnpin", self.unsafe_unpin), ("unpinned", self.unpinned)];
        for (argument, place) in flags {
            if let Some(place) = place {
                to.word(argument, place);
                put!(to, ,);
            }
        }
        if let Some(place) = self.not_unpin {
            put!(to, at place => !Unpin,);
        }
        if let Some(path) = &self.facade {
            put!(to, crate = #path,);
        }
    }
}
