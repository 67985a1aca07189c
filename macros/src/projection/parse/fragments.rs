//! What comes in as a fragment of a `macro_rules!` stands in an invisible group. The compiler drops such a group when it
//! comes out of a procedural macro (rust-lang/rust#67062), and what the group held together falls apart: with
//! `dyn A + B` for `$t`, `&'a $t` would be read as `(&'a dyn A) + B`, and with `for<'a> fn(&'a u8)`, the predicate `$t: Bound` as one for all
//! `'a` of `fn(&'a u8)`. So parentheses take its place there. Groups inside of other groups are safe: those are handed back as they came.

use crate::quote::Tokens;
use crate::tokens::{Cursor, is_ident, is_lifetime_fragment, is_punct};
use proc_macro2::{Delimiter, Group, Span, TokenStream, TokenTree};

/// The same type, bound or predicate, whatever becomes of its invisible groups.
pub(super) fn held_together(mut tokens: Vec<TokenTree>) -> Tokens {
    for token in &mut tokens {
        let TokenTree::Group(group) = &*token else { continue };
        if group.delimiter() == Delimiter::None && (has_plus(group.stream()) || begins_with_binder(group.stream())) {
            let mut group = Group::new(Delimiter::Parenthesis, group.stream());
            group.set_span(Span::call_site());
            *token = group.into();
        }
    }
    tokens.into_iter().collect()
}

/// The same for what stands in brackets of any kind, and may be an expression: `2 * $n` as well as `&$t`.
pub(in crate::projection) fn held_in_brackets(mut tokens: Vec<TokenTree>) -> Tokens {
    for index in 0..tokens.len() {
        let TokenTree::Group(group) = &tokens[index] else { continue };
        if group.delimiter() != Delimiter::None || is_lifetime_fragment(&tokens[index]) {
            continue;
        }
        let before = index.checked_sub(1).and_then(|before| tokens.get(before));
        let behind = tokens.get(index + 1);
        let binds = before.is_some_and(is_operator)
            || behind.is_some_and(|token| is_operator(token) || is_ident(token, "as"))
            || ends_in_reference(&tokens[..index]);
        // A literal may have a minus before it, and is no more than that.
        let mut inner = Cursor::new(group.stream());
        inner.open_invisible();
        inner.punct('-');
        inner.next();
        if binds && inner.rest().iter().any(|token| is_operator(token) || is_ident(token, "as")) {
            let mut group = Group::new(Delimiter::Parenthesis, group.stream());
            group.set_span(Span::call_site());
            tokens[index] = group.into();
        }
    }
    tokens.into_iter().collect()
}

/// Whether this is a sign that can bind stronger than those in a fragment.
fn is_operator(token: &TokenTree) -> bool {
    matches!(token, TokenTree::Punct(punct) if "+-*/%^&|!=<>.".contains(punct.as_char()))
}

/// Whether a type behind these is what a reference or a pointer is to.
fn ends_in_reference(before: &[TokenTree]) -> bool {
    match before {
        [.., tick, TokenTree::Ident(_)] if is_punct(tick, '\'') => true,
        [.., last] => {
            is_punct(last, '&') || is_ident(last, "mut") || is_ident(last, "const") || is_lifetime_fragment(last)
        }
        [] => false,
    }
}

/// Whether this is a type with a `for<…>` before it, which would become that of the predicate.
fn begins_with_binder(ty: TokenStream) -> bool {
    let mut ty = Cursor::new(ty);
    ty.open_invisible();
    ty.peek_keyword("for")
}

fn has_plus(ty: TokenStream) -> bool {
    let mut ty = Cursor::new(ty);
    ty.open_invisible();
    ty.take_until(|token| is_punct(token, '+'));
    !ty.is_empty()
}
