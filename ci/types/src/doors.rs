//! One type through every door.

use crate::compare::{self, Compared};
use crate::projection::{self, Door, Facade};
use crate::sources::Type;
use proc_macro2::{TokenStream, TokenTree};
use quote::{ToTokens, quote};
use syn::{Data, DeriveInput, GenericParam, Item, Meta};

pub(crate) enum Outcome {
    Same,
    /// For a reason that is documented.
    Refused(&'static str),
    Different(String),
}

pub(crate) fn all(declared: &Type) -> Vec<(&'static str, Outcome)> {
    let Ok(tokens) = declared.text.parse::<TokenStream>() else {
        return vec![("tokens", Outcome::Different("are none".into()))];
    };
    let item = &declared.item;
    let mut outcomes = vec![
        ("derive", judged(item, derived(&tokens))),
        ("attribute", judged(item, by_attribute(&tokens, item))),
        ("lite", judged(item, by_lite(&tokens, item))),
    ];
    if let Some(tokens) = without_comma(&tokens, item) {
        outcomes.push(("lite, no comma behind the lifetimes", judged(item, by_lite(&tokens, item))));
    }
    outcomes
}

/// A `pin_project! { … }` of somebody who uses pin-project-lite.
pub(crate) fn call(body: &TokenStream) -> Outcome {
    let output = projection::lite(quote!([crate] #body));
    if has_error(&output) {
        return Outcome::Different(format!("an error: {output}"));
    }
    let given = syn::parse2(output.clone()).map_err(|error| format!("handed over: {error}\n{output}"));
    let given = given.and_then(|file| item_of(file).ok_or_else(|| "nothing is handed over".into()));
    let expanded = given.map(|item| projection::derive(without_derive(item).to_token_stream(), Door::HandedOver));
    match expanded {
        Ok(expanded) if has_error(&expanded) => Outcome::Different(format!("an error: {expanded}")),
        Ok(expanded) => match syn::parse2::<syn::File>(expanded) {
            Ok(_) => Outcome::Same,
            Err(error) => Outcome::Different(format!("the expansion does not parse: {error}")),
        },
        Err(what) => Outcome::Different(what),
    }
}

/// What a door gave: the expansion, or what is wrong with what was handed over.
type Given = Result<TokenStream, String>;

fn derived(item: &TokenStream) -> Given {
    let arguments = quote!(project = PinsightMut, project_ref = PinsightRef, project_replace = PinsightOwn, unpinned);
    Ok(projection::derive(quote!(#[pin(#arguments)] #item), Door::Derive))
}

fn by_attribute(tokens: &TokenStream, item: &DeriveInput) -> Given {
    let arguments = quote!(project = PinsightMut, project_ref = PinsightRef, project_replace = PinsightOwn);
    handed_over(projection::hand_over(arguments, tokens.clone(), Facade::Pinsight), item)
}

fn by_lite(tokens: &TokenStream, item: &DeriveInput) -> Given {
    let input = quote! {
        [$crate]
        #[project = PinsightMut]
        #[project_ref = PinsightRef]
        #[project_replace = PinsightOwn]
        #tokens
    };
    // `$crate` is one token to the compiler.
    let output = projection::lite(input).to_string().replace("$ crate", "crate");
    handed_over(output.parse().map_err(|error| format!("no tokens: {error}"))?, item)
}

/// Does what the compiler does with what is handed over: it gives the item to the derive that stands on it.
fn handed_over(output: TokenStream, written: &DeriveInput) -> Given {
    if has_error(&output) {
        return Ok(output);
    }
    let file: syn::File = syn::parse2(output.clone()).map_err(|error| format!("handed over: {error}\n{output}"))?;
    let Some(item) = item_of(file) else { return Err("nothing is handed over".into()) };
    let before = item.attrs.len();
    let item = without_derive(item);
    if item.attrs.len() + 1 != before {
        return Err("the derive is not there".into());
    }
    // All the user's attributes come first or last, and nothing but attributes is added.
    let (mut plain, mut expected) = (item.clone(), written.clone());
    plain.attrs.clear();
    expected.attrs.clear();
    compare::tokens("what is handed over", &plain, &expected)?;
    let kept = |attribute: &&syn::Attribute| {
        item.attrs
            .iter()
            .any(|other| other.meta.to_token_stream().to_string() == attribute.meta.to_token_stream().to_string())
    };
    if let Some(lost) = written.attrs.iter().find(|attribute| !kept(attribute)) {
        return Err(format!("lost an attribute: {}", lost.to_token_stream()));
    }
    Ok(projection::derive(item.to_token_stream(), Door::HandedOver))
}

fn item_of(file: syn::File) -> Option<DeriveInput> {
    file.items.into_iter().find_map(|item| match item {
        Item::Struct(item) => Some(item.into()),
        Item::Enum(item) => Some(item.into()),
        Item::Union(item) => Some(item.into()),
        _ => None,
    })
}

fn without_derive(mut item: DeriveInput) -> DeriveInput {
    item.attrs.retain(|attribute| !attribute.to_token_stream().to_string().contains("__PinProjectHandedOver"));
    item
}

fn judged(item: &DeriveInput, given: Given) -> Outcome {
    let output = match given {
        Ok(output) => output,
        Err(what) => return Outcome::Different(what),
    };
    let text = output.to_string();
    let reason = if matches!(item.data, Data::Union(_)) {
        Some(("a union", "a union cannot be projected"))
    } else if is_packed(item) {
        Some(("packed", "cannot be projected, because it is packed"))
    } else if item.attrs.iter().any(is_a_macro) {
        Some(("a macro that runs later", "and may change the type that has been projected"))
    } else {
        None
    };
    if let Some((reason, message)) = reason {
        return if text.contains(message) {
            Outcome::Refused(reason)
        } else {
            Outcome::Different(format!("should be refused: {reason}"))
        };
    }
    if has_error(&output) {
        return Outcome::Different(format!("an error: {}", &text[text.find("compile_error").unwrap_or(0)..]));
    }
    match syn::parse2(output) {
        Err(error) => Outcome::Different(format!("the expansion does not parse: {error}\n{text}")),
        Ok(file) => match Compared::new(item, &file).and_then(|compared| compared.all()) {
            Ok(()) => Outcome::Same,
            Err(what) => Outcome::Different(what),
        },
    }
}

/// In code, that is: docs may speak of it.
fn has_error(output: &TokenStream) -> bool {
    output.clone().into_iter().any(|token| match token {
        TokenTree::Ident(ident) => ident == "compile_error",
        TokenTree::Group(group) => has_error(&group.stream()),
        _ => false,
    })
}

/// A path of several segments is a macro's, unless it begins with the name of a tool.
fn is_a_macro(attribute: &syn::Attribute) -> bool {
    let path = attribute.path();
    let tools = ["clippy", "diagnostic", "miri", "rust_analyzer", "rustfmt"];
    let is_of_a_tool = path.segments.first().is_some_and(|first| tools.iter().any(|tool| first.ident == tool));
    path.leading_colon.is_some() || (path.segments.len() > 1 && !is_of_a_tool)
}

fn is_packed(item: &DeriveInput) -> bool {
    item.attrs.iter().any(|attribute| {
        attribute.path().is_ident("repr")
            && matches!(&attribute.meta, Meta::List(list) if list.tokens.to_string().split([' ', ',']).any(|word| word == "packed"))
    })
}

/// The same declaration as pin-project-lite takes it too: without the comma between the last lifetime and the first type.
fn without_comma(tokens: &TokenStream, item: &DeriveInput) -> Option<TokenStream> {
    let lifetimes = item.generics.lifetimes().count();
    let last = item.generics.lifetimes().last()?;
    let next = item.generics.params.iter().nth(lifetimes)?;
    if last.bounds.len() > 1
        || !last.attrs.is_empty()
        || !matches!(next, GenericParam::Type(next) if next.attrs.is_empty())
    {
        return None;
    }
    // The comma of that number behind the name.
    let mut tokens: Vec<_> = tokens.clone().into_iter().collect();
    let name = tokens.windows(2).position(|pair| {
        ["struct", "enum"].contains(&&*pair[0].to_string()) && pair[1].to_string() == item.ident.to_string()
    })?;
    let commas = tokens.iter().enumerate().skip(name).filter(|(_, token)| token.to_string() == ",");
    let (comma, _) = commas.into_iter().nth(lifetimes - 1)?;
    tokens.remove(comma);
    Some(tokens.into_iter().collect())
}
