//! Model to tokens: the item as it came, with docs among its attributes, and what goes beside it.

mod docs;
mod size;
mod states;
mod types;
mod value;
mod warnings;

use super::model::{Body, Function, Impl, Item, Module, Place, Requests};
use crate::quote::{Tokens, quote};
use proc_macro2::{Ident, Literal, Span, TokenStream, TokenTree};

pub(super) fn item(item: &Item, requests: &Requests) -> Tokens {
    let (mut tokens, mut beside) = (Tokens::default(), Tokens::default());
    Expander { requests }.item(item, None, &mut tokens, &mut Siblings { inside: None, beside: &mut beside });
    tokens.extend(beside);
    tokens
}

struct Expander<'a> {
    requests: &'a Requests,
}

/// What is generated for a function goes beside it, and what cannot stand in an `impl`, beside that.
struct Siblings<'a> {
    inside: Option<&'a mut Tokens>,
    beside: &'a mut Tokens,
}

impl Expander<'_> {
    fn item(&self, item: &Item, of: Option<&Impl>, tokens: &mut Tokens, siblings: &mut Siblings<'_>) {
        match item {
            Item::Function(function) => self.function(function, of, tokens, siblings),
            Item::Impl(item) => self.implementation(item, tokens, siblings.beside),
            Item::Module(module) => self.module(module, tokens),
            Item::Other(other) => tokens.extend(other.clone()),
        }
    }

    fn module(&self, Module { attributes, header, body }: &Module, tokens: &mut Tokens) {
        let (mut inner, mut beside) = (Tokens::default(), Tokens::default());
        for item in &body.items {
            self.item(item, None, &mut inner, &mut Siblings { inside: None, beside: &mut beside });
        }
        inner.extend(beside);
        put_together(attributes, header, body, inner, tokens);
    }

    fn implementation(&self, item: &Impl, tokens: &mut Tokens, beside: &mut Tokens) {
        let (mut inner, mut constants) = (Tokens::default(), Tokens::default());
        for member in &item.body.items {
            let siblings = &mut Siblings { inside: Some(&mut constants), beside };
            self.item(member, Some(item), &mut inner, siblings);
        }
        if item.of_trait.is_none() {
            inner.extend(std::mem::take(&mut constants));
        }
        put_together(&item.attributes, &item.header, &item.body, inner, tokens);
        if !constants.is_empty() {
            let (cfgs, header) = (&item.cfgs, inherent_header(item));
            tokens.extend(quote!(#cfgs #header { #constants }));
        }
    }

    fn function(&self, function: &Function, of: Option<&Impl>, tokens: &mut Tokens, siblings: &mut Siblings<'_>) {
        let requests = self.requests;
        tokens.extend(function.attributes.clone());
        if requests.docs {
            tokens.extend(docs::of(function));
        }
        tokens.extend(function.rest.clone());

        let constants = siblings.inside.as_deref_mut().unwrap_or(siblings.beside);
        match (function.place, of) {
            (Place::Impl, Some(item)) if item.of_trait.is_some() && !can_have_constants(item) => {}
            // Only a method with a visibility is not one of a trait for certain.
            (Place::SomeImpl, _)
                if function.visibility.is_empty() && requests.name.is_none() && requests.value != Some(true) => {}
            _ if requests.value != Some(false) => constants.extend(value::of(function, requests)),
            _ => {}
        }
        let warnings = requests.warn.map(|_| warnings::of(&function.prediction)).unwrap_or_default();
        let states = requests.expand.map(|_| states::of(function)).unwrap_or_default();
        let limit = requests.max_size.as_ref().map(|max_size| size::of(function, of, max_size, requests));
        let cfgs = of.map(|item| item.cfgs.clone()).into_iter().chain([function.cfgs.clone()]).flatten().collect();
        let beside = &mut siblings.beside;
        match function.place {
            Place::SomeImpl => beside.extend(in_impl(function, &cfgs, quote!(#warnings #states), limit)),
            place => {
                beside.extend(in_module(&cfgs, warnings, false));
                // Methods of two types may have the same name.
                beside.extend(in_module(&cfgs, states, place == Place::Impl));
                beside.extend(in_module(&cfgs, limit.unwrap_or_default(), true));
            }
        }
    }
}

fn put_together(attributes: &Tokens, header: &Tokens, body: &Body, inner: Tokens, tokens: &mut Tokens) {
    tokens.extend(attributes.clone());
    tokens.extend(header.clone());
    tokens.extend([TokenTree::Group(body.around(inner))]);
}

/// In a block that is nobody's, if it has to be one or is only there under a condition.
fn in_module(cfgs: &Tokens, items: Tokens, in_block: bool) -> Tokens {
    if items.is_empty() || (cfgs.is_empty() && !in_block) { items } else { quote!(#cfgs const _: () = { #items };) }
}

/// In an `impl` only a constant with a name can stand. Where that is not allowed, the name says what to do.
fn in_impl(function: &Function, cfgs: &Tokens, checks: Tokens, limit: Option<Tokens>) -> Tokens {
    let mut tokens = Tokens::default();
    let mut constant = |what: &str, ty: Tokens, value: Tokens| {
        let plain = function.plain_name();
        let name = match function.visibility.is_empty() {
            true => format!("__EXPLAIN_GOES_ON_THE_WHOLE_IMPL_OF_A_TRAIT_{what}_{plain}"),
            false => format!("__{what}_{plain}"),
        };
        let name = Ident::new(&name, Span::call_site());
        tokens.extend(quote! {
            #cfgs #[doc(hidden)] #[allow(dead_code, non_upper_case_globals)] const #name: #ty = #value;
        });
    };
    if !checks.is_empty() {
        constant("states", quote!(()), quote!({ #checks }));
    }
    if let Some(limit) = limit {
        // The constant of an `impl` is only evaluated if it is used, the length of an array in its type always.
        let zero = Literal::usize_unsuffixed(0);
        constant("max_size", quote!([(); { #limit #zero }]), quote!([]));
    }
    tokens
}

/// Whether the methods of this implementation of a trait can have constants in one of the type's own: it has to have a name, here
/// or in this crate, and all parameters.
pub(super) fn can_have_constants(item: &Impl) -> bool {
    let syn::Type::Path(path) = &item.self_type else { return false };
    let segments = &path.path.segments;
    let is_ours =
        segments.first().is_some_and(|first| segments.len() == 1 || first.ident == "crate" || first.ident == "self");
    let self_type: Tokens = tokens_of(&item.self_type);
    let mentioned = |parameter: &String| super::parse::mentions(&self_type, parameter);
    let all = item.generics.params.iter().map(|parameter| match parameter {
        syn::GenericParam::Type(parameter) => parameter.ident.to_string(),
        syn::GenericParam::Const(parameter) => parameter.ident.to_string(),
        syn::GenericParam::Lifetime(parameter) => parameter.lifetime.ident.to_string(),
    });
    let is_parameter = segments.first().is_some_and(|first| {
        type_and_const_parameters(&item.generics).iter().any(|parameter| first.ident == parameter)
    });
    path.qself.is_none() && is_ours && !is_parameter && all.collect::<Vec<_>>().iter().all(mentioned)
}

pub(super) fn type_and_const_parameters(generics: &syn::Generics) -> Vec<String> {
    let names = generics.params.iter().filter_map(|parameter| match parameter {
        syn::GenericParam::Type(parameter) => Some(parameter.ident.to_string()),
        syn::GenericParam::Const(parameter) => Some(parameter.ident.to_string()),
        syn::GenericParam::Lifetime(_) => None,
    });
    names.collect()
}

/// `impl<T> Type<T> where …` for an `impl<T> Trait for Type<T> where …`.
fn inherent_header(item: &Impl) -> Tokens {
    let (parameters, _, predicates) = item.generics.split_for_impl();
    let (parameters, predicates) = (tokens_of(&parameters), tokens_of(&predicates));
    let self_type = tokens_of(&item.self_type);
    quote!(impl #parameters #self_type #predicates)
}

fn tokens_of(syntax: &impl ::quote::ToTokens) -> Tokens {
    let mut tokens = TokenStream::new();
    syntax.to_tokens(&mut tokens);
    tokens.into()
}
