//! Arbitrary text through `#[explain]`: no panic, nothing gets lost, and what comes out of a whole item parses.

#![no_main]
#![allow(dead_code, unused_imports)]
#![recursion_limit = "512"]

// A proc-macro crate exports only macros, so the engine is included as it stands.
#[path = "../../macros/src/diagnostics.rs"]
mod diagnostics;
#[path = "../../macros/src/explain/mod.rs"]
mod explain;
#[path = "../../macros/src/messages.rs"]
mod messages;
#[path = "../../macros/src/projection/mod.rs"]
mod projection;
#[path = "../../macros/src/quote.rs"]
mod quote;
#[path = "../../macros/src/tokens.rs"]
mod tokens;

use libfuzzer_sys::fuzz_target;
use proc_macro2::TokenStream;

/// Everything that can be asked for.
const ALL: &str = "warn, expand, max_size(1, T = u8), max_suspends = 1, deny(self_reference), edition = 2021";

fuzz_target!(|text: &str| {
    let Ok(item) = text.parse::<TokenStream>() else { return };
    let everything: TokenStream = ALL.parse().expect("it is written above");
    let explained = explain::explain(everything, item.clone());
    assert!(!explained.is_empty() || item.is_empty(), "silence");
    if syn::parse2::<syn::ItemFn>(item.clone()).is_ok() {
        syn::parse2::<syn::File>(explained).expect("the output parses");
    }
    // Without docs nothing is put into the item, so that it must begin the output.
    let plain = explain::explain("docs = false".parse().expect("it is written here"), item.clone());
    if syn::parse2::<syn::ItemFn>(item.clone()).is_ok() {
        assert!(plain.to_string().starts_with(&item.to_string()), "{item} is not in {plain}");
    }
    explain::explain(item, "async fn f<T>(x: T) { x.await }".parse().expect("it is written here"));
});
