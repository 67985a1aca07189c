//! `lite::pin_project! { … }`: the form of pin-project-lite, handed over to the same derive as `#[pin_project]`.
//!
//! It begins with `[path]`, which our `macro_rules!` wrapper fills with `$crate`: so it works wherever the macro is
//! called from, under whatever name the crate is known there.
//!
//! Each token of the input is read, and is handed on or reported. What is handed on is the declaration of the type, as
//! it was written: the compiler judges it.

use super::fresh::FreshNames;
use super::hand_over;
use super::model::{Request, Requests};
use super::pinned_drop::{self, Form};
use crate::diagnostics::Diagnostics;
use crate::messages;
use crate::quote::{ToTokens, Tokens, quote};
use crate::tokens::{Attribute, Cursor, is_braced, is_keyword, is_lifetime_fragment, is_punct, opened};
use proc_macro2::{Delimiter, Ident, Punct, Spacing, Span, TokenStream, TokenTree};

pub(crate) fn lite(input: TokenStream) -> TokenStream {
    let mut diagnostics = Diagnostics::default();
    let mut cursor = Cursor::new(input);
    let path = Tokens::from(cursor.group(Delimiter::Bracket).map(|path| path.stream()).unwrap_or_default());
    let (attributes, mut requests) = attributes(&mut cursor, &mut diagnostics);
    let Some(Declaration { tokens, is_enum }) = declaration(&mut cursor, &mut diagnostics) else {
        let (item, errors) = (cursor.rest(), diagnostics.into_tokens());
        return quote!(#attributes #item #errors).into();
    };
    let drop = drop_implementation(cursor, &path, &mut diagnostics);
    requests.pinned_drop = drop.as_ref().map(|(_, place)| *place);
    let drop = drop.map(|(tokens, _)| tokens);
    let derive = hand_over::derive(&path, &requests);
    // The peer keeps the compiler from warning of variants that nobody makes, so a program may rely on that.
    let unused = is_enum.then(|| quote!(#[allow(dead_code)]));
    let errors = diagnostics.into_tokens();
    quote! {
        #attributes
        #unused
        #derive
        #tokens
        #drop
        #errors
    }
    .into()
}

/// Sorts out the attributes of the type: `#[project = Name]` and the like are for us.
fn attributes(cursor: &mut Cursor, diagnostics: &mut Diagnostics) -> (Tokens, Requests) {
    let (mut kept, mut requests) = (Tokens::default(), Requests::default());
    while let Some(attribute) = cursor.attribute() {
        let (argument, slot) = if attribute.is("project") {
            ("project", &mut requests.project)
        } else if attribute.is("project_ref") {
            ("project_ref", &mut requests.project_ref)
        } else if attribute.is("project_replace") {
            ("project_replace", &mut requests.project_replace)
        } else {
            if attribute.is("pin") {
                diagnostics.error(whole(&attribute), messages::lite_pin_on_type());
            } else {
                kept.extend(attribute.tokens());
            }
            continue;
        };
        if let Some(list) = attribute.arguments().group(Delimiter::Parenthesis) {
            let list: Tokens = opened(list.stream()).into_iter().collect();
            if argument != "project" || !is_not_unpin(&list) || attribute.arguments().rest().iter().count() > 1 {
                let place = if list.is_empty() { whole(&attribute) } else { list.clone() };
                diagnostics.error(place, messages::lite_unknown_project(&list.squeezed()));
            } else if requests.not_unpin.is_some() {
                diagnostics.error(list, messages::duplicate_argument("!Unpin"));
            }
            requests.not_unpin = Some(attribute.place());
        } else if slot.is_some() {
            diagnostics.error(attribute.content.rest(), messages::duplicate_argument(argument));
        } else if let Some(name) = name(&attribute) {
            *slot = Some(Request { place: attribute.place(), visibility: None, name: Some(name) });
        } else {
            diagnostics.error(attribute.content.rest(), messages::lite_expected_name(argument));
        }
    }
    (kept, requests)
}

/// `Name` in `#[project = Name]`, if that is what stands there.
fn name(attribute: &Attribute) -> Option<Ident> {
    let mut value = attribute.arguments();
    value.punct('=')?;
    value.open_invisible();
    let name = value.ident()?;
    (value.is_empty() && !is_keyword(&name)).then_some(name)
}

fn is_not_unpin(list: &Tokens) -> bool {
    let mut list = Cursor::new(list.clone());
    list.punct('!').is_some() && list.keyword("Unpin").is_some() && list.is_empty()
}

fn whole(attribute: &Attribute) -> Tokens {
    attribute.tokens().into_iter().collect()
}

struct Declaration {
    tokens: Tokens,
    is_enum: bool,
}

/// Takes the declaration of the type, up to its braces or its semicolon. `None` after an error.
fn declaration(cursor: &mut Cursor, diagnostics: &mut Diagnostics) -> Option<Declaration> {
    let before = cursor.clone();
    let mut tokens = cursor.visibility();
    let is_enum = cursor.peek_keyword("enum");
    if !is_enum && !cursor.peek_keyword("struct") {
        let message =
            if cursor.peek_keyword("union") { messages::on_union() } else { messages::lite_not_a_struct_or_enum() };
        diagnostics.error(cursor.peek().cloned(), message);
        *cursor = before;
        return None;
    }
    tokens.extend(cursor.next());
    tokens.extend(cursor.ident().map(TokenTree::Ident));
    tokens.extend(parameters(cursor));
    tokens.extend(cursor.take_until(|token| is_punct(token, ';') || is_braced(token)));
    tokens.extend(cursor.next().map(external));
    Some(Declaration { tokens, is_enum })
}

/// The peer's braces are its own, so the lints that speak of a whole item take it for foreign and are silent.
fn external(mut end: TokenTree) -> TokenTree {
    end.set_span(Span::call_site());
    end
}

/// Takes `<…>`, if that comes next. The grammar of pin-project-lite does not ask for the comma between the last lifetime
/// and the first type parameter, so it is added.
fn parameters(cursor: &mut Cursor) -> Tokens {
    let mut output = Tokens::from_iter(cursor.punct('<'));
    if output.is_empty() {
        return output;
    }
    let mut list = Cursor::new(cursor.take_until(|token| is_punct(token, '>')));
    while !list.is_empty() {
        output.extend(lifetime_without_comma(&mut list).unwrap_or_default());
        output.extend(list.take_until(|token| is_punct(token, ',')));
        output.extend(list.punct(','));
    }
    output.extend(cursor.punct('>'));
    output
}

/// Takes `'a` or `'a: 'b` if a type parameter follows at once, and adds the comma.
fn lifetime_without_comma(list: &mut Cursor) -> Option<Vec<TokenTree>> {
    let mut ahead = list.clone();
    let mut taken = lifetime(&mut ahead)?;
    if let Some(colon) = ahead.punct(':') {
        taken.push(colon);
        taken.extend(lifetime(&mut ahead)?);
    }
    if !matches!(ahead.peek(), Some(TokenTree::Ident(_))) || ahead.peek_keyword("const") {
        return None;
    }
    taken.push(Punct::new(',', Spacing::Alone).into());
    *list = ahead;
    Some(taken)
}

/// Takes a lifetime, which may have come in as a `$lifetime:lifetime`.
fn lifetime(cursor: &mut Cursor) -> Option<Vec<TokenTree>> {
    if cursor.peek().is_some_and(is_lifetime_fragment) {
        return Some(cursor.next().into_iter().collect());
    }
    Some(vec![cursor.punct('\'')?, cursor.ident()?.into()])
}

/// Takes what stands behind the declaration: nothing, or one `impl PinnedDrop`.
fn drop_implementation(mut cursor: Cursor, path: &Tokens, diagnostics: &mut Diagnostics) -> Option<(Tokens, Span)> {
    cursor.open_invisible();
    if cursor.is_empty() {
        return None;
    }
    let written = cursor.clone().rest();
    let mut tokens = Tokens::default();
    while let Some(attribute) = cursor.attribute() {
        tokens.extend(attribute.tokens());
    }
    cursor.open_invisible();
    tokens.extend(cursor.keyword("unsafe"));
    if !cursor.peek_keyword("impl") {
        diagnostics.error(written, messages::lite_and_more());
        return None;
    }
    tokens.extend(cursor.next());
    tokens.extend(parameters(&mut cursor));
    cursor.rest().to_tokens(&mut tokens);
    let fresh = FreshNames::among(tokens.clone().into());
    let implementation = pinned_drop::implementation(tokens.into(), Form::Lite, diagnostics)?;
    Some((implementation.expand(&fresh, path), implementation.place()))
}
