//! `lite::pin_project! { … }`: the form of pin-project-lite, handed over to the same derive as `#[pin_project]`.
//!
//! It begins with `[path]`, which our `macro_rules!` wrapper fills with `$crate`: so it works wherever the macro is
//! called from, under whatever name the crate is known there.

use super::fresh::FreshNames;
use super::pinned_drop;
use crate::diagnostics::Diagnostics;
use crate::messages;
use crate::tokens::{Attribute, Cursor, is_punct};
use proc_macro2::{Delimiter, TokenStream, TokenTree};
use quote::quote;

pub(crate) fn lite(input: TokenStream) -> TokenStream {
    let mut diagnostics = Diagnostics::default();
    let mut cursor = Cursor::new(input);
    let path = cursor.group(Delimiter::Bracket).map(|path| path.stream()).unwrap_or_default();
    let (attributes, mut arguments) = attributes(&mut cursor, &mut diagnostics);
    let item = item(&mut cursor);
    let drop = cursor.rest();
    let mut output = TokenStream::new();
    if !drop.is_empty() {
        let fresh = FreshNames::among(&drop);
        if let Some(implementation) = pinned_drop::implementation(drop, &mut diagnostics) {
            if implementation.argument_is_self() {
                diagnostics.error(implementation.argument_place(), messages::pinned_drop_lite_argument());
            }
            output.extend(implementation.expand(&fresh, &quote!(#path::__private)));
            arguments.extend(quote!(PinnedDrop,));
        }
    }
    let errors = diagnostics.into_tokens();
    quote! {
        #attributes
        #[derive(#path::__private::__PinProjectHandedOver)]
        #[pin(__private(__crate #path, #arguments))]
        #item
        #output
        #errors
    }
}

/// Sorts out the attributes of the type: `#[project = Name]` and the like become arguments.
fn attributes(cursor: &mut Cursor, diagnostics: &mut Diagnostics) -> (TokenStream, TokenStream) {
    let (mut kept, mut arguments) = (TokenStream::new(), TokenStream::new());
    while let Some(attribute) = cursor.attribute() {
        let projects = ["project", "project_ref", "project_replace"].iter().any(|name| attribute.is(name));
        match (projects, attribute.arguments().group(Delimiter::Parenthesis)) {
            (true, None) => {
                let argument = attribute.content.rest();
                arguments.extend(quote!(#argument,));
            }
            (true, Some(list)) => {
                let list = list.stream();
                if attribute.is("project") && list.to_string().replace(' ', "") == "!Unpin" {
                    arguments.extend(quote!(!Unpin,));
                } else {
                    diagnostics.error(list.clone(), messages::lite_unknown_project(&list.to_string()));
                }
            }
            (false, _) => kept.extend(Attribute::tokens(&attribute)),
        }
    }
    (kept, arguments)
}

/// Takes the declaration of the type: up to its braces or its semicolon.
fn item(cursor: &mut Cursor) -> TokenStream {
    let ends = |token: &TokenTree| {
        is_punct(token, ';') || matches!(token, TokenTree::Group(group) if group.delimiter() == Delimiter::Brace)
    };
    let mut item: TokenStream = cursor.take_until(ends).into_iter().collect();
    item.extend(cursor.next());
    item
}
