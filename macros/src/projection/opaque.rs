//! Tokens whose meaning can be seen, and tokens whose meaning cannot.
//!
//! Types and bounds are repeated in generated items. Where every token can be seen, the repetition means what the original
//! means. What a macro expands to cannot be seen: it could name an item of ours, or be different each time. There is more than one
//! way to call one (`m!()`, `$path!()` with the name in an invisible group, an attribute on a statement in an array length), so
//! this is a list of what is *allowed*; all else is opaque.

use crate::quote::Tokens;
use crate::tokens::is_word;
use proc_macro2::{Delimiter, Ident, TokenStream, TokenTree};

/// What braces mean where they stand.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Braces {
    /// A block, in which statements may stand: opaque.
    Opaque,
    /// The end of what they stand behind, unless they stand in brackets.
    OpaqueAtTheTop,
    /// Seen through, like any other group.
    Open,
}

/// The first token that cannot be seen through.
pub(super) fn opaque_token(tokens: &Tokens, braces: Braces) -> Option<TokenTree> {
    Scan { before: Before::Start, braces }.tokens(tokens.iter())
}

/// What stands before a token, as far as it decides whether a `!` calls a macro.
enum Before {
    Start,
    /// A name or a keyword, which can end the path of a macro unless it is `mut` or `const`: behind those a type follows, which may
    /// be `!`.
    Name(Ident),
    /// The name of a lifetime.
    Lifetime,
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
    fn tokens<'t>(&mut self, tokens: impl Iterator<Item = &'t TokenTree>) -> Option<TokenTree> {
        for token in tokens {
            if let Some(opaque) = self.token(token) {
                return Some(opaque);
            }
        }
        None
    }

    fn stream(&mut self, tokens: TokenStream) -> Option<TokenTree> {
        let tokens: Vec<_> = tokens.into_iter().collect();
        self.tokens(tokens.iter())
    }

    fn token(&mut self, token: &TokenTree) -> Option<TokenTree> {
        self.before = match token {
            TokenTree::Ident(_) if matches!(self.before, Before::Tick) => Before::Lifetime,
            TokenTree::Ident(name) => Before::Name(name.clone()),
            TokenTree::Literal(_) => Before::Closed,
            TokenTree::Group(group) => match group.delimiter() {
                // A fragment is seen as its tokens in a row: what stands behind it may belong to what is in it.
                Delimiter::None => return self.stream(group.stream()),
                Delimiter::Brace if self.braces != Braces::Open => return Some(token.clone()),
                Delimiter::Brace | Delimiter::Parenthesis | Delimiter::Bracket => {
                    let braces = if self.braces == Braces::OpaqueAtTheTop { Braces::Open } else { self.braces };
                    let inside = Scan { before: Before::Start, braces }.stream(group.stream());
                    if inside.is_some() {
                        return inside;
                    }
                    Before::Closed
                }
            },
            TokenTree::Punct(punct) => match punct.as_char() {
                '\'' => Before::Tick,
                '-' => Before::Minus,
                '>' if matches!(self.before, Before::Minus) => Before::Sign,
                '>' => Before::Closed,
                '!' if !self.ends_path() => Before::Sign,
                '<' | ',' | ':' | ';' | '&' | '*' | '+' | '=' | '?' | '.' | '|' | '/' | '%' | '^' => Before::Sign,
                _ => return Some(token.clone()),
            },
        };
        None
    }

    /// Whether a `!` here would call a macro. `r#mut` can be the name of one.
    fn ends_path(&self) -> bool {
        match &self.before {
            Before::Name(name) => !is_word(name, "mut") && !is_word(name, "const"),
            Before::Closed => true,
            _ => false,
        }
    }
}
