//! Macros that take a format string, and those of `tracing`, which take fields before it: all of them borrow their arguments.

use proc_macro2::TokenStream;
use syn::ext::IdentExt as _;
use syn::parse::{ParseStream, Parser as _};
use syn::{Expr, Ident, Token};

use crate::graph::Action;
use crate::lower::value::Lent;
use crate::lower::{Builder, line_of};

impl Builder<'_> {
    pub(super) fn format(&mut self, tokens: &TokenStream) -> Option<Vec<Lent>> {
        let arguments = arguments.parse2(tokens.clone()).ok()?;
        Some(self.format_expressions_lent(&arguments))
    }

    pub(super) fn format_expressions(&mut self, arguments: &[Expr]) {
        self.format_expressions_lent(arguments);
    }

    fn format_expressions_lent(&mut self, arguments: &[Expr]) -> Vec<Lent> {
        let mut loans = Vec::new();
        for argument in arguments {
            match argument {
                Expr::Lit(syn::ExprLit { lit: syn::Lit::Str(text), .. }) => {
                    let line = line_of(text.span());
                    for name in inline_names(&text.value()) {
                        if let Some(local) = self.resolve(&name) {
                            self.step(local, Action::Borrow, line);
                        }
                    }
                }
                // A name without a value: what `tracing` records as a field is borrowed as well.
                Expr::Assign(named) => loans.extend(self.reference(&named.right, false).loans),
                other => loans.extend(self.reference(other, false).loans),
            }
        }
        loans
    }
}

/// `"…", x, name = y, ?z, field.name = %w, target: "…"`.
fn arguments(input: ParseStream<'_>) -> syn::Result<Vec<Expr>> {
    let mut arguments = Vec::new();
    while !input.is_empty() {
        if input.peek(syn::token::Brace) && arguments.is_empty() {
            // The fields of a log line in braces.
            let fields;
            syn::braced!(fields in input);
            arguments.extend(self::arguments(&fields)?);
        } else {
            skip_name(input)?;
            if input.peek(Token![?]) {
                input.parse::<Token![?]>()?;
            } else if input.peek(Token![%]) {
                input.parse::<Token![%]>()?;
            }
            arguments.push(input.parse()?);
        }
        if !input.is_empty() {
            input.parse::<Option<Token![,]>>()?;
            input.parse::<Option<Token![;]>>()?;
        }
    }
    Ok(arguments)
}

/// `name =`, `some.field =`, `target:`, `"quoted name" =`.
fn skip_name(input: ParseStream<'_>) -> syn::Result<()> {
    let ahead = input.fork();
    if ahead.peek(syn::LitStr) && ahead.peek2(Token![=]) {
        input.parse::<syn::LitStr>()?;
        input.parse::<Token![=]>()?;
        return Ok(());
    }
    if ahead.call(Ident::parse_any).is_err() {
        return Ok(());
    }
    let mut words = 1;
    while ahead.peek(Token![.]) && ahead.peek2(Ident::peek_any) {
        ahead.parse::<Token![.]>()?;
        ahead.call(Ident::parse_any)?;
        words += 1;
    }
    let is_named = ahead.peek(Token![=]) && !ahead.peek(Token![==]) && !ahead.peek(Token![=>]);
    let is_labelled = words == 1 && ahead.peek(Token![:]) && !ahead.peek(Token![::]);
    if is_named || is_labelled {
        for _ in 0..words * 2 {
            input.parse::<proc_macro2::TokenTree>()?;
        }
    }
    Ok(())
}

/// The names in a format string: `{name}`, `{name:?}`, `{:width$}`.
fn inline_names(text: &str) -> Vec<String> {
    let mut names = Vec::new();
    let mut rest = text;
    while let Some(start) = rest.find('{') {
        rest = &rest[start + 1..];
        if let Some(escaped) = rest.strip_prefix('{') {
            rest = escaped;
            continue;
        }
        let Some(end) = rest.find('}') else { break };
        let (name, spec) = rest[..end].split_once(':').unwrap_or((&rest[..end], ""));
        let is_name = |text: &str| {
            text.starts_with(|first: char| first.is_alphabetic() || first == '_')
                && text.chars().all(|letter| letter.is_alphanumeric() || letter == '_')
        };
        names.extend(Some(name.trim().to_owned()).filter(|name| is_name(name)));
        for part in spec.split('$').rev().skip(1) {
            let word = part.rsplit(|letter: char| !(letter.is_alphanumeric() || letter == '_')).next().unwrap_or("");
            names.extend(Some(word.to_owned()).filter(|name| is_name(name)));
        }
        rest = &rest[end + 1..];
    }
    names
}

#[cfg(test)]
mod tests {
    use super::inline_names;

    #[test]
    fn names_in_a_format_string() {
        assert_eq!(inline_names("a {b} {{c}} {d:?} {:>e$} {0} {f:>g$.h$} {"), ["b", "d", "e", "f", "h", "g"]);
    }
}
