use super::tokens_of;
use crate::explain::model::{Function, Impl, MaxSize, Place, Requests};
use crate::quote::{Tokens, quote, quote_spanned};
use proc_macro2::{Group, Ident, Span, TokenTree};

/// Statements that do not compile if the future is larger: the compiler evaluates the size of what the function returns.
pub(super) fn of(function: &Function, of: Option<&Impl>, max_size: &MaxSize, requests: &Requests) -> Tokens {
    let facade = super::value::facade(requests, false);
    let arguments: Vec<Ident> = (0..function.signature.inputs.len()).map(numbered).collect();
    let parameters = arguments.iter().cloned().chain([Ident::new("__R", Span::call_site())]);
    // A pointer to a function can be made of every function: generic, unsafe, with lifetimes of all kinds.
    let measure = quote! {
        const fn __pinsight_size<#(#parameters),*>(_: unsafe fn(#(#arguments),*) -> __R) -> usize {
            ::core::mem::size_of::<__R>()
        }
    };
    let aliases = of.map(|item| aliases(item, max_size)).unwrap_or_default();
    let (path, instance) = (path(function, of, max_size), instance(function, max_size));
    let (bytes, name) = (&max_size.bytes, function.plain_name());
    // All of the call is where the error is to be shown.
    let call =
        quote_spanned!(function.name().span()=> __pinsight_check(__pinsight_size #instance (#path), #bytes, #name););
    quote! {
        #[allow(clippy::all, clippy::pedantic, clippy::nursery, unused_qualifications)]
        {
            use #facade::__private::check_size as __pinsight_check;
            #aliases
            #measure
            #call
        }
    }
}

fn numbered(number: usize) -> Ident {
    Ident::new(&format!("__{number}"), Span::call_site())
}

/// The parameters of the impl, under their names, so that its type can be repeated as it is written.
fn aliases(item: &Impl, max_size: &MaxSize) -> Tokens {
    let mut aliases = Tokens::default();
    for parameter in &item.generics.params {
        let (name, ty) = match parameter {
            syn::GenericParam::Type(parameter) => (&parameter.ident, None),
            syn::GenericParam::Const(parameter) => (&parameter.ident, Some(tokens_of(&parameter.ty))),
            syn::GenericParam::Lifetime(_) => continue,
        };
        let Some((_, value)) = max_size.instance.iter().find(|(parameter, _)| parameter == name) else { continue };
        aliases.extend(quote!(#[allow(dead_code, non_camel_case_types, non_upper_case_globals)]));
        aliases.extend(match ty {
            None => quote!(type #name = #value;),
            Some(ty) => quote!(const #name: #ty = #value;),
        });
    }
    aliases
}

/// `process::<u32>`, `<Server<T> as Service>::call`
fn path(function: &Function, of: Option<&Impl>, max_size: &MaxSize) -> Tokens {
    let name = function.name();
    let mut path = match of {
        Some(item) => {
            let self_type = without_lifetimes(&tokens_of(&item.self_type), &item.generics);
            let of_trait = item.of_trait.as_ref().map(|path| {
                let path = without_lifetimes(&tokens_of(path), &item.generics);
                quote!(as #path)
            });
            quote!(<#self_type #of_trait>::#name)
        }
        None if function.place == Place::SomeImpl => quote!(Self::#name),
        None => quote!(#name),
    };
    let values = function.signature.generics.params.iter().filter_map(|parameter| {
        let value = |name: &Ident| max_size.instance.iter().find(|(parameter, _)| parameter == name);
        match parameter {
            syn::GenericParam::Type(parameter) => value(&parameter.ident).map(|(_, value)| value.clone()),
            syn::GenericParam::Const(parameter) => {
                value(&parameter.ident).map(|(_, value)| match value.iter().count() {
                    1 => value.clone(),
                    _ => quote!({ #value }),
                })
            }
            _ => None,
        }
    });
    let values: Vec<Tokens> = values.collect();
    if !values.is_empty() {
        path.extend(quote!(::<#(#values),*>));
    }
    path
}

/// What the compiler cannot know of the arguments: the types of those that are an `impl …`.
fn instance(function: &Function, max_size: &MaxSize) -> Tokens {
    let arguments = function.arguments();
    if arguments.iter().all(Option::is_none) {
        return Tokens::default();
    }
    let ty = |argument: Option<Ident>| {
        let named = max_size.instance.iter().find(|(parameter, _)| Some(parameter) == argument.as_ref());
        named.map_or_else(|| quote!(_), |(_, value)| value.clone())
    };
    let types: Vec<Tokens> = arguments.into_iter().map(ty).chain([quote!(_)]).collect();
    quote!(::<#(#types),*>)
}

/// With `'_` for the lifetimes of the impl: there are none where its type is repeated.
fn without_lifetimes(tokens: &Tokens, generics: &syn::Generics) -> Tokens {
    let declared = |ident: &Ident| generics.lifetimes().any(|parameter| parameter.lifetime.ident == *ident);
    let mut after_tick = false;
    let replaced = tokens.iter().map(|token| {
        let is_lifetime = std::mem::replace(&mut after_tick, crate::tokens::is_punct(token, '\''));
        match token {
            TokenTree::Ident(ident) if is_lifetime && declared(ident) => Ident::new("_", ident.span()).into(),
            TokenTree::Group(group) => {
                let inner = without_lifetimes(&group.stream().into(), generics);
                Group::new(group.delimiter(), inner.into()).into()
            }
            other => other.clone(),
        }
    });
    replaced.collect()
}

#[cfg(test)]
mod tests {
    #[test]
    fn parameters_of_impls_are_known() {
        let generics: syn::Generics = syn::parse_quote!(<'a, T: Copy, const N: usize>);
        assert_eq!(super::super::type_and_const_parameters(&generics), ["T", "N"]);
        let tokens = "Wrapper<'a, 'static, (&'a T,)>".parse::<proc_macro2::TokenStream>().unwrap();
        let elided = super::without_lifetimes(&tokens.into(), &generics);
        assert_eq!(elided.squeezed(), "Wrapper<'_,'static,(&'_T,)>");
    }
}
