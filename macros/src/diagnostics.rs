//! The one sink for everything that a macro has to tell its user.

use crate::quote::{ToTokens, Tokens, quote, quote_spanned};
use proc_macro2::{Delimiter, Ident, Span};

/// Collects the mistakes of one item, so that all of them are told in one go. It ends in [`into_tokens`].
///
/// [`into_tokens`]: Diagnostics::into_tokens
#[must_use]
#[derive(Default)]
pub(crate) struct Diagnostics {
    tokens: Tokens,
    has_errors: bool,
}

impl Diagnostics {
    /// An error that underlines `place`.
    pub(crate) fn error(&mut self, place: impl ToTokens, message: String) {
        let mut underlined = Tokens::default();
        place.to_tokens(&mut underlined);
        let (start, end) = ends_of(&underlined);
        self.has_errors = true;
        // rustc joins the spans of the first and the last token of a macro call for the underline.
        self.tokens.extend(quote_spanned!(start=> ::core::compile_error!));
        self.tokens.group(Delimiter::Brace, quote!(#message), end);
    }

    /// A warning that underlines `place`: stable Rust has no other way for a macro than the use of something
    /// deprecated. `name` is shown by the compiler and has to tell the story in itself, in capitals.
    ///
    /// It sets the level of no lint. So `deprecated` has the level that it has where the item is, and nothing here can clash with a
    /// `forbid` of the user's, which an `allow` inside of it would, even of another lint.
    pub(crate) fn warning(&mut self, place: Span, name: &str, message: String) {
        let name = Ident::new(name, place);
        self.tokens.extend(quote_spanned! {place=>
            const _: () = {
                #[deprecated(note = #message)]
                const #name: () = ();
                const _: () = #name;
            };
        });
    }

    pub(crate) fn has_errors(&self) -> bool {
        self.has_errors
    }

    pub(crate) fn into_tokens(self) -> Tokens {
        self.tokens
    }
}

/// The spans of the first and the last token; the whole macro call where there are no tokens.
fn ends_of(tokens: &Tokens) -> (Span, Span) {
    let mut spans = tokens.iter().map(|token| token.span());
    let start = spans.next().unwrap_or_else(Span::call_site);
    (start, spans.next_back().unwrap_or(start))
}
