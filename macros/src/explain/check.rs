//! What the arguments do not allow, and rules that need two facts. What is rejected is taken out of the requests, so that the rest
//! can still be done.

use super::messages;
use super::model::{Function, Item, Requests};
use crate::diagnostics::Diagnostics;
use crate::quote::Tokens;
use pinsight_lowering::Prediction;
use pinsight_machine::Certainty;
use proc_macro2::{Ident, Span, TokenTree};
use std::collections::BTreeSet;

pub(super) fn item(item: &Item, requests: &mut Requests, diagnostics: &mut Diagnostics) {
    if matches!(item, Item::Other(_)) {
        return;
    }
    name(item, requests, diagnostics);
    nothing_left(requests, diagnostics);
    value_of_trait_method(item, requests, diagnostics);
    instance(item, requests, diagnostics);
    for function in item.functions() {
        max_suspends(function, requests, diagnostics);
        if requests.deny_self_reference.is_some() {
            self_reference(function, &function.prediction, &mut BTreeSet::new(), diagnostics);
        }
    }
}

/// One name is for one machine, and for one that is there.
fn name(item: &Item, requests: &mut Requests, diagnostics: &mut Diagnostics) {
    let Some(name) = &requests.name else { return };
    if requests.value == Some(false) {
        diagnostics.error(name, messages::name_without_value(&name.to_string()));
        requests.value = None;
    }
    if !matches!(item, Item::Function(_)) {
        diagnostics.error(name, messages::name_for_several());
        requests.name = None;
    }
}

fn nothing_left(requests: &Requests, diagnostics: &mut Diagnostics) {
    let asked = [requests.warn.is_some(), requests.expand.is_some(), requests.max_size.is_some()];
    let limits = [requests.max_suspends.is_some(), requests.deny_self_reference.is_some()];
    if !requests.docs && requests.value == Some(false) && !asked.iter().chain(&limits).any(|asked| *asked) {
        diagnostics.error(Tokens::default(), messages::nothing_left());
    }
}

/// An `impl` of a trait takes no further constants; they go into one of the type's own, if it can have one.
fn value_of_trait_method(item: &Item, requests: &mut Requests, diagnostics: &mut Diagnostics) {
    if let (Item::Impl(item), Some(true)) = (item, requests.value)
        && item.of_trait.is_some()
        && !super::expand::can_have_constants(item)
    {
        let mut self_type = proc_macro2::TokenStream::new();
        ::quote::ToTokens::to_tokens(&item.self_type, &mut self_type);
        let message = messages::value_of_trait_method(&Tokens::from(self_type.clone()).squeezed());
        diagnostics.error(self_type, message);
        requests.value = None;
    }
}

/// The size of a generic function is that of an instance, which has to be named.
fn instance(item: &Item, requests: &mut Requests, diagnostics: &mut Diagnostics) {
    let Some(max_size) = &requests.max_size else { return };
    let mut parameters = Vec::new();
    parameters_in(item, &[], &mut parameters);
    let known: BTreeSet<String> = parameters.iter().flat_map(|(_, names)| names.iter().cloned()).collect();
    let is_known = |parameter: &Ident| known.iter().any(|known| parameter == known);
    let mut is_wrong = false;
    for (parameter, _) in max_size.instance.iter().filter(|(parameter, _)| !is_known(parameter)) {
        let known: Vec<String> = known.iter().cloned().collect();
        diagnostics.error(parameter, messages::not_a_parameter(&parameter.to_string(), &known));
        is_wrong = true;
    }
    for (function, mut missing) in parameters {
        missing.retain(|name| !max_size.instance.iter().any(|(parameter, _)| parameter == name));
        // A name that was mistyped is both.
        if !missing.is_empty() && !is_wrong {
            let message = messages::generic_without_instance(&function.plain_name(), &missing);
            diagnostics.error(at(max_size.place), message);
            is_wrong = true;
        }
    }
    if is_wrong {
        requests.max_size = None;
    }
}

/// Each function with its parameters and those of the impl that it is in.
fn parameters_in<'a>(item: &'a Item, of_impl: &[String], found: &mut Vec<(&'a Function, Vec<String>)>) {
    match item {
        Item::Function(function) => {
            let own = function.parameters().iter().map(Ident::to_string).collect::<Vec<_>>();
            found.push((function, of_impl.iter().cloned().chain(own).collect()));
        }
        Item::Impl(item) => {
            let of_impl = super::expand::type_and_const_parameters(&item.generics);
            item.body.items.iter().for_each(|item| parameters_in(item, &of_impl, found));
        }
        Item::Module(module) => module.body.items.iter().for_each(|item| parameters_in(item, &[], found)),
        Item::Other(_) => {}
    }
}

fn max_suspends(function: &Function, requests: &Requests, diagnostics: &mut Diagnostics) {
    let Some((_, allowed)) = &requests.max_suspends else { return };
    let actual = function.prediction.machine.suspend_states().count();
    if actual as u64 > *allowed {
        let message = messages::too_many_suspends(&function.plain_name(), actual, *allowed);
        diagnostics.error(function.name(), message);
    }
}

/// Each value that certainly points at another one, where that is kept for the first time.
fn self_reference(
    function: &Function,
    prediction: &Prediction,
    told: &mut BTreeSet<(String, String)>,
    diagnostics: &mut Diagnostics,
) {
    let machine = &prediction.machine;
    for (state, place) in machine.suspend_states().zip(&prediction.awaits) {
        for kept in machine.stored_values(state) {
            let certain = kept.points_at.iter().filter(|(certainty, _)| *certainty == Certainty::Certain);
            for (_, points_at) in certain {
                if told.insert((kept.name.clone(), points_at.clone())) {
                    let message = messages::self_reference(&function.plain_name(), &kept.name, points_at);
                    diagnostics.error(at(*place), message);
                }
            }
        }
    }
    for child in &prediction.children {
        self_reference(function, child, told, diagnostics);
    }
}

/// A token at a place, for a diagnostic that has only the place.
fn at(place: Span) -> TokenTree {
    TokenTree::Ident(Ident::new("_here", place))
}
