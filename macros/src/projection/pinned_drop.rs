//! `#[pinned_drop] impl PinnedDrop for Type { fn drop(self: Pin<&mut Self>) { … } }`.
//!
//! The method of the trait is unsafe to call, since it may run only once; but the body is the user's, and must not
//! become unsafe code. So the body goes into a safe method of a local trait, where `self` and `Self` mean what they
//! say, and which nobody else can name.

use super::fresh::FreshNames;
use super::hand_over::Facade;
use super::model::Generics;
use super::parse::{parameters, where_clause};
use crate::diagnostics::Diagnostics;
use crate::messages;
use crate::quote::{Tokens, quote, quote_spanned};
use crate::tokens::{Attribute, Cursor, is_punct};
use proc_macro2::{Delimiter, Group, Ident, Span, TokenStream, TokenTree};

pub(crate) fn pinned_drop(arguments: TokenStream, item: TokenStream, facade: Facade) -> TokenStream {
    let mut diagnostics = Diagnostics::default();
    if !arguments.is_empty() {
        diagnostics.error(arguments, messages::pinned_drop_takes_nothing());
    }
    let fresh = FreshNames::among(&item);
    let output = implementation(item.clone(), &mut diagnostics)
        .map(|implementation| implementation.expand(&fresh, &facade.path()))
        // What is not understood is left out: an `impl PinnedDrop` as the user wrote it would only add errors.
        .unwrap_or_default();
    let errors = diagnostics.into_tokens();
    quote!(#output #errors).into()
}

/// What the user wrote, cut into pieces.
pub(super) struct PinnedDropImpl {
    attributes: Tokens,
    generics: Generics,
    trait_place: Span,
    self_type: Tokens,
    method: Method,
}

struct Method {
    attributes: Tokens,
    /// The pattern, `self` or `mut self`, or for the form of pin-project-lite a name, and the type.
    argument: Argument,
    body: Group,
}

struct Argument {
    mutability: Option<TokenTree>,
    name: Ident,
    ty: Tokens,
}

/// Reads the implementation. `None` after an error that leaves nothing to expand.
pub(super) fn implementation(item: TokenStream, diagnostics: &mut Diagnostics) -> Option<PinnedDropImpl> {
    let mut cursor = Cursor::new(item);
    let attributes = kept(&mut cursor);
    if let Some(word) = cursor.keyword("unsafe") {
        diagnostics.error(word, messages::pinned_drop_is_safe("the trait `PinnedDrop`"));
    }
    if cursor.keyword("impl").is_none() {
        diagnostics.error(cursor.next(), messages::pinned_drop_on_what());
        return None;
    }
    let mut generics = parameters(&mut cursor);
    if let Some(bang) = cursor.punct('!') {
        diagnostics.error(bang, messages::pinned_drop_negative());
        return None;
    }
    let path = cursor.take_until(|token| is_ident(token, "for") || is_ident(token, "where") || is_brace(token));
    let of_trait = cursor.keyword("for").is_some();
    let last = path.iter().rev().find_map(|token| match token {
        TokenTree::Ident(name) => Some(name.clone()),
        _ => None,
    });
    if !of_trait {
        let path: Tokens = path.into_iter().collect();
        diagnostics.error(path, messages::pinned_drop_inherent());
        return None;
    }
    let Some(name) = last.filter(|name| name == "PinnedDrop") else {
        let is_drop = path.iter().any(|token| is_ident(token, "Drop"));
        let path: Tokens = path.into_iter().collect();
        let message = if is_drop { messages::pinned_drop_of_drop() } else { messages::pinned_drop_on_what() };
        diagnostics.error(path, message);
        return None;
    };
    let self_type = cursor.take_until(|token| is_ident(token, "where") || is_brace(token));
    if !matches!(self_type.first(), Some(TokenTree::Ident(first)) if first != "dyn" && first != "fn")
        && !matches!(self_type.first(), Some(TokenTree::Group(group)) if group.delimiter() == Delimiter::None)
        && !self_type.first().is_some_and(|first| is_punct(first, ':'))
    {
        let self_type: Tokens = self_type.into_iter().collect();
        diagnostics.error(self_type, messages::pinned_drop_for_what());
        return None;
    }
    generics.predicates = where_clause(&mut cursor);
    let body = cursor.group(Delimiter::Brace)?;
    let method = method(&name, &body, diagnostics)?;
    Some(PinnedDropImpl {
        attributes,
        generics,
        trait_place: name.span(),
        self_type: self_type.into_iter().collect(),
        method,
    })
}

/// Reads what stands between the braces: one method and nothing else.
fn method(of: &Ident, body: &Group, diagnostics: &mut Diagnostics) -> Option<Method> {
    let mut cursor = Cursor::new(body.stream());
    let mut found = None;
    let mut failed = false;
    while !cursor.is_empty() {
        let attributes = kept(&mut cursor);
        let item = cursor.take_until(|token| is_brace(token) || is_punct(token, ';'));
        let ends = cursor.next();
        let mut words = Cursor::new(item);
        let mut kind = words.next();
        for qualifier in ["const", "async", "unsafe"] {
            // `const NAME: …` is an item; `const fn` a qualifier.
            if words.peek_keyword("fn") && kind.as_ref().is_some_and(|kind| is_ident(kind, qualifier)) {
                let message = match qualifier {
                    "unsafe" => messages::pinned_drop_is_safe("the method `drop`"),
                    other => messages::pinned_drop_qualifier(other),
                };
                diagnostics.error(kind.take(), message);
                failed = true;
                kind = words.next();
            }
        }
        let name = words.ident();
        match (kind, name, ends) {
            (Some(keyword), Some(name), Some(TokenTree::Group(block)))
                if is_ident(&keyword, "fn") && name == "drop" =>
            {
                if found.is_some() {
                    diagnostics.error(name, messages::pinned_drop_duplicate());
                    failed = true;
                } else if let Some(argument) = argument(&name, words, diagnostics) {
                    found = Some(Method { attributes, argument, body: block });
                } else {
                    failed = true;
                }
            }
            (Some(keyword), Some(name), _) => {
                let kind = match keyword.to_string().as_str() {
                    "fn" => "method",
                    "type" => "type",
                    "const" => "constant",
                    _ => "item",
                };
                diagnostics.error(quote!(#keyword #name), messages::pinned_drop_other_item(kind, &name.to_string()));
                failed = true;
            }
            (other, ..) => {
                diagnostics.error(other, messages::pinned_drop_missing_method());
                failed = true;
            }
        }
    }
    if found.is_none() && !failed {
        diagnostics.error(of, messages::pinned_drop_missing_method());
    }
    found
}

/// Reads `(mut self: Pin<&mut Self>) -> ()`.
fn argument(method: &Ident, mut rest: Cursor, diagnostics: &mut Diagnostics) -> Option<Argument> {
    let Some(list) = rest.group(Delimiter::Parenthesis) else {
        diagnostics.error(method, messages::pinned_drop_argument());
        return None;
    };
    if rest.punct('-').is_some() {
        rest.punct('>');
        let returned = rest.rest();
        if returned.squeezed() != "()" {
            diagnostics.error(returned, messages::pinned_drop_returns());
            return None;
        }
    }
    let mut words = Cursor::new(list.stream());
    kept(&mut words);
    let mutability = words.keyword("mut");
    let name = words.ident();
    let colon = words.punct(':');
    let ty: Tokens = words.take_until_comma().into_iter().collect();
    match name {
        Some(name) if colon.is_some() && words.is_empty() && is_pin_of_self(&ty) => {
            Some(Argument { mutability, name, ty })
        }
        _ => {
            let place =
                if list.stream().is_empty() { TokenTree::Group(list).into() } else { Tokens::from(list.stream()) };
            diagnostics.error(place, messages::pinned_drop_argument());
            None
        }
    }
}

/// `Pin<&mut Self>`, whatever the path to `Pin`.
fn is_pin_of_self(ty: &Tokens) -> bool {
    let mut words = Cursor::new(ty.clone());
    let path = words.take_until(|token| is_punct(token, '<'));
    let is_pin = path.iter().rev().find(|token| !is_punct(token, ':')).is_some_and(|last| is_ident(last, "Pin"));
    is_pin && words.rest().squeezed() == "<&mutSelf>"
}

/// The attributes ahead, other than those that mean something to us.
fn kept(cursor: &mut Cursor) -> Tokens {
    let mut attributes = Tokens::default();
    while let Some(attribute) = cursor.attribute() {
        if !Attribute::is(&attribute, "pinned_drop") {
            attributes.extend(attribute.tokens());
        }
    }
    attributes
}

fn is_ident(token: &TokenTree, which: &str) -> bool {
    matches!(token, TokenTree::Ident(ident) if ident == which)
}

fn is_brace(token: &TokenTree) -> bool {
    matches!(token, TokenTree::Group(group) if group.delimiter() == Delimiter::Brace)
}

impl PinnedDropImpl {
    pub(super) fn argument_is_self(&self) -> bool {
        self.method.argument.name == "self"
    }

    pub(super) fn argument_place(&self) -> &Ident {
        &self.method.argument.name
    }

    /// `support` is the path to the support items.
    pub(super) fn expand(&self, fresh: &FreshNames, support: &Tokens) -> Tokens {
        let Self { attributes, generics, trait_place, self_type, method } = self;
        let Method { attributes: method_attributes, argument: Argument { mutability, name, ty }, body } = method;
        let parameters = generics.declaration(None, None);
        let predicates = generics.where_clause(None);
        let (module, once) = (fresh.unlike("__pinsight_body"), fresh.unlike("__DropBody"));
        let inner = fresh.unlike("__drop_body");
        let of_trait = quote_spanned!(trait_place.resolved_at(Span::call_site())=> #support::PinnedDrop);
        // The form of pin-project-lite names its argument; the compiler takes only `self` with a type of this form.
        let is_self = name == "self";
        // A needless `mut` is not worth a warning that neither peer gives.
        let receiver = if is_self { quote!(#[allow(unused_mut)] #mutability #name: #ty) } else { quote!(self: #ty) };
        let rebind = (!is_self).then(|| quote!(let #mutability #name: #ty = self;));
        let this = if is_self { name.clone() } else { Ident::new("self", Span::call_site()) };
        let block = if is_self { quote!(#body) } else { quote!({ #rebind #body }) };
        let outer = quote!(#this: ::core::pin::Pin<&mut Self>);
        quote! {
            #attributes
            #[doc(hidden)]
            #[allow(clippy::missing_inline_in_public_items, clippy::missing_trait_methods)]
            impl #parameters #of_trait for #self_type #predicates {
                unsafe fn __put_pinned_drop_above_this_impl(#outer) {
                    mod #module {
                        pub(super) trait #once {
                            fn #inner(self: ::core::pin::Pin<&mut Self>);
                        }
                    }
                    #[allow(clippy::needless_pass_by_value, clippy::single_call_fn)]
                    impl #parameters #module::#once for #self_type #predicates {
                        #method_attributes
                        fn #inner(#receiver) #block
                    }
                    #module::#once::#inner(#this)
                }
            }
        }
    }
}
