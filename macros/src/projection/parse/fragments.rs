//! What comes in as a fragment of a `macro_rules!` stands in an invisible group. The compiler drops such a group when it
//! comes out of a procedural macro (rust-lang/rust#67062), and what the group held together falls apart: with
//! `dyn A + B` for `$t`, `&'a $t` would be read as `(&'a dyn A) + B`. So parentheses take its place there. Groups inside of
//! other groups are safe: those are handed back as they came.

use crate::quote::Tokens;
use crate::tokens::{Cursor, is_ident, is_lifetime_fragment, is_punct};
use proc_macro2::{Delimiter, Group, Span, TokenStream, TokenTree};

/// The same type, bound or predicate, whatever becomes of its invisible groups.
pub(super) fn held_together(mut tokens: Vec<TokenTree>) -> Tokens {
    for index in 1..tokens.len() {
        let TokenTree::Group(group) = &tokens[index] else { continue };
        if group.delimiter() == Delimiter::None && ends_in_reference(&tokens[..index]) && has_plus(group.stream()) {
            let mut group = Group::new(Delimiter::Parenthesis, group.stream());
            group.set_span(Span::call_site());
            tokens[index] = group.into();
        }
    }
    tokens.into_iter().collect()
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

fn has_plus(ty: TokenStream) -> bool {
    let mut ty = Cursor::new(ty);
    ty.open_invisible();
    ty.take_until(|token| is_punct(token, '+'));
    !ty.is_empty()
}
