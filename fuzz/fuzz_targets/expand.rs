//! Arbitrary text through every entry point: no panic, no silence, and what comes out of a whole item parses.

#![no_main]
#![allow(dead_code, unused_imports)]
#![recursion_limit = "512"]

// A proc-macro crate exports only macros, so the engine is included as it stands.
#[path = "../../macros/src/diagnostics.rs"]
mod diagnostics;
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
use projection::{Door, Facade};

fuzz_target!(|text: &str| {
    let Ok(item) = text.parse::<TokenStream>() else { return };
    let none = TokenStream::new;
    let derived = projection::derive(item.clone(), Door::Derive);
    assert!(!derived.is_empty(), "silence");
    // Whoever gives a derive something that is not an item gets tokens, and the compiler has complained already.
    if syn::parse2::<syn::DeriveInput>(item.clone()).is_ok() {
        syn::parse2::<syn::File>(derived).expect("the derive's output parses");
    }
    for output in [
        projection::derive(item.clone(), Door::HandedOver),
        projection::hand_over(none(), item.clone(), Facade::Pinsight),
        projection::hand_over(item.clone(), none(), Facade::Pinsight),
        projection::pinned_drop(none(), item.clone(), Facade::PinProject),
        projection::lite(item.clone()),
    ] {
        assert!(!output.is_empty(), "silence");
    }
});
