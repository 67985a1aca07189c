//! The arguments of `#[explain(…)]`.

use super::messages;
use super::model::{MaxSize, Requests};
use crate::diagnostics::Diagnostics;
use crate::messages as common;
use crate::quote::{Tokens, quote};
use crate::tokens::{Cursor, first_span, is_punct};
use pinsight_lowering::Edition;
use proc_macro2::{Delimiter, Ident, Literal, Span, TokenStream, TokenTree};

/// All that can be written, for the messages.
pub(super) const KNOWN: [&str; 10] =
    ["warn", "expand", "docs", "value", "name", "max_size", "max_suspends", "deny", "edition", "crate"];

/// Reads every argument, and reports every one that is wrong.
pub(super) fn read(arguments: TokenStream, diagnostics: &mut Diagnostics) -> Requests {
    let mut requests = Requests::default();
    let mut seen: Vec<String> = Vec::new();
    let mut arguments = Cursor::new(arguments);
    while !arguments.is_empty() {
        if let Some(comma) = arguments.punct(',') {
            diagnostics.error(comma, common::stray_comma());
            continue;
        }
        let whole: Tokens = arguments.take_until_comma().into_iter().collect();
        let mut rest = Cursor::new(whole.clone());
        rest.open_invisible();
        let Some(name) = rest.ident() else {
            diagnostics.error(whole, messages::not_an_argument());
            continue;
        };
        let text = name.to_string();
        if KNOWN.contains(&text.as_str()) && seen.contains(&text) {
            diagnostics.error(whole, common::duplicate_argument(&text));
            continue;
        }
        seen.push(text);
        Argument { name, rest, diagnostics }.read(&mut requests);
    }
    requests
}

/// One argument that is being read.
struct Argument<'a> {
    name: Ident,
    /// What follows the name.
    rest: Cursor,
    diagnostics: &'a mut Diagnostics,
}

impl Argument<'_> {
    fn read(self, requests: &mut Requests) {
        let text = self.name.to_string();
        match text.as_str() {
            "warn" => requests.warn = self.flag(),
            "expand" => requests.expand = self.flag(),
            "docs" => requests.docs = self.bool().unwrap_or(true),
            "value" => requests.value = self.bool(),
            "name" => requests.name = self.constant_name(),
            "max_size" => requests.max_size = self.max_size(),
            "max_suspends" => requests.max_suspends = self.count(),
            "deny" => requests.deny_self_reference = self.denied(),
            "edition" => requests.edition = self.edition().unwrap_or_default(),
            "crate" => requests.facade = self.facade(),
            _ => self.diagnostics.error(self.name, messages::unknown_argument(&text)),
        }
    }

    fn flag(self) -> Option<Span> {
        if !self.rest.is_empty() {
            self.diagnostics.error(self.rest.rest(), common::takes_no_value(&self.name.to_string()));
        }
        Some(self.name.span())
    }

    /// The one token after `=`, if it satisfies `is_it`; else `message` about what is there instead.
    fn value<T>(mut self, message: String, is_it: impl Fn(&TokenTree) -> Option<T>) -> Option<T> {
        let written = self.rest.clone().rest();
        let equals = self.rest.punct('=').is_some();
        self.rest.open_invisible();
        let value = self.rest.next();
        match value.as_ref().and_then(is_it).filter(|_| equals && self.rest.is_empty()) {
            Some(value) => Some(value),
            None => {
                let name = &self.name;
                let after = Cursor::new(written.iter().skip(usize::from(equals)).cloned()).rest();
                let place = if after.is_empty() { quote!(#name) } else { after };
                self.diagnostics.error(place, message);
                None
            }
        }
    }

    fn bool(self) -> Option<bool> {
        let message = messages::expected_bool(&self.name.to_string());
        self.value(message, |token| match token {
            TokenTree::Ident(ident) if ident == "true" => Some(true),
            TokenTree::Ident(ident) if ident == "false" => Some(false),
            _ => None,
        })
    }

    fn constant_name(self) -> Option<Ident> {
        self.value(messages::expected_constant_name(), |token| match token {
            TokenTree::Ident(ident) => syn::parse2::<Ident>(TokenStream::from(TokenTree::from(ident.clone()))).ok(),
            _ => None,
        })
    }

    fn count(self) -> Option<(Literal, u64)> {
        self.value(messages::expected_count(), |token| number(token).map(|(literal, value)| (literal.clone(), value)))
    }

    fn edition(self) -> Option<Edition> {
        self.value(messages::expected_edition(), |token| {
            // A string is what Cargo.toml has.
            match token.to_string().trim_matches('"') {
                "2015" => Some(Edition::E2015),
                "2018" => Some(Edition::E2018),
                "2021" => Some(Edition::E2021),
                "2024" => Some(Edition::E2024),
                _ => None,
            }
        })
    }

    fn facade(mut self) -> Option<Tokens> {
        let path = if self.rest.punct('=').is_some() { self.rest.rest() } else { Tokens::default() };
        let wrong = path.iter().find(|token| !matches!(token, TokenTree::Ident(_)) && !is_punct(token, ':')).cloned();
        if let Some(wrong) = wrong {
            self.diagnostics.error(wrong, common::expected_path());
        } else if syn::parse2::<syn::Path>(path.clone().into()).is_err() {
            let name = &self.name;
            self.diagnostics.error(if path.is_empty() { quote!(#name) } else { path }, common::expected_path());
        } else {
            return Some(path);
        }
        None
    }

    fn denied(mut self) -> Option<Span> {
        let name = &self.name;
        let Some(list) = self.rest.group(Delimiter::Parenthesis).filter(|list| !list.stream().is_empty()) else {
            let written = self.rest.rest();
            let place = if written.is_empty() { quote!(#name) } else { written };
            self.diagnostics.error(place, messages::expected_denied());
            return None;
        };
        let mut denied = None;
        let mut entries = Cursor::new(list.stream());
        while !entries.is_empty() {
            let entry: Tokens = entries.take_until_comma().into_iter().collect();
            match entry.squeezed().as_str() {
                "self_reference" if denied.is_none() => denied = Some(first_span(&entry)),
                "self_reference" => self.diagnostics.error(entry, common::duplicate_argument("self_reference")),
                other => {
                    let message = messages::unknown_denied(other);
                    self.diagnostics.error(if entry.is_empty() { quote!(#list) } else { entry }, message);
                }
            }
        }
        denied
    }

    /// `= bytes`, or `(bytes, T = u32)`.
    fn max_size(mut self) -> Option<MaxSize> {
        let place = self.name.span();
        if self.rest.punct('=').is_some() {
            let bytes = self.bytes(self.rest.clone().rest())?;
            return Some(MaxSize { place, bytes, instance: Vec::new() });
        }
        let Some(list) = self.rest.group(Delimiter::Parenthesis).filter(|_| self.rest.is_empty()) else {
            let (name, written) = (&self.name, self.rest.clone().rest());
            self.diagnostics.error(if written.is_empty() { quote!(#name) } else { written }, messages::expected_size());
            return None;
        };
        let mut entries = Cursor::new(list.stream());
        let bytes = self.bytes(entries.take_until_comma().into_iter().collect())?;
        let mut instance: Vec<(Ident, Tokens)> = Vec::new();
        while !entries.is_empty() {
            let entry: Tokens = entries.take_until_comma().into_iter().collect();
            let mut parts = Cursor::new(entry.clone());
            let parameter = parts.ident().filter(|_| parts.punct('=').is_some());
            let value = parts.rest();
            match parameter.filter(|_| !value.is_empty()) {
                Some(parameter) if instance.iter().any(|(other, _)| *other == parameter) => {
                    self.diagnostics.error(&parameter, common::duplicate_argument(&parameter.to_string()));
                }
                Some(parameter) => instance.push((parameter, value)),
                None => {
                    self.diagnostics
                        .error(if entry.is_empty() { quote!(#list) } else { entry }, messages::expected_instance());
                    return None;
                }
            }
        }
        Some(MaxSize { place, bytes, instance })
    }

    /// A number, or an expression that the compiler finds to be one.
    fn bytes(&mut self, written: Tokens) -> Option<Tokens> {
        let is_number = match Cursor::new(written.clone()).next() {
            Some(TokenTree::Literal(literal)) if written.iter().count() == 1 => number(&literal.into()).is_some(),
            _ => syn::parse2::<syn::Expr>(written.clone().into()).is_ok(),
        };
        if is_number {
            return Some(written);
        }
        let name = &self.name;
        self.diagnostics.error(if written.is_empty() { quote!(#name) } else { written }, messages::expected_size());
        None
    }
}

/// An integer that is written out.
fn number(token: &TokenTree) -> Option<(&Literal, u64)> {
    let TokenTree::Literal(literal) = token else { return None };
    let parsed: syn::LitInt = syn::parse2(TokenStream::from(token.clone())).ok()?;
    Some((literal, parsed.base10_parse().ok()?))
}
