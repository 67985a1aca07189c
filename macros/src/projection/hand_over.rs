//! `#[pin_project]`: hands its item over to a derive, token by token.
//!
//! An attribute runs before the attributes below it, so it would see fields that `cfg` is about to remove, and miss
//! what another macro is about to add. A derive, added below all other attributes, sees what is left of them.
//!
//! What the user wrote as arguments is read here, by the same reader as that of the derive's, and only what was understood goes on,
//! in a group of its own: `#[pin(__private(path)(arguments))]`. The first group is ours. Whoever writes such an attribute by
//! hand gains nothing by it: the one thing that it says is a path, and `expand::proof` trusts no path.

use super::Door;
use super::model::Requests;
use super::parse;
use crate::diagnostics::Diagnostics;
use crate::messages;
use crate::quote::{Tokens, quote};
use crate::tokens::Cursor;
use proc_macro2::{Span, TokenStream};

/// By which name the user's crate knows us.
#[derive(Clone, Copy)]
pub(crate) enum Facade {
    Pinsight,
    PinProject,
}

impl Facade {
    /// The path to the crate. Its `::` is of our edition, so that it begins with the name of a crate also in edition 2015.
    pub(super) fn path(self) -> Tokens {
        let mut path = Tokens::default();
        path.token("::", Span::mixed_site());
        path.word(
            match self {
                Facade::Pinsight => "pinsight",
                Facade::PinProject => "pin_project",
            },
            Span::call_site(),
        );
        path
    }
}

pub(crate) fn hand_over(arguments: TokenStream, item: TokenStream, facade: Facade) -> TokenStream {
    let mut diagnostics = Diagnostics::default();
    let mut cursor = Cursor::new(item.clone());
    let mut attributes = Tokens::default();
    while let Some(attribute) = cursor.attribute() {
        let whole: Tokens = attribute.tokens().into_iter().collect();
        if attribute.is("pin_project") {
            diagnostics.error(whole, messages::duplicate_attribute("pin_project"));
        } else if attribute.is("pin") {
            diagnostics.error(whole, messages::pin_beside_pin_project());
        } else {
            attributes.extend(whole);
        }
    }
    let body = cursor.clone().rest();
    cursor.visibility();
    if !cursor.peek_keyword("struct") && !cursor.peek_keyword("enum") {
        let message =
            if cursor.peek_keyword("union") { messages::on_union() } else { messages::not_a_struct_or_enum() };
        diagnostics.error(cursor.ident(), message);
        let errors = diagnostics.into_tokens();
        return quote!(#item #errors).into();
    }
    let requests = parse::arguments(arguments, Door::HandedOver, &mut diagnostics);
    let derive = derive(&facade.path(), &requests);
    let errors = diagnostics.into_tokens();
    quote!(#attributes #derive #body #errors).into()
}

/// The derive that an item is handed over to, with what it is told.
pub(super) fn derive(facade: &Tokens, requests: &Requests) -> Tokens {
    quote! {
        #[derive(#facade::__private::__PinProjectHandedOver)]
        #[pin(__private(#facade)(#requests))]
    }
}
