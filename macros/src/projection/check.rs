//! Rules that need two facts. Each repairs what it rejects, so that the rest can still be projected.

use super::Door;
use super::model::{Field, Generics, Item, Member, Request, Requests};
use super::opaque::{Braces, opaque_token};
use super::pointers;
use crate::diagnostics::Diagnostics;
use crate::messages;
use crate::tokens::is_word;
use proc_macro2::{Span, TokenTree};

pub(crate) fn item(item: &mut Item, diagnostics: &mut Diagnostics) {
    packed(item, diagnostics);
    macros_in_generics(item, diagnostics);
    names(item, diagnostics);
    unpin(item, diagnostics);
    replace(item, diagnostics);
    if item.door == Door::Derive && !diagnostics.has_errors() && !pointers::allows_warnings(&item.allowed) {
        missing_pin(item, diagnostics);
        phantom_without_pin(item, diagnostics);
        needless_pin(item, diagnostics);
    }
}

/// Promise 3: the type is not packed. A `repr` that a later macro adds is caught by the compiler: projecting borrows
/// every field.
fn packed(item: &mut Item, diagnostics: &mut Diagnostics) {
    if let Some(packed) = item.packed.take() {
        diagnostics.error(packed, messages::packed(&item.name.to_string()));
        item.can_be_projected = false;
    }
}

/// Generics and predicates are repeated in every item, some of them in the scope of a lifetime or a name of ours. What a macro
/// there expands to cannot be seen.
fn macros_in_generics(item: &mut Item, diagnostics: &mut Diagnostics) {
    let Generics { parameters, predicates } = &item.generics;
    let declared = parameters.iter().flat_map(|parameter| [&parameter.declaration, &parameter.default]);
    for tokens in declared.chain([predicates]) {
        if let Some(opaque) = opaque_token(tokens, Braces::Open) {
            diagnostics.error(opaque, messages::macro_in_generics());
            item.can_be_projected = false;
        }
    }
}

/// The projections need names of their own.
fn names(item: &mut Item, diagnostics: &mut Diagnostics) {
    let Requests { project, project_ref, project_replace, .. } = &mut item.requests;
    if [&project, &project_ref, &project_replace].iter().all(|request| request.is_none()) {
        return;
    }
    let mut used = vec![(item.name.to_string(), "")];
    for (request, argument) in
        [(project, "project"), (project_ref, "project_ref"), (project_replace, "project_replace")]
    {
        let Some(Request { name: slot, .. }) = request else { continue };
        let Some(name) = slot else { continue };
        let text = name.to_string();
        match used.iter().find(|(other, _)| *other == text) {
            Some((_, "")) => diagnostics.error(&*name, messages::name_of_the_type(&text)),
            Some((_, first)) => diagnostics.error(&*name, messages::name_used_twice(&text, first)),
            None => {
                used.push((text, argument));
                continue;
            }
        }
        *slot = None;
    }
}

fn unpin(item: &mut Item, diagnostics: &mut Diagnostics) {
    if let (Some(place), Some(_)) = (item.requests.unsafe_unpin, item.requests.not_unpin) {
        diagnostics.error(at(place), messages::unpin_twice());
        item.requests.unsafe_unpin = None;
    }
}

fn replace(item: &mut Item, diagnostics: &mut Diagnostics) {
    let Some(replace) = &item.requests.project_replace else { return };
    let (place, named) = (replace.place, replace.name.is_some());
    if let Some(pinned_drop) = item.requests.pinned_drop {
        diagnostics.error(at(pinned_drop), messages::replace_with_pinned_drop());
    } else if item.door == Door::HandedOver && item.is_enum() && !named {
        // The derive has a default name for it; the peers do not, and a name of ours may collide with the user's.
        diagnostics.error(at(place), messages::replace_of_enum_without_name());
    } else {
        return;
    }
    item.requests.project_replace = None;
}

/// A type without any pinned field is almost always one on which `#[pin]` was forgotten.
fn missing_pin(item: &Item, diagnostics: &mut Diagnostics) {
    let requests = &item.requests;
    let on_purpose = [requests.unpinned, requests.not_unpin, requests.unsafe_unpin, requests.pinned_drop];
    if item.pinned_fields().next().is_some() || item.fields().next().is_none() || on_purpose.iter().any(Option::is_some)
    {
        return;
    }
    let message = messages::missing_pin(&item.name.to_string());
    diagnostics.warning(item.name.span(), "NO_FIELD_IS_PINNED", message);
}

/// `PhantomPinned` says "do not move me", which nobody hears from an unpinned field.
fn phantom_without_pin(item: &Item, diagnostics: &mut Diagnostics) {
    for field in item.fields().filter(|field| field.pin.is_none() && !field.seen.is_plain) {
        if let Some(TokenTree::Ident(last)) = field.ty.iter().last()
            && is_word(last, "PhantomPinned")
        {
            let message = messages::phantom_without_pin(&name_of(field));
            diagnostics.warning(last.span(), "PHANTOM_PINNED_WITHOUT_PIN", message);
        }
    }
}

/// What a pointer points to does not move with it, so pinning the pointer gains nothing.
fn needless_pin(item: &Item, diagnostics: &mut Diagnostics) {
    let is_only_one = item.pinned_fields().count() == 1;
    for field in item.pinned_fields() {
        if let (Some(place), Some(pointer)) = (field.pin, pointers::pointer(field, &item.generics)) {
            let message = messages::needless_pin(&name_of(field), &pointer, is_only_one);
            diagnostics.warning(place, "NEEDLESS_PIN", message);
        }
    }
}

fn name_of(field: &Field) -> String {
    match &field.member {
        Member::Named(name) => name.to_string(),
        Member::Index(index) => index.to_string(),
    }
}

/// A token at a place, for a diagnostic that has only the place.
fn at(place: Span) -> TokenTree {
    TokenTree::Ident(proc_macro2::Ident::new("_here", place))
}
