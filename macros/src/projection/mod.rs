//! Pin projections: three front doors, one engine.
//!
//! `#[derive(PinProject)]` is the engine itself: *parse* (tokens to [`model::Item`]), *check* (rules that need two
//! facts), *expand* (model to tokens). `#[pin_project]` and `lite::pin_project!` only hand their item over to a derive,
//! so that `cfg` and all other attributes are applied before the engine reads a field.

mod check;
mod expand;
mod fresh;
mod hand_over;
mod lite;
mod model;
mod opaque;
mod parse;
mod pinned_drop;
mod pointers;
mod seen;
mod self_type;

use crate::diagnostics::Diagnostics;
use crate::quote::Tokens;
use proc_macro2::TokenStream;

pub(crate) use hand_over::{Facade, hand_over};
pub(crate) use lite::lite;
pub(crate) use parse::KNOWN_ARGUMENTS;
pub(crate) use pinned_drop::pinned_drop;

/// Through which door an item came. The drop-in doors promise what their peers do; the derive may do better.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Door {
    /// `#[derive(PinProject)]`, with `#[pin(…)]` written by the user.
    Derive,
    /// `#[pin_project]` or `lite::pin_project!`, with everything in one generated `#[pin(__private(…))]`.
    HandedOver,
}

/// Expands a derive. Mistakes are reported all at once, beside whatever can be generated in spite of them: so one
/// mistake stays one error, and an editor goes on completing the projection.
pub(crate) fn derive(item: TokenStream, door: Door) -> TokenStream {
    let mut diagnostics = Diagnostics::default();
    let mut output = Tokens::default();
    if let Some((mut item, fresh)) = parse::item(item, door, &mut diagnostics) {
        if door == Door::Derive && diagnostics.has_errors() {
            // What was asked for may be what is wrong: the call of a method that is not there would be a further error.
            let place = item.name.span();
            item.requests.project_ref.get_or_insert(model::Request { place, visibility: None, name: None });
        }
        check::item(&mut item, &mut diagnostics);
        output = if item.can_be_projected { expand::item(&item, &fresh) } else { expand::refused(&item, &fresh) };
    }
    output.extend(diagnostics.into_tokens());
    output.into()
}
