//! Cuts what stands between the braces of an `impl` or a module into items, without understanding them: whatever is between the
//! braces, all tokens are in one of the pieces, in their order.

use crate::quote::Tokens;
use crate::tokens::{Cursor, is_punct};
use proc_macro2::{Delimiter, TokenTree};

/// What an item begins with, after attributes and visibility.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Head {
    Function,
    Impl,
    Module,
    /// It has a brace somewhere in it, and ends with a semicolon.
    EndsWithSemicolon,
    /// It is not finished: nothing can be said of it yet.
    Unfinished,
    Other,
}

/// An item: its attributes, and what follows them.
pub(crate) struct Piece {
    pub(crate) attributes: Vec<[TokenTree; 2]>,
    pub(crate) rest: Tokens,
    pub(crate) head: Head,
}

pub(crate) fn piece(tokens: impl IntoIterator<Item = TokenTree>) -> Piece {
    let mut cursor = Cursor::new(tokens);
    let attributes = attributes(&mut cursor);
    let head = head(cursor.clone());
    Piece { attributes, rest: cursor.rest(), head }
}

pub(crate) fn pieces(tokens: impl IntoIterator<Item = TokenTree>) -> Vec<Piece> {
    let mut cursor = Cursor::new(tokens);
    let mut pieces = Vec::new();
    while !cursor.is_empty() {
        let attributes = attributes(&mut cursor);
        let head = head(Cursor::new(upcoming(&cursor)));
        let mut rest: Tokens = match head {
            Head::EndsWithSemicolon => cursor.take_until(|token| is_punct(token, ';')),
            _ => cursor.take_until(|token| is_punct(token, ';') || is_brace(token)),
        }
        .into_iter()
        .collect();
        rest.extend(cursor.next());
        pieces.push(Piece { attributes, rest, head });
    }
    pieces
}

/// As many tokens as a head can have, so that looking ahead costs the same everywhere.
fn upcoming(cursor: &Cursor) -> Vec<TokenTree> {
    cursor.upcoming(16)
}

fn attributes(cursor: &mut Cursor) -> Vec<[TokenTree; 2]> {
    let mut attributes = Vec::new();
    // Inner attributes, `#![…]`, belong to what is around.
    while let Some(attribute) = cursor.attribute() {
        attributes.push(attribute.tokens());
    }
    attributes
}

fn head(mut cursor: Cursor) -> Head {
    cursor.visibility();
    let mut qualified = false;
    loop {
        let Some(token) = cursor.next() else {
            return if qualified { Head::Unfinished } else { Head::Other };
        };
        let TokenTree::Ident(word) = token else { return Head::Other };
        match word.to_string().as_str() {
            "fn" => return Head::Function,
            "impl" => return Head::Impl,
            "mod" => return Head::Module,
            "async" | "unsafe" | "safe" | "default" | "gen" => qualified = true,
            "const" if is_qualifier(&cursor) => qualified = true,
            "extern" if matches!(cursor.peek(), Some(TokenTree::Literal(_))) => {
                cursor.next();
                qualified = true;
            }
            "extern" if cursor.peek_keyword("fn") => qualified = true,
            "const" | "static" | "use" | "type" | "extern" => return Head::EndsWithSemicolon,
            _ => return Head::Other,
        }
    }
}

/// Whether a `const` says something of a function.
fn is_qualifier(after: &Cursor) -> bool {
    ["fn", "async", "unsafe", "extern", "gen"].iter().any(|word| after.peek_keyword(word))
}

fn is_brace(token: &TokenTree) -> bool {
    matches!(token, TokenTree::Group(group) if group.delimiter() == Delimiter::Brace)
}
