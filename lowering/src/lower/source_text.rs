//! Where an expression begins, and how it reads.

use proc_macro2::{Delimiter, Span, TokenStream, TokenTree};
use quote::ToTokens as _;
use syn::Expr;

use super::line_of;

/// The line in which an expression begins.
pub(super) fn first_line(expression: &Expr) -> u32 {
    line_of(first_span(expression))
}

/// Where an expression begins.
pub(super) fn first_span(expression: &Expr) -> Span {
    match expression {
        Expr::Assign(it) => first_span(&it.left),
        Expr::Await(it) => first_span(&it.base),
        Expr::Binary(it) => first_span(&it.left),
        Expr::Call(it) => first_span(&it.func),
        Expr::Cast(it) => first_span(&it.expr),
        Expr::Field(it) => first_span(&it.base),
        Expr::Index(it) => first_span(&it.expr),
        Expr::MethodCall(it) => first_span(&it.receiver),
        Expr::Try(it) => first_span(&it.expr),
        Expr::Group(it) => first_span(&it.expr),
        Expr::Paren(it) => it.paren_token.span.open(),
        Expr::Tuple(it) => it.paren_token.span.open(),
        Expr::Array(it) => it.bracket_token.span.open(),
        Expr::Repeat(it) => it.bracket_token.span.open(),
        Expr::Block(it) => it.block.brace_token.span.open(),
        Expr::Async(it) => it.async_token.span,
        Expr::If(it) => it.if_token.span,
        Expr::Match(it) => it.match_token.span,
        Expr::Loop(it) => it.loop_token.span,
        Expr::While(it) => it.while_token.span,
        Expr::ForLoop(it) => it.for_token.span,
        Expr::Unsafe(it) => it.unsafe_token.span,
        Expr::Reference(it) => it.and_token.spans[0],
        _ => expression.to_token_stream().into_iter().next().map_or_else(Span::call_site, |token| token.span()),
    }
}

/// An expression as the name of the value that it gives: as it is written, without spaces that nobody writes, and cut.
pub(super) fn short(expression: &Expr) -> String {
    const LONGEST: usize = 40;
    let mut text = String::new();
    write(expression.to_token_stream(), &mut text, LONGEST);
    if text.chars().count() > LONGEST {
        text = text.chars().take(LONGEST - 1).collect();
        text.push('…');
    }
    text
}

fn write(tokens: TokenStream, text: &mut String, longest: usize) {
    for token in tokens {
        // What is cut off need not be written.
        if text.len() > 4 * longest {
            return;
        }
        match token {
            TokenTree::Group(group) => {
                let (open, close) = match group.delimiter() {
                    Delimiter::Parenthesis => ("(", ")"),
                    Delimiter::Bracket => ("[", "]"),
                    Delimiter::Brace => (" {", "}"),
                    Delimiter::None => ("", ""),
                };
                text.push_str(open);
                write(group.stream(), text, longest);
                text.push_str(close);
            }
            TokenTree::Punct(punct) => {
                text.push(punct.as_char());
                if punct.as_char() == ',' {
                    text.push(' ');
                }
            }
            TokenTree::Ident(_) | TokenTree::Literal(_) => {
                if text.ends_with(|last: char| last.is_alphanumeric() || last == '_' || last == '"') {
                    text.push(' ');
                }
                text.push_str(&token.to_string());
            }
        }
    }
}
