//! `lite::pin_project! { … }`: the form of pin-project-lite, handed over to the same derive as `#[pin_project]`.
//!
//! It begins with `[path]`, which our `macro_rules!` wrapper fills with `$crate`: so it works wherever the macro is
//! called from, under whatever name the crate is known there.

use super::fresh::FreshNames;
use super::pinned_drop::{self, Form};
use crate::diagnostics::Diagnostics;
use crate::messages;
use crate::quote::{Tokens, quote};
use crate::tokens::{Attribute, Cursor, is_ident, is_punct};
use proc_macro2::{Delimiter, Punct, Spacing, Span, TokenStream, TokenTree};

pub(crate) fn lite(input: TokenStream) -> TokenStream {
    let mut diagnostics = Diagnostics::default();
    let mut cursor = Cursor::new(input);
    let path = Tokens::from(cursor.group(Delimiter::Bracket).map(|path| path.stream()).unwrap_or_default());
    let (attributes, mut arguments) = attributes(&mut cursor, &mut diagnostics);
    let item = item(&mut cursor);
    let drop: Tokens = with_commas(TokenStream::from(cursor.rest()).into_iter().collect()).into_iter().collect();
    // The peer keeps the compiler from warning of variants that nobody makes, so a program may rely on that.
    let is_enum = item.iter().any(|token| is_ident(token, "enum"));
    let unused = is_enum.then(|| quote!(#[allow(dead_code)]));
    let mut output = Tokens::default();
    if !drop.is_empty() {
        let fresh = FreshNames::among(&drop.clone().into());
        if let Some(implementation) = pinned_drop::implementation(drop.into(), Form::Lite, &mut diagnostics) {
            output.extend(implementation.expand(&fresh, &quote!(#path::__private)));
            arguments.extend(quote!(PinnedDrop,));
        }
    }
    let errors = diagnostics.into_tokens();
    quote! {
        #attributes
        #unused
        #[derive(#path::__private::__PinProjectHandedOver)]
        #[pin(__private(__crate #path, #arguments))]
        #item
        #output
        #errors
    }
    .into()
}

/// Sorts out the attributes of the type: `#[project = Name]` and the like become arguments.
fn attributes(cursor: &mut Cursor, diagnostics: &mut Diagnostics) -> (Tokens, Tokens) {
    let (mut kept, mut arguments) = (Tokens::default(), Tokens::default());
    while let Some(attribute) = cursor.attribute() {
        let projects = ["project", "project_ref", "project_replace"].iter().any(|name| attribute.is(name));
        match (projects, attribute.arguments().group(Delimiter::Parenthesis)) {
            (true, None) => {
                let argument = attribute.content.rest();
                arguments.extend(quote!(#argument,));
            }
            (true, Some(list)) => {
                let list = Tokens::from(list.stream());
                if attribute.is("project") && list.squeezed() == "!Unpin" {
                    arguments.extend(quote!(!Unpin,));
                } else {
                    diagnostics.error(list.clone(), messages::lite_unknown_project(&list.squeezed()));
                }
            }
            (false, _) => kept.extend(Attribute::tokens(&attribute)),
        }
    }
    (kept, arguments)
}

/// Takes the declaration of the type: up to its braces or its semicolon.
fn item(cursor: &mut Cursor) -> Tokens {
    let ends = |token: &TokenTree| {
        is_punct(token, ';') || matches!(token, TokenTree::Group(group) if group.delimiter() == Delimiter::Brace)
    };
    let mut item: Tokens = with_commas(cursor.take_until(ends)).into_iter().collect();
    item.extend(cursor.next().map(external));
    item
}

/// The peer's braces are its own, so the lints that speak of a whole item take it for foreign and are silent.
fn external(mut end: TokenTree) -> TokenTree {
    end.set_span(Span::call_site());
    end
}

/// Adds the comma between a lifetime and a type parameter, which the grammar of pin-project-lite does not ask for.
fn with_commas(tokens: Vec<TokenTree>) -> Vec<TokenTree> {
    let mut output: Vec<TokenTree> = Vec::with_capacity(tokens.len());
    let mut depth = 0;
    for token in tokens {
        match &token {
            TokenTree::Punct(punct) if punct.as_char() == '<' => depth += 1,
            TokenTree::Punct(punct) if punct.as_char() == '>' => depth -= 1,
            TokenTree::Ident(_) if depth == 1 && ends_in_lifetime(&output) => {
                output.push(Punct::new(',', Spacing::Alone).into());
            }
            _ => {}
        }
        output.push(token);
    }
    output
}

/// A lifetime that came in as a `$lifetime:lifetime` is in an invisible group.
fn ends_in_lifetime(tokens: &[TokenTree]) -> bool {
    let before = match tokens {
        [.., before, TokenTree::Group(group)] => {
            if group.delimiter() != Delimiter::None
                || !group.stream().into_iter().next().is_some_and(|first| is_punct(&first, '\''))
            {
                return false;
            }
            before
        }
        [.., before, tick, TokenTree::Ident(_)] if is_punct(tick, '\'') => before,
        _ => return false,
    };
    !is_punct(before, '&')
}
