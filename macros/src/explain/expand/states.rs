//! The machine as an enum, for whoever reads the expansion. It is never used, so it costs nothing at run time; but it compiles,
//! whatever the types are.

use super::types::Types;
use crate::explain::model::Function;
use crate::quote::{Tokens, quote};
use pinsight_lowering::Prediction;
use pinsight_machine::views::{RustFieldNames, StoredValue, rust_type_name};
use pinsight_machine::{Role, State, StateKind};
use proc_macro2::{Ident, Span};

/// A hidden module with an enum for the function, and one for each async block in it.
pub(super) fn of(function: &Function) -> Tokens {
    let name = function.plain_name();
    let module = Ident::new(&format!("__{name}_states"), Span::call_site());
    let mut enums = Tokens::default();
    add(&function.prediction, &rust_type_name(&name), &mut enums);
    quote! {
        #[doc(hidden)]
        #[allow(dead_code, unused_imports, non_camel_case_types, unreachable_pub, clippy::large_enum_variant)]
        mod #module {
            use super::*;
            #enums
        }
    }
}

fn add(prediction: &Prediction, name: &str, enums: &mut Tokens) {
    let machine = &prediction.machine;
    let mut types = Types::beside(name);
    let mut variants = Tokens::default();
    for state in machine.states.iter() {
        let variant = Ident::new(&state.kind.to_string(), Span::call_site());
        let docs = about(state);
        let fields = fields(&machine.stored_values(state), state, &mut types);
        variants.extend(quote!(#[doc = #docs] #variant));
        if !fields.is_empty() {
            variants.extend(quote!({ #fields }));
        }
        variants.extend(quote!(,));
    }
    let docs = format!(" What the compiler makes of `{}`, as far as the source shows it.", machine.path);
    let (name_of_enum, parameters) = (Ident::new(name, Span::call_site()), types.parameters());
    enums.extend(quote!(#[doc = #docs] pub enum #name_of_enum #parameters { #variants }));
    for (number, child) in prediction.children.iter().enumerate() {
        add(child, &format!("{name}Child{number}"), enums);
    }
}

fn about(state: &State) -> String {
    let place = state.location.as_ref().map(|place| format!(" in line {}", place.line)).unwrap_or_default();
    match (state.kind, &state.awaited) {
        (StateKind::Unresumed, _) => {
            " Made, and not polled yet. What it has captured keeps its place in every state.".to_owned()
        }
        (StateKind::Returned, _) => " Finished.".to_owned(),
        (StateKind::Panicked, _) => " A poll has panicked.".to_owned(),
        (StateKind::Suspended(_), Some(awaited)) => format!(" Waits for `{awaited}`{place}."),
        (StateKind::Suspended(_), None) => format!(" Waits{place}."),
    }
}

fn fields(kept: &[StoredValue], state: &State, types: &mut Types) -> Tokens {
    let mut names = RustFieldNames::default();
    let mut fields = Tokens::default();
    for (index, slot) in state.slots.iter().enumerate() {
        let docs = match (slot.role, state.kind) {
            (Role::Awaitee, _) => " The future that is awaited.".to_owned(),
            (Role::Argument, StateKind::Unresumed) => " Captured.".to_owned(),
            // Listed once.
            (Role::Argument, _) => continue,
            _ => match kept.iter().find(|kept| kept.slot == index) {
                Some(kept) => why(kept),
                None => String::new(),
            },
        };
        let (name, ty) = (field_name(&slot.name, &mut names), types.of_slot(slot, state.kind));
        fields.extend(quote!(#[doc = #docs] #name: #ty,));
    }
    fields
}

/// ``Kept because: used in line 7. Points at `val`.``
fn why(kept: &StoredValue) -> String {
    let mut docs = String::new();
    if !kept.why.is_empty() {
        docs += &format!(" Kept because: {}.", kept.why);
    }
    for (_, points_at) in &kept.points_at {
        let mut letters = points_at.chars();
        let first = letters.next().map(|first| first.to_ascii_uppercase());
        docs += &format!(" {}{}.", first.map(String::from).unwrap_or_default(), letters.as_str());
    }
    docs
}

/// The names of temporaries are made of source text, in which there may be characters that no name has.
fn field_name(name: &str, names: &mut RustFieldNames) -> Ident {
    syn::parse_str(&names.next(name)).unwrap_or_else(|_| Ident::new(&names.next("value"), Span::call_site()))
}
