//! `Self` in the declaration of a type means that type; copied into a projection it would mean the projection.

use super::model::{Field, Item};
use super::parse::held_in_brackets;
use crate::quote::{Tokens, quote};
use crate::tokens::{Cursor, is_braced, is_ident, is_punct, is_word};
use proc_macro2::{Delimiter, Group, Spacing, TokenTree};

/// The type of a field, as [`spelled_out`] writes it.
pub(crate) fn type_spelled_out(field: &Field, item: &Item) -> Tokens {
    if field.seen.mentions_self { spelled_out(&field.ty, item) } else { field.ty.clone() }
}

/// Replaces `Self` by the type itself, also inside the tokens of macros, but not in an item that stands in the block of an
/// array length: there it means that item's type.
pub(crate) fn spelled_out(tokens: &Tokens, item: &Item) -> Tokens {
    if !mentions_self(tokens) {
        return tokens.clone();
    }
    let (name, arguments) = (&item.name, item.generics.arguments(None));
    replace(tokens.clone(), &quote!(#name #arguments), false)
}

fn mentions_self(tokens: &Tokens) -> bool {
    tokens.iter().any(|token| match token {
        TokenTree::Ident(ident) => is_word(ident, "Self"),
        TokenTree::Group(group) => mentions_self(&group.stream().into()),
        _ => false,
    })
}

fn replace(tokens: Tokens, this: &Tokens, in_block: bool) -> Tokens {
    let mut output = Tokens::default();
    let mut tokens = Cursor::new(tokens);
    while let Some(token) = tokens.peek() {
        if in_block && begins_item(token, tokens.peek_second(), &output) {
            output.extend(tokens.take_until(|token| is_braced(token) || is_punct(token, ';')));
            output.extend(tokens.next());
            continue;
        }
        match tokens.next() {
            Some(TokenTree::Ident(ident)) if is_word(&ident, "Self") => {
                // `Self::N` has to become `<Type<T>>::N`: an array length is an expression.
                let leads_a_path = matches!(
                    tokens.peek(),
                    Some(TokenTree::Punct(punct)) if punct.as_char() == ':' && punct.spacing() == Spacing::Joint
                );
                output.extend(if leads_a_path { quote!(<#this>) } else { this.clone() });
            }
            Some(TokenTree::Group(group)) if mentions_self(&group.stream().into()) => {
                let in_block = match group.delimiter() {
                    Delimiter::Brace => true,
                    Delimiter::None => in_block,
                    Delimiter::Parenthesis | Delimiter::Bracket => false,
                };
                // A group that is made anew no longer holds the fragments in it together.
                let inner = replace(held_in_brackets(group.stream().into_iter().collect()), this, in_block);
                let mut replaced = Group::new(group.delimiter(), inner.into());
                replaced.set_span(group.span());
                output.extend([TokenTree::Group(replaced)]);
            }
            token => output.extend(token),
        }
    }
    output
}

/// Whether an item begins here that has a `Self` of its own.
fn begins_item(word: &TokenTree, next: Option<&TokenTree>, before: &Tokens) -> bool {
    if ["struct", "enum", "trait"].iter().any(|keyword| is_ident(word, keyword)) {
        return true;
    }
    if is_ident(word, "union") {
        // It may also be a name.
        return matches!(next, Some(TokenTree::Ident(next)) if !is_word(next, "as"));
    }
    // `impl` may also begin a type, but not where a statement begins.
    is_ident(word, "impl")
        && before.iter().next_back().is_none_or(|before| match before {
            TokenTree::Punct(end) => end.as_char() == ';',
            TokenTree::Group(group) => matches!(group.delimiter(), Delimiter::Brace | Delimiter::Bracket),
            TokenTree::Ident(qualifier) => is_word(qualifier, "unsafe") || is_word(qualifier, "default"),
            TokenTree::Literal(_) => false,
        })
}
