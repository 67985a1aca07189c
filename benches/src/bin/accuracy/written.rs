//! What is written in a file: which names, and which lines are in macros.
//! The compiler also stores locals that no source names: those of `for` loops, of macros, of
//! what an attribute made of a function.

use std::collections::{BTreeMap, BTreeSet};
use std::ops::RangeInclusive;

use proc_macro2::{TokenStream, TokenTree};

use crate::facts::{Body, Suspend};

/// The identifiers of a file with their lines, but for the names of methods and fields, and what stands before a `::`.
#[derive(Default)]
pub(crate) struct Names {
    lines: BTreeMap<String, BTreeSet<u32>>,
    /// The bodies of `macro_rules!`.
    rules: Vec<RangeInclusive<u32>>,
    attributes: Vec<RangeInclusive<u32>>,
}

impl Names {
    pub(crate) fn of(text: &str) -> Self {
        let mut names = Names::default();
        if let Ok(tokens) = text.parse() {
            names.add(tokens);
        }
        names
    }

    fn add(&mut self, tokens: TokenStream) {
        let mut is_after_dot = false;
        let (mut is_rules, mut is_attribute) = (false, false);
        let tokens: Vec<TokenTree> = tokens.into_iter().collect();
        let is_colon = |at: usize| matches!(tokens.get(at), Some(TokenTree::Punct(punct)) if punct.as_char() == ':');
        for (at, token) in tokens.iter().enumerate() {
            // `futures::join!` names no variable.
            let is_path = is_colon(at + 1) && is_colon(at + 2);
            match token {
                TokenTree::Ident(ident) if !is_after_dot && !is_path => {
                    let name = ident.to_string().trim_start_matches("r#").to_owned();
                    self.lines.entry(name).or_default().insert(ident.span().start().line as u32);
                }
                TokenTree::Group(group) => {
                    let lines = group.span_open().start().line as u32..=group.span_close().end().line as u32;
                    if is_rules {
                        self.rules.push(lines);
                    } else if is_attribute {
                        self.attributes.push(lines);
                    }
                    self.add(group.stream());
                }
                _ => {}
            }
            // `macro_rules ! name { … }`
            is_rules = match token {
                TokenTree::Ident(ident) => is_rules || ident == "macro_rules",
                TokenTree::Punct(punct) => is_rules && punct.as_char() == '!',
                _ => false,
            };
            is_attribute = matches!(token, TokenTree::Punct(punct) if punct.as_char() == '#');
            // `..` and `..=` are followed by values.
            is_after_dot = matches!(token, TokenTree::Punct(punct) if punct.as_char() == '.' && !is_after_dot);
        }
    }

    pub(crate) fn is_in_macro_rules(&self, line: u32) -> bool {
        self.rules.iter().any(|lines| lines.contains(&line))
    }

    /// The body with the suspend points that a macro of its own makes as those of any other macro.
    pub(crate) fn without_lines_of_macros(&self, body: &Body) -> Body {
        let mut body = body.clone();
        for suspend in &mut body.suspends {
            if let Some(line) = suspend.line.filter(|line| self.is_in_macro_rules(*line)) {
                *suspend = Suspend {
                    line: None,
                    own_line: Some(line),
                    elsewhere: Some(format!("line {line}")),
                    ..suspend.clone()
                };
            }
        }
        body
    }

    /// On a line of an attribute, and no async body is written there.
    pub(crate) fn is_in_attribute(&self, line: u32) -> bool {
        self.attributes.iter().any(|lines| lines.contains(&line)) && !self.has("async", line..=line)
    }

    pub(crate) fn has(&self, name: &str, lines: RangeInclusive<u32>) -> bool {
        self.lines.get(name).is_some_and(|there| there.range(lines).next().is_some())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn methods_are_no_names() {
        let names = Names::of("fn f(a: u8) {\n for x in a.iter() { g!(y, 0..z); h::i() }\n}");
        assert!(names.has("x", 2..=2) && names.has("y", 2..=2) && names.has("z", 2..=2));
        assert!(!names.has("iter", 1..=3) && !names.has("h", 1..=3));
        assert!(!names.has("a", 3..=3));
    }

    #[test]
    fn macros_and_attributes_are_known() {
        let names = Names::of("macro_rules! m {\n () => { async {} }\n}\nm! {\n}\n#[a(\nb)]\nfn f() {}");
        assert_eq!([1, 2, 3, 4, 5].map(|line| names.is_in_macro_rules(line)), [true, true, true, false, false]);
        assert_eq!([5, 6, 7, 8].map(|line| names.is_in_attribute(line)), [false, true, true, false]);
    }
}
