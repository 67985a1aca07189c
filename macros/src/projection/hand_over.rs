//! `#[pin_project]`: hands its item over to a derive, token by token.
//!
//! An attribute runs before the attributes below it, so it would see fields that `cfg` is about to remove, and miss
//! what another macro is about to add. A derive, added below all other attributes, sees what is left of them.

use crate::diagnostics::Diagnostics;
use crate::messages;
use crate::quote::{Tokens, quote};
use crate::tokens::Cursor;
use proc_macro2::TokenStream;

/// By which name the user's crate knows us.
#[derive(Clone, Copy)]
pub(crate) enum Facade {
    Pinsight,
    PinProject,
}

impl Facade {
    /// The path to the support items where nothing of ours is in scope yet.
    pub(super) fn path(self) -> Tokens {
        match self {
            Facade::Pinsight => quote!(::pinsight::__private),
            Facade::PinProject => quote!(::pin_project::__private),
        }
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
    let path = facade.path();
    let compat = matches!(facade, Facade::PinProject).then(|| quote!(__compat,));
    let errors = diagnostics.into_tokens();
    quote! {
        #attributes
        #[derive(#path::__PinProjectHandedOver)]
        #[pin(__private(#compat #arguments))]
        #body
        #errors
    }
    .into()
}
