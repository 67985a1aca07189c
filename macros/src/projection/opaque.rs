//! Tokens whose meaning can be seen, and tokens whose meaning cannot.
//!
//! Types and bounds are repeated in generated items. Where every token can be seen, the repetition means what the original
//! means. What a macro expands to cannot be seen: it could name an item of ours, or be different each time. There is more than one
//! way to call one (`m!()`, `$path!()` with the name in an invisible group, an attribute on a statement in an array length), so
//! this is a list of what is *allowed*; all else is opaque.

use crate::quote::Tokens;
use crate::tokens::is_word;
use proc_macro2::{Delimiter, Ident, TokenTree};

/// What braces mean where they stand.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Braces {
    /// A block, in which statements may stand: opaque.
    Opaque,
    /// Seen through, like any other group.
    Open,
}

/// The first token that cannot be seen through.
pub(super) fn opaque_token(tokens: &Tokens, braces: Braces) -> Option<TokenTree> {
    Scan { before: Before::Start, braces }.tokens(tokens.iter().cloned())
}

/// What stands before a token, as far as it decides whether a `!` calls a macro.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Before {
    Start,
    /// A name or a keyword that can end the path of a macro.
    Name,
    /// `mut`, `const`, or the name of a lifetime: a type follows, which may be `!`.
    NoPath,
    Tick,
    Minus,
    /// Any other sign behind which a type or an operand may begin.
    Sign,
    /// `>`, a literal, or a group.
    Closed,
}

struct Scan {
    before: Before,
    braces: Braces,
}

impl Scan {
    fn tokens(&mut self, tokens: impl Iterator<Item = TokenTree>) -> Option<TokenTree> {
        for token in tokens {
            if let Some(opaque) = self.token(token) {
                return Some(opaque);
            }
        }
        None
    }

    fn token(&mut self, token: TokenTree) -> Option<TokenTree> {
        self.before = match &token {
            TokenTree::Ident(_) if self.before == Before::Tick => Before::NoPath,
            // Not `r#mut`, which can be the name of a macro.
            TokenTree::Ident(name) if matches!(name.to_string().as_str(), "mut" | "const") => Before::NoPath,
            TokenTree::Ident(_) => Before::Name,
            TokenTree::Literal(_) => Before::Closed,
            TokenTree::Group(group) => match group.delimiter() {
                // A fragment is seen as its tokens in a row: what stands behind it may belong to what is in it.
                Delimiter::None => return self.tokens(group.stream().into_iter()),
                Delimiter::Brace if self.braces == Braces::Opaque => return Some(token),
                Delimiter::Brace | Delimiter::Parenthesis | Delimiter::Bracket => {
                    let inside = Scan { before: Before::Start, braces: self.braces }.tokens(group.stream().into_iter());
                    if inside.is_some() {
                        return inside;
                    }
                    Before::Closed
                }
            },
            TokenTree::Punct(punct) => match punct.as_char() {
                '\'' => Before::Tick,
                '-' => Before::Minus,
                '>' if self.before == Before::Minus => Before::Sign,
                '>' => Before::Closed,
                '!' if !matches!(self.before, Before::Name | Before::Closed) => Before::Sign,
                '<' | ',' | ':' | ';' | '&' | '*' | '+' | '=' | '?' | '.' | '|' | '/' | '%' | '^' => Before::Sign,
                _ => return Some(token),
            },
        };
        None
    }
}

/// Whether the tokens are this one name and nothing else, be it in the invisible group of a fragment or not.
pub(super) fn is_the_name(tokens: &Tokens, name: &Tokens) -> bool {
    match (the_name(tokens), the_name(name)) {
        (Some(one), Some(other)) => is_word(&one, &other.to_string()),
        _ => false,
    }
}

fn the_name(tokens: &Tokens) -> Option<Ident> {
    let mut trees = tokens.iter();
    match (trees.next()?, trees.next()) {
        (TokenTree::Ident(name), None) => Some(name.clone()),
        (TokenTree::Group(group), None) if group.delimiter() == Delimiter::None => the_name(&group.stream().into()),
        _ => None,
    }
}
