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
use crate::tokens::{Cursor, is_ident, is_punct, is_word};
use proc_macro2::{Delimiter, Group, Ident, Span, TokenStream, TokenTree};

pub(crate) fn pinned_drop(arguments: TokenStream, item: TokenStream, facade: Facade) -> TokenStream {
    let mut diagnostics = Diagnostics::default();
    if !arguments.is_empty() {
        diagnostics.error(arguments, messages::pinned_drop_takes_nothing());
    }
    let fresh = FreshNames::among(&item);
    let implementation = implementation(item, Form::Attribute, &mut diagnostics);
    let output = implementation.map(|implementation| implementation.expand(&fresh, &facade.path()));
    let errors = diagnostics.into_tokens();
    quote!(#output #errors).into()
}

/// Which of the peers' forms it has: they name the argument of `drop` differently.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Form {
    /// `self: Pin<&mut Self>`.
    Attribute,
    /// `this: Pin<&mut Self>`, or any other name.
    Lite,
}

/// What the user wrote, cut into pieces.
pub(super) struct PinnedDropImpl {
    attributes: Tokens,
    generics: Generics,
    trait_place: Span,
    self_type: Tokens,
    /// `None` after a mistake: the type still gets an implementation, so that the mistake stays the only error.
    method: Option<Method>,
}

struct Method {
    attributes: Tokens,
    argument: Argument,
    body: Group,
}

struct Argument {
    mutability: Option<TokenTree>,
    name: Ident,
    ty: Tokens,
}

/// Reads the implementation. `None` after an error that leaves nothing to expand.
pub(super) fn implementation(item: TokenStream, form: Form, diagnostics: &mut Diagnostics) -> Option<PinnedDropImpl> {
    let mut cursor = Cursor::new(item);
    let attributes = kept(&mut cursor, diagnostics);
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
    let name = trait_name(&path, cursor.keyword("for").is_some(), diagnostics);
    let self_type = match name {
        // The path is that of the type.
        Some(Of::Type) => path,
        _ => cursor.take_until(|token| is_ident(token, "where") || is_brace(token)),
    };
    if !is_named(&self_type) {
        let self_type: Tokens = self_type.into_iter().collect();
        diagnostics.error(self_type, messages::pinned_drop_for_what());
        return None;
    }
    generics.predicates = where_clause(&mut cursor);
    let body = cursor.group(Delimiter::Brace)?;
    let (trait_place, method) = match name {
        Some(Of::PinnedDrop(name)) => (name.span(), method(&name, &body, form, diagnostics)),
        _ => (Span::call_site(), None),
    };
    Some(PinnedDropImpl { attributes, generics, trait_place, self_type: self_type.into_iter().collect(), method })
}

/// What an `impl` is of.
enum Of {
    PinnedDrop(Ident),
    Type,
}

fn trait_name(path: &[TokenTree], of_trait: bool, diagnostics: &mut Diagnostics) -> Option<Of> {
    let place: Tokens = path.iter().cloned().collect();
    if !of_trait {
        diagnostics.error(place, messages::pinned_drop_inherent());
        return Some(Of::Type);
    }
    match path.last() {
        Some(TokenTree::Ident(name)) if is_word(name, "PinnedDrop") => return Some(Of::PinnedDrop(name.clone())),
        Some(TokenTree::Ident(name)) if is_word(name, "Drop") => {
            diagnostics.error(place, messages::pinned_drop_of_drop())
        }
        _ => diagnostics.error(place, messages::pinned_drop_on_what()),
    }
    None
}

/// Whether this can be the path of a struct or an enum.
fn is_named(ty: &[TokenTree]) -> bool {
    match ty.first() {
        Some(TokenTree::Ident(first)) => !is_word(first, "dyn") && !is_word(first, "fn"),
        Some(TokenTree::Group(group)) => group.delimiter() == Delimiter::None,
        Some(TokenTree::Punct(punct)) => punct.as_char() == ':',
        _ => false,
    }
}

/// Reads what stands between the braces: one method and nothing else.
fn method(of: &Ident, body: &Group, form: Form, diagnostics: &mut Diagnostics) -> Option<Method> {
    let mut cursor = Cursor::new(body.stream());
    let mut found = None;
    let mut failed = false;
    while !cursor.is_empty() {
        let attributes = kept(&mut cursor, diagnostics);
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
                if is_ident(&keyword, "fn") && is_word(&name, "drop") =>
            {
                if found.is_some() {
                    diagnostics.error(name, messages::pinned_drop_duplicate());
                    failed = true;
                } else if let Some(argument) = argument(&name, words, form, diagnostics) {
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
fn argument(method: &Ident, mut rest: Cursor, form: Form, diagnostics: &mut Diagnostics) -> Option<Argument> {
    let Some(list) = rest.group(Delimiter::Parenthesis) else {
        diagnostics.error(method, form.expected());
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
    kept(&mut words, diagnostics);
    let mutability = words.keyword("mut");
    let name = words.ident();
    let colon = words.punct(':');
    let ty: Tokens = words.take_until_comma().into_iter().collect();
    match name {
        Some(name) if form.allows(&name) && colon.is_some() && words.is_empty() && is_pin_of_self(&ty) => {
            Some(Argument { mutability, name, ty })
        }
        _ => {
            let place =
                if list.stream().is_empty() { TokenTree::Group(list).into() } else { Tokens::from(list.stream()) };
            diagnostics.error(place, form.expected());
            None
        }
    }
}

impl Form {
    fn allows(self, argument: &Ident) -> bool {
        (self == Form::Attribute) == is_word(argument, "self")
    }

    fn expected(self) -> String {
        match self {
            Form::Attribute => messages::pinned_drop_argument(),
            Form::Lite => messages::pinned_drop_lite_argument(),
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

/// The attributes ahead, other than a second one of ours.
fn kept(cursor: &mut Cursor, diagnostics: &mut Diagnostics) -> Tokens {
    let mut attributes = Tokens::default();
    while let Some(attribute) = cursor.attribute() {
        let whole = attribute.tokens();
        if attribute.is("pinned_drop") {
            let whole: Tokens = whole.into_iter().collect();
            diagnostics.error(whole, messages::duplicate_attribute("pinned_drop"));
        } else {
            attributes.extend(whole);
        }
    }
    attributes
}

fn is_brace(token: &TokenTree) -> bool {
    matches!(token, TokenTree::Group(group) if group.delimiter() == Delimiter::Brace)
}

impl PinnedDropImpl {
    /// `support` is the path to the support items.
    pub(super) fn expand(&self, fresh: &FreshNames, support: &Tokens) -> Tokens {
        let Self { attributes, generics, trait_place, self_type, method } = self;
        let parameters = generics.declaration(None, None);
        let predicates = generics.where_clause(None);
        let of_trait = quote_spanned!(Span::call_site().located_at(*trait_place)=> #support::PinnedDrop);
        let body = method.as_ref().map(|method| method.expand(&parameters, self_type, &predicates, fresh));
        quote! {
            #attributes
            #[doc(hidden)]
            impl #parameters #of_trait for #self_type #predicates {
                unsafe fn __put_pinned_drop_above_this_impl(self: ::core::pin::Pin<&mut Self>) { #body }
            }
        }
    }
}

impl Method {
    /// A local trait with the body, and the call of it.
    fn expand(&self, parameters: &Tokens, self_type: &Tokens, predicates: &Tokens, fresh: &FreshNames) -> Tokens {
        let Self { attributes, argument: Argument { mutability, name, ty }, body } = self;
        let (module, once) = (fresh.unlike("__pinsight_body"), fresh.unlike("__DropBody"));
        let inner = fresh.unlike("__drop_body");
        let method = if is_word(name, "self") {
            // A needless `mut` is not worth a warning that neither peer gives.
            quote!(fn #inner(#[allow(unused_mut)] #mutability #name: #ty) #body)
        } else {
            // With pin-project-lite, `Pin` does not have to be in scope.
            quote! {
                fn #inner(self: ::core::pin::Pin<&mut Self>) {
                    #[allow(unused_mut)]
                    let #mutability #name = self;
                    #body
                }
            }
        };
        quote! {
            mod #module {
                pub(super) trait #once {
                    fn #inner(self: ::core::pin::Pin<&mut Self>);
                }
            }
            impl #parameters #module::#once for #self_type #predicates {
                #attributes
                #method
            }
            #module::#once::#inner(self)
        }
    }
}
