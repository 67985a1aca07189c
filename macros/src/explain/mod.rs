//! `#[explain]`: what an async function is going to be lowered to, told where people look.
//!
//! *parse* (tokens to [`model::Item`], and the arguments), *predict* (what `pinsight-lowering` says of each function), *check*
//! (what the arguments do not allow), *expand* (the item as it came, and what goes beside it). Nothing of the user's is printed
//! again: syn only looks, and what comes out are the tokens that came in.

mod arguments;
mod check;
mod expand;
mod messages;
mod model;
mod parse;
mod split;

use crate::diagnostics::Diagnostics;
use model::Item;
use proc_macro2::TokenStream;

/// Expands the attribute. Whatever is wrong, the item comes out, so that an editor goes on completing what is in it.
pub(crate) fn explain(arguments: TokenStream, item: TokenStream) -> TokenStream {
    let mut diagnostics = Diagnostics::default();
    let mut requests = arguments::read(arguments, &mut diagnostics);
    let item = parse::item(item, requests.edition, &mut diagnostics);
    check::item(&item, &mut requests, &mut diagnostics);
    let mut output: crate::quote::Tokens = match &item {
        Item::Other(tokens) => tokens.clone(),
        item => expand::item(item, &requests),
    };
    output.extend(diagnostics.into_tokens());
    output.into()
}
