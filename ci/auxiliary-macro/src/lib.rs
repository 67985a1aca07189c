//! Macros that change an item behind the back of another macro: before it runs, or after it has seen the item.

use proc_macro::TokenStream;
use proc_macro2::{Delimiter, Group, TokenStream as Tokens, TokenTree};
use quote::quote;

/// `#[hidden_repr(x)]` becomes `#[repr(x)]`.
#[proc_macro_attribute]
pub fn hidden_repr(args: TokenStream, item: TokenStream) -> TokenStream {
    let (args, item) = (Tokens::from(args), Tokens::from(item));
    quote!(#[repr(#args)] #item).into()
}

/// Adds `#[repr(packed)]`, of which no token comes from the user.
#[proc_macro_attribute]
pub fn hidden_repr2(_args: TokenStream, item: TokenStream) -> TokenStream {
    let item = Tokens::from(item);
    quote!(#[repr(packed)] #item).into()
}

/// `#[hidden_repr_cfg_not_any(x)]` becomes a `cfg_attr` that always holds.
#[proc_macro_attribute]
pub fn hidden_repr_cfg_not_any(args: TokenStream, item: TokenStream) -> TokenStream {
    let (args, item) = (Tokens::from(args), Tokens::from(item));
    quote!(#[cfg_attr(not(any()), repr(#args))] #item).into()
}

/// Puts `#[repr(packed)]` before whatever is inside, an item or nothing.
#[proc_macro]
pub fn hidden_repr_macro(input: TokenStream) -> TokenStream {
    let input = Tokens::from(input);
    quote!(#[repr(packed)] #input).into()
}

/// Leaves a `#[repr(packed)]` for the item that follows in the file, which Rust forbids.
#[proc_macro_derive(HiddenRepr)]
pub fn hidden_repr_derive(_item: TokenStream) -> TokenStream {
    quote!(#[repr(packed)]).into()
}

/// Adds a pinned field that is never `Unpin`.
#[proc_macro_attribute]
pub fn add_pinned_field(_args: TokenStream, item: TokenStream) -> TokenStream {
    map_body(item.into(), |fields| quote!(#fields #[pin] __field: ::core::marker::PhantomPinned,)).into()
}

/// `#[add_pin_attr(struct)]` puts a `#[pin]` on the item itself.
#[proc_macro_attribute]
pub fn add_pin_attr(_args: TokenStream, item: TokenStream) -> TokenStream {
    let item = Tokens::from(item);
    quote!(#[pin] #item).into()
}

/// Removes attributes: `struct_all` those of the item, `struct_pin` only its `#[pin…]`, `field_all` those of its fields.
#[proc_macro_attribute]
pub fn remove_attr(args: TokenStream, item: TokenStream) -> TokenStream {
    let item = Tokens::from(item);
    match args.to_string().as_str() {
        "struct_all" => without_attributes(item, |_| true),
        "struct_pin" => without_attributes(item, is_pin),
        "field_all" => map_body(item, |fields| without_attributes(fields, |_| true)),
        other => panic!("`{other}` is not known"),
    }
    .into()
}

fn map_body(item: Tokens, change: impl Fn(Tokens) -> Tokens) -> Tokens {
    item.into_iter()
        .map(|token| match token {
            TokenTree::Group(body) if body.delimiter() == Delimiter::Brace => {
                let mut changed = Group::new(Delimiter::Brace, change(body.stream()));
                changed.set_span(body.span());
                changed.into()
            }
            token => token,
        })
        .collect()
}

fn is_pin(attribute: &Tokens) -> bool {
    matches!(attribute.clone().into_iter().next(), Some(TokenTree::Ident(name)) if name == "pin")
}

/// Drops each `#[…]` of this level whose content is `unwanted`.
fn without_attributes(tokens: Tokens, unwanted: impl Fn(&Tokens) -> bool) -> Tokens {
    let mut kept = Tokens::new();
    let mut tokens = tokens.into_iter().peekable();
    while let Some(token) = tokens.next() {
        let is_attribute = matches!(&token, TokenTree::Punct(punct) if punct.as_char() == '#')
            && matches!(tokens.peek(), Some(TokenTree::Group(group)) if unwanted(&group.stream()));
        if is_attribute {
            tokens.next();
        } else {
            kept.extend([token]);
        }
    }
    kept
}

/// `#[behind_derives(attribute)]` becomes `#[attribute]` behind all other attributes of the item. An attribute macro that puts a
/// derive behind all others has that derive read the item before `attribute` changes it.
#[proc_macro_attribute]
pub fn behind_derives(args: TokenStream, item: TokenStream) -> TokenStream {
    let args = Tokens::from(args);
    let mut attributes = Tokens::new();
    let mut rest = Tokens::from(item).into_iter().peekable();
    while matches!(rest.peek(), Some(TokenTree::Punct(punct)) if punct.as_char() == '#') {
        attributes.extend(rest.by_ref().take(2));
    }
    quote!(#attributes #[#args] #(#rest)*).into()
}

/// `#[retype(name: Type)]` gives the field `name` another type.
#[proc_macro_attribute]
pub fn retype(args: TokenStream, item: TokenStream) -> TokenStream {
    let args: Vec<_> = Tokens::from(args).into_iter().collect();
    let [TokenTree::Ident(name), TokenTree::Punct(_), new_type @ ..] = &args[..] else {
        panic!("expected `name: Type`")
    };
    map_body(item.into(), |fields| {
        let mut changed = Tokens::new();
        let mut fields = fields.into_iter();
        while let Some(token) = fields.next() {
            let found = matches!(&token, TokenTree::Ident(field) if field == name);
            changed.extend([token]);
            if found {
                changed.extend(fields.next());
                skip_type(&mut fields);
                changed.extend(quote!(#(#new_type)*,));
            }
        }
        changed
    })
    .into()
}

/// Skips a type and the comma behind it.
fn skip_type(tokens: &mut impl Iterator<Item = TokenTree>) {
    let mut depth = 0;
    for token in tokens {
        match token {
            TokenTree::Punct(punct) if punct.as_char() == '<' => depth += 1,
            TokenTree::Punct(punct) if punct.as_char() == '>' => depth -= 1,
            TokenTree::Punct(punct) if punct.as_char() == ',' && depth == 0 => return,
            _ => {}
        }
    }
}
