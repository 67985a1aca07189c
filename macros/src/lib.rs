//! The procedural macros of [pinsight](https://docs.rs/pinsight).
//!
//! Everything below the entry points is `proc_macro2` in, `proc_macro2` out, so that it can be tested in-process. Where
//! neither the tests nor syn need that crate, the name stands for the compiler's own `proc_macro`, which has the same types:
//! what only derives projections compiles nothing but this crate.

#![recursion_limit = "512"]
// The macros are documented where they are re-exported: rustdoc would append what is written here.
#![allow(missing_docs)]
// From `proc_macro` to `proc_macro`, where that is what `proc_macro2` is.
#![cfg_attr(not(any(test, feature = "explain")), allow(clippy::useless_conversion))]

#[cfg(not(any(test, feature = "explain")))]
extern crate proc_macro as proc_macro2;

mod diagnostics;
#[cfg(any(test, feature = "explain"))]
mod explain;
mod messages;
mod projection;
mod quote;
mod tokens;

#[cfg(test)]
mod tests;

use proc_macro::TokenStream;
use projection::{Door, Facade};

#[proc_macro_derive(PinProject, attributes(pin))]
pub fn derive_pin_project(item: TokenStream) -> TokenStream {
    projection::derive(item.into(), Door::Derive).into()
}

#[proc_macro_attribute]
pub fn pin_project(arguments: TokenStream, item: TokenStream) -> TokenStream {
    projection::hand_over(arguments.into(), item.into(), Facade::Pinsight).into()
}

#[proc_macro_attribute]
pub fn pinned_drop(arguments: TokenStream, item: TokenStream) -> TokenStream {
    projection::pinned_drop(arguments.into(), item.into(), Facade::Pinsight).into()
}

#[cfg(feature = "explain")]
#[proc_macro_attribute]
pub fn explain(arguments: TokenStream, item: TokenStream) -> TokenStream {
    explain::explain(arguments.into(), item.into()).into()
}

/// What `#[pin_project]` and `lite::pin_project!` hand over to, after `cfg` and every other attribute have been
/// applied. Not API.
#[doc(hidden)]
#[proc_macro_derive(__PinProjectHandedOver, attributes(pin))]
pub fn derive_handed_over(item: TokenStream) -> TokenStream {
    projection::derive(item.into(), Door::HandedOver).into()
}

/// `lite::pin_project!` with the path of the facade before the item. Not API.
#[doc(hidden)]
#[proc_macro]
pub fn __pin_project_lite(item: TokenStream) -> TokenStream {
    projection::lite(item.into()).into()
}

/// [`macro@pin_project`] for a crate that knows us as `pin_project`: see `compat/`. Not API.
#[doc(hidden)]
#[proc_macro_attribute]
pub fn __compat_pin_project(arguments: TokenStream, item: TokenStream) -> TokenStream {
    projection::hand_over(arguments.into(), item.into(), Facade::PinProject).into()
}

/// [`macro@pinned_drop`] for a crate that knows us as `pin_project`: see `compat/`. Not API.
#[doc(hidden)]
#[proc_macro_attribute]
pub fn __compat_pinned_drop(arguments: TokenStream, item: TokenStream) -> TokenStream {
    projection::pinned_drop(arguments.into(), item.into(), Facade::PinProject).into()
}
