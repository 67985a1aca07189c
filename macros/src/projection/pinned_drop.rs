//! `#[pinned_drop] impl PinnedDrop for Type { fn drop(self: Pin<&mut Self>) { … } }`.
//!
//! The method of the trait is unsafe to call, since it may run only once; but the body is the user's, and must not
//! become unsafe code. So the body goes into a safe method of a local trait, where `self` and `Self` mean what they
//! say, and which nobody else can name.

use super::fresh::FreshNames;
use super::hand_over::Facade;
use super::model::Generics;
use super::opaque::{Braces, opaque_token};
use super::parse::{parameters, where_clause};
use crate::diagnostics::Diagnostics;
use crate::messages;
use crate::quote::{Tokens, quote, quote_spanned};
use crate::tokens::{Cursor, braced, is_braced, is_ident, is_keyword, is_punct, is_word, opened};
use proc_macro2::{Delimiter, Group, Ident, Span, TokenStream, TokenTree};

pub(crate) fn pinned_drop(arguments: TokenStream, item: TokenStream, facade: Facade) -> TokenStream {
    let mut diagnostics = Diagnostics::default();
    if !arguments.is_empty() {
        diagnostics.error(arguments, messages::pinned_drop_takes_nothing());
    }
    let fresh = FreshNames::among(item.clone());
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
    /// `where …`, or nothing.
    predicates: Tokens,
    body: Group,
}

struct Argument {
    attributes: Tokens,
    /// `mut`, mostly; with [`Form::Lite`], `ref` as well.
    binding: Tokens,
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
    let path = cursor.take_until(|token| is_ident(token, "for") || is_ident(token, "where") || is_braced(token));
    let name = trait_name(&path, cursor.keyword("for").is_some(), form, diagnostics);
    let self_type = match name {
        // The path is that of the type.
        Some(Of::Type) => path,
        _ => cursor.take_until(|token| is_ident(token, "where") || is_braced(token)),
    };
    if !is_named(&self_type) {
        let self_type: Tokens = self_type.into_iter().collect();
        diagnostics.error(self_type, messages::pinned_drop_for_what());
        return None;
    }
    let self_type: Tokens = self_type.into_iter().collect();
    generics.predicates = where_clause(&mut cursor);
    let (trait_place, method) = match (name, cursor.group(Delimiter::Brace)) {
        (Some(Of::PinnedDrop(name)), Some(body)) => (name.span(), method(&name, &body, form, diagnostics)),
        (Some(Of::PinnedDrop(name)), None) => {
            diagnostics.error(&name, messages::pinned_drop_missing_method());
            (name.span(), None)
        }
        _ => (Span::call_site(), None),
    };
    if let Some(behind) = cursor.leftover() {
        diagnostics.error(behind, messages::pinned_drop_and_more());
    }
    if form == Form::Lite && !can_be_repeated(&generics, &self_type, method.as_ref(), diagnostics) {
        return None;
    }
    Some(PinnedDropImpl { attributes, generics, trait_place, self_type, method })
}

/// Whether all that is repeated beside the call of the body can be seen through. It stands in an unsafe function, and what comes to
/// `lite::pin_project!` was parsed by no compiler: a `$block` behind `where` would end the implementation, and what follows it would be
/// statements in there.
fn can_be_repeated(
    generics: &Generics,
    self_type: &Tokens,
    method: Option<&Method>,
    diagnostics: &mut Diagnostics,
) -> bool {
    let declared = generics.parameters.iter().map(|parameter| &parameter.declaration);
    let own = method.into_iter().flat_map(|method| [&method.predicates, &method.argument.ty, &method.argument.binding]);
    let mut opaque = declared.chain([&generics.predicates, self_type]).chain(own);
    let opaque = opaque.find_map(|tokens| opaque_token(tokens, Braces::OpaqueAtTheTop));
    if let Some(opaque) = &opaque {
        diagnostics.error(opaque, messages::macro_in_generics());
    }
    opaque.is_none()
}

/// What an `impl` is of.
enum Of {
    PinnedDrop(Ident),
    Type,
}

fn trait_name(path: &[TokenTree], of_trait: bool, form: Form, diagnostics: &mut Diagnostics) -> Option<Of> {
    let place: Tokens = path.iter().cloned().collect();
    if form == Form::Lite && last_of_path(path).is_none_or(|name| !of_trait || !is_word(&name, "PinnedDrop")) {
        diagnostics.error(place, messages::lite_drop_of_what());
        return if of_trait { None } else { Some(Of::Type) };
    }
    if !of_trait {
        diagnostics.error(place, messages::pinned_drop_inherent());
        return Some(Of::Type);
    }
    match last_of_path(path) {
        Some(name) if is_word(&name, "PinnedDrop") => return Some(Of::PinnedDrop(name)),
        Some(name) if is_word(&name, "Drop") => diagnostics.error(place, messages::pinned_drop_of_drop()),
        _ => diagnostics.error(place, messages::pinned_drop_on_what()),
    }
    None
}

/// The last name in `a::b::C`; `None` if this is anything else.
fn last_of_path(path: &[TokenTree]) -> Option<Ident> {
    let mut path = Cursor::new(opened(path.iter().cloned()));
    let mut last = None;
    while !path.is_empty() {
        if path.path_separator().is_none() && last.is_some() {
            return None;
        }
        last = Some(path.ident()?);
    }
    last
}

/// Whether this can be the path of a struct or an enum.
fn is_named(ty: &[TokenTree]) -> bool {
    match opened(ty.iter().cloned()).first() {
        Some(TokenTree::Ident(first)) => !["dyn", "fn", "for", "impl"].iter().any(|keyword| is_word(first, keyword)),
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
        let item = cursor.take_until(|token| is_braced(token) || is_punct(token, ';'));
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
        match (kind, name, ends.as_ref().and_then(braced)) {
            (Some(keyword), Some(name), Some(body)) if is_ident(&keyword, "fn") && is_word(&name, "drop") => {
                if found.is_some() {
                    diagnostics.error(name, messages::pinned_drop_duplicate());
                    failed = true;
                } else if let Some((argument, predicates)) = signature(&name, words, form, diagnostics) {
                    found = Some(Method { attributes, argument, predicates, body });
                } else {
                    failed = true;
                }
            }
            (Some(keyword), Some(name), None) if is_ident(&keyword, "fn") && is_word(&name, "drop") => {
                diagnostics.error(name, messages::pinned_drop_missing_method());
                failed = true;
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

/// Reads `(mut self: Pin<&mut Self>) -> () where …`.
fn signature(
    method: &Ident,
    mut rest: Cursor,
    form: Form,
    diagnostics: &mut Diagnostics,
) -> Option<(Argument, Tokens)> {
    let Some(list) = rest.group(Delimiter::Parenthesis) else {
        diagnostics.error(method, form.expected());
        return None;
    };
    if rest.arrow().is_some() {
        let returned = rest.take_until(|token| is_ident(token, "where"));
        if !is_unit(&returned) {
            diagnostics.error(returned.into_iter().collect::<Tokens>(), messages::pinned_drop_returns());
            return None;
        }
    }
    let predicates = rest.rest();
    if predicates.iter().next().is_some_and(|first| !is_ident(first, "where")) {
        diagnostics.error(predicates, form.expected());
        return None;
    }
    if let Some(argument) = argument(&list, form, diagnostics) {
        return Some((argument, predicates));
    }
    let place = if list.stream().is_empty() { TokenTree::Group(list).into() } else { Tokens::from(list.stream()) };
    diagnostics.error(place, form.expected());
    None
}

/// Reads `mut self: Pin<&mut Self>`. `None` if it is anything else.
fn argument(list: &Group, form: Form, diagnostics: &mut Diagnostics) -> Option<Argument> {
    let mut words = Cursor::new(list.stream());
    let attributes = kept(&mut words, diagnostics);
    let mut binding = Tokens::default();
    if form == Form::Lite {
        binding.extend(words.keyword("ref"));
    }
    binding.extend(words.keyword("mut"));
    let name = words.ident()?;
    words.punct(':')?;
    let ty: Tokens = words.take_until_comma().into_iter().collect();
    (words.is_empty() && form.allows(&name) && is_pin_of_self(&ty)).then_some(Argument {
        attributes,
        binding,
        name,
        ty,
    })
}

/// Whether this is `()`.
fn is_unit(ty: &[TokenTree]) -> bool {
    match opened(ty.iter().cloned()).as_slice() {
        [TokenTree::Group(group)] => group.delimiter() == Delimiter::Parenthesis && group.stream().is_empty(),
        _ => false,
    }
}

impl Form {
    fn allows(self, argument: &Ident) -> bool {
        match self {
            Form::Attribute => is_word(argument, "self"),
            Form::Lite => is_word(argument, "_") || !is_keyword(argument),
        }
    }

    fn expected(self) -> String {
        match self {
            Form::Attribute => messages::pinned_drop_argument(),
            Form::Lite => messages::pinned_drop_lite_argument(),
        }
    }
}

/// Whether this is `Pin<&mut Self>`, with whatever path to `Pin`.
fn is_pin_of_self(ty: &Tokens) -> bool {
    let mut words = Cursor::new(opened(ty.clone()));
    let mut path = words.take_until(|token| is_punct(token, '<'));
    if let [.., first, second] = path.as_slice()
        && is_punct(first, ':')
        && is_punct(second, ':')
    {
        // `Pin::<…>`.
        path.truncate(path.len() - 2);
    }
    last_of_path(&path).is_some_and(|name| is_word(&name, "Pin")) && is_reference_to_self(words).is_some()
}

/// `<&mut Self>`, and nothing behind it.
fn is_reference_to_self(mut words: Cursor) -> Option<()> {
    words.punct('<')?;
    words.punct('&')?;
    if words.punct('\'').is_some() {
        words.keyword("_")?;
    }
    words.keyword("mut")?;
    words.keyword("Self")?;
    words.punct(',');
    words.punct('>')?;
    words.is_empty().then_some(())
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
    cursor.open_invisible();
    attributes
}

impl PinnedDropImpl {
    /// Where the name of the trait stands.
    pub(super) fn place(&self) -> Span {
        self.trait_place
    }

    /// `facade` is the path to the crate. What is found there needs no proof: the type's own `Drop` goes by the real trait.
    pub(super) fn expand(&self, fresh: &FreshNames, facade: &Tokens) -> Tokens {
        let Self { attributes, generics, trait_place, self_type, method } = self;
        let parameters = generics.declaration(None);
        let predicates = generics.where_clause(None);
        let of_trait = quote_spanned!(Span::call_site().located_at(*trait_place)=> #facade::__private::PinnedDrop);
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
        let Self { attributes, argument, predicates: own_predicates, body } = self;
        let Argument { attributes: on_argument, binding, name, ty } = argument;
        let (module, once) = (fresh.unlike("__pinsight_body"), fresh.unlike("__DropBody"));
        let inner = fresh.unlike("__drop_body");
        // A needless `mut` is not worth a warning that neither peer gives. An `allow` of ours could clash with a `forbid`, so the lint
        // takes it for the macro's own.
        let binding: Tokens = binding.clone().into_iter().map(external).collect();
        let method = if is_word(name, "self") {
            quote!(fn #inner(#on_argument #binding #name: #ty) #own_predicates #body)
        } else {
            // With pin-project-lite, `Pin` does not have to be in scope.
            quote! {
                fn #inner(self: ::core::pin::Pin<&mut Self>) #own_predicates {
                    #on_argument
                    let #binding #name = self;
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

fn external(mut token: TokenTree) -> TokenTree {
    token.set_span(Span::call_site().located_at(token.span()));
    token
}
