//! Where an expression ends: discriminants and the default values of fields are left out of a projection, and the comma
//! behind them has to be found. In an expression `<` is mostly an operator. It opens a list where the compiler says so:
//! behind `::`, where an operand is expected (`<T as Trait>::C`), and in a type, which stands behind `as`.

use crate::tokens::{Cursor, is_braced, is_lifetime_fragment, is_punct};
use proc_macro2::{Delimiter, Spacing, TokenTree};

/// Skips an expression, up to the comma behind it.
pub(super) fn skip(cursor: &mut Cursor) {
    let mut state = State::Operand;
    while let Some(token) = cursor.peek() {
        if is_punct(token, ',') {
            return;
        }
        state = match state {
            State::Operand => operand(cursor),
            State::Operator => operator(cursor),
        };
    }
}

/// What the next token can begin.
enum State {
    /// An operand, or an operator before it.
    Operand,
    /// What goes on behind an operand.
    Operator,
}

/// Keywords behind which an operand is still to come. `async` and `try` are names in edition 2015, and need not be here:
/// what follows them is a block or another of these.
const BEFORE_AN_OPERAND: [&str; 16] = [
    "become", "box", "break", "const", "else", "if", "in", "loop", "match", "move", "mut", "return", "static",
    "unsafe", "while", "yield",
];

fn operand(cursor: &mut Cursor) -> State {
    match cursor.peek() {
        Some(token) if is_lifetime_fragment(token) => {
            cursor.next();
            State::Operand
        }
        Some(TokenTree::Punct(punct)) => match punct.as_char() {
            '<' => {
                angles(cursor);
                State::Operator
            }
            '|' => {
                closure(cursor);
                State::Operand
            }
            // `'label: loop`, and `#[attribute] operand`.
            '\'' | '#' => {
                cursor.next();
                cursor.next();
                State::Operand
            }
            // `::path`, and every prefix: `-`, `!`, `&`, `*`, `..`.
            _ => {
                cursor.next();
                State::Operand
            }
        },
        Some(TokenTree::Ident(_)) => word(cursor),
        Some(TokenTree::Literal(_) | TokenTree::Group(_)) | None => {
            cursor.next();
            State::Operator
        }
    }
}

/// A word where an operand is expected.
fn word(cursor: &mut Cursor) -> State {
    if cursor.keyword("let").is_some() {
        // A pattern: it may begin with a bar, and is an operand otherwise.
        cursor.punct('|');
        return State::Operand;
    }
    if cursor.keyword("for").is_some() {
        if cursor.peek_punct('<') {
            // `for<'a> |x: &'a u8| …`.
            angles(cursor);
        } else {
            cursor.punct('|');
        }
        return State::Operand;
    }
    let is_async_closure = cursor.peek_keyword("async") && cursor.peek_second().is_some_and(|bar| is_punct(bar, '|'));
    if is_async_closure {
        cursor.next();
        return State::Operand;
    }
    if BEFORE_AN_OPERAND.iter().any(|keyword| cursor.keyword(keyword).is_some()) {
        return State::Operand;
    }
    cursor.next();
    State::Operator
}

fn operator(cursor: &mut Cursor) -> State {
    if cursor.keyword("as").is_some() {
        skip_type(cursor);
        return State::Operator;
    }
    let Some(TokenTree::Punct(punct)) = cursor.peek().cloned() else {
        // `if x { … } else { … }`, `name { field: … }`, `call(…)`, `list[…]`.
        return match cursor.peek() {
            Some(TokenTree::Ident(_)) => word(cursor),
            _ => {
                cursor.next();
                State::Operator
            }
        };
    };
    cursor.next();
    let doubled = punct.spacing() == Spacing::Joint && cursor.peek_punct(punct.as_char());
    match punct.as_char() {
        ':' if doubled => {
            cursor.next();
            if cursor.peek_punct('<') {
                angles(cursor);
                State::Operator
            } else {
                State::Operand
            }
        }
        '?' => State::Operator,
        '.' if !doubled => {
            // A field or a method, whatever it is called.
            cursor.next();
            State::Operator
        }
        // One operator, of which the second half is no prefix.
        '<' | '|' | '.' if doubled => {
            cursor.next();
            State::Operand
        }
        _ => State::Operand,
    }
}

/// `|a, (b, c): (u8, Vec<u8, A>)| -> Type`, up to the body.
fn closure(cursor: &mut Cursor) {
    cursor.punct('|');
    cursor.take_until(|token| is_punct(token, '|'));
    cursor.punct('|');
    if cursor.arrow().is_some() {
        cursor.take_until(is_braced);
    }
}

/// A type without `+`, as it stands behind `as`.
fn skip_type(cursor: &mut Cursor) {
    loop {
        match cursor.peek() {
            Some(TokenTree::Punct(punct)) => match punct.as_char() {
                '&' | '*' | '?' | '~' | ':' => {
                    cursor.next();
                }
                '\'' => {
                    cursor.next();
                    cursor.next();
                }
                '<' => {
                    angles(cursor);
                    if !path_goes_on(cursor) {
                        return;
                    }
                }
                '!' => {
                    cursor.next();
                    return;
                }
                _ => return,
            },
            Some(token) if is_lifetime_fragment(token) => {
                cursor.next();
            }
            Some(TokenTree::Ident(_)) => {
                if TYPE_PREFIXES.iter().any(|keyword| cursor.keyword(keyword).is_some()) {
                    continue;
                }
                if cursor.keyword("for").is_some() {
                    angles(cursor);
                    continue;
                }
                cursor.next();
                if !segment_goes_on(cursor) {
                    return;
                }
            }
            // `extern "C" fn()`.
            Some(TokenTree::Literal(_)) => {
                cursor.next();
            }
            Some(TokenTree::Group(_)) => {
                cursor.next();
                if !path_goes_on(cursor) {
                    return;
                }
            }
            None => return,
        }
    }
}

/// Words in a type behind which the type is still to come.
const TYPE_PREFIXES: [&str; 7] = ["async", "const", "dyn", "extern", "impl", "mut", "unsafe"];

/// What can follow a name in a type: `<…>`, `::<…>`, `!(…)` or `(…) -> Type`. Whether the type goes on behind that.
fn segment_goes_on(cursor: &mut Cursor) -> bool {
    if cursor.peek_punct('!') && matches!(cursor.peek_second(), Some(TokenTree::Group(_))) {
        cursor.next();
        cursor.next();
        return false;
    }
    let compares = matches!(cursor.peek(), Some(TokenTree::Punct(punct)) if punct.spacing() == Spacing::Joint)
        && cursor.peek_second().is_some_and(|second| is_punct(second, '='));
    if cursor.peek_punct('<') && !compares {
        angles(cursor);
    } else if cursor.group(Delimiter::Parenthesis).is_some() && cursor.arrow().is_some() {
        return true;
    }
    path_goes_on(cursor)
}

/// Takes `::`, and the `<…>` behind it.
fn path_goes_on(cursor: &mut Cursor) -> bool {
    if cursor.path_separator().is_none() {
        return false;
    }
    if cursor.peek_punct('<') {
        angles(cursor);
        return path_goes_on(cursor);
    }
    true
}

/// Takes `<…>`.
fn angles(cursor: &mut Cursor) {
    cursor.punct('<');
    cursor.take_until(|token| is_punct(token, '>'));
    cursor.punct('>');
}
