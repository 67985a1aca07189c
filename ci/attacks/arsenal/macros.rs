//! Procedural macros that an attack may have in a dependency. None of them emits `unsafe`.

extern crate proc_macro;

use proc_macro::{Delimiter, TokenStream, TokenTree};
use std::collections::BTreeMap;
use std::sync::Mutex;

/// `spell!("text")` is the text as tokens, so that no token of it stands where the macro is called.
#[proc_macro]
pub fn spell(text: TokenStream) -> TokenStream {
    text.to_string().trim_matches('"').parse().expect("the text is Rust")
}

/// `#[rename("a" => "b")]` replaces a word by other tokens, wherever it stands in the item. All others stay the very same.
#[proc_macro_attribute]
pub fn rename(arguments: TokenStream, item: TokenStream) -> TokenStream {
    let arguments = arguments.to_string();
    let quoted: Vec<&str> = arguments.split('"').collect();
    let [_, from, _, to, ..] = quoted[..] else { panic!("expected `\"from\" => \"to\"`") };
    replaced(item, from, &to.parse().expect("the new tokens are Rust"))
}

fn replaced(tokens: TokenStream, from: &str, to: &TokenStream) -> TokenStream {
    let replace = |token: TokenTree| match token {
        TokenTree::Ident(word) if word.to_string() == from => to.clone(),
        TokenTree::Group(group) => {
            let mut inner = proc_macro::Group::new(group.delimiter(), replaced(group.stream(), from, to));
            inner.set_span(group.span());
            TokenTree::Group(inner).into()
        }
        other => other.into(),
    };
    tokens.into_iter().flat_map(replace).collect()
}

/// `#[swap("a b" => "c")]` replaces a sequence of tokens by another, wherever it stands in the item. All others stay the same.
#[proc_macro_attribute]
pub fn swap(arguments: TokenStream, item: TokenStream) -> TokenStream {
    let arguments = arguments.to_string();
    let quoted: Vec<&str> = arguments.split('"').collect();
    let [_, from, _, to, ..] = quoted[..] else { panic!("expected `\"from\" => \"to\"`") };
    let parts = |text: &str| {
        let mut parts = Vec::new();
        flatten(text.parse().expect("the tokens are Rust"), &mut parts);
        parts
    };
    let (from, to) = (parts(from), parts(to));
    let mut whole = Vec::new();
    flatten(item, &mut whole);
    let texts = |parts: &[Part]| parts.iter().map(Part::text).collect::<Vec<_>>();
    let (pattern, mut at, mut found) = (texts(&from), 0, false);
    while at + from.len() <= whole.len() {
        if texts(&whole[at..at + from.len()]) == pattern {
            whole.splice(at..at + from.len(), to.iter().cloned());
            at += to.len();
            found = true;
        } else {
            at += 1;
        }
    }
    assert!(found, "`{pattern:?}` is not in the item");
    nest(&mut whole.into_iter())
}

/// A token, or one end of a group.
#[derive(Clone)]
enum Part {
    Open(Delimiter),
    Close,
    Token(TokenTree),
}

impl Part {
    fn text(&self) -> String {
        match self {
            Part::Open(delimiter) => format!("{delimiter:?}"),
            Part::Close => "close".into(),
            Part::Token(token) => token.to_string(),
        }
    }
}

fn flatten(tokens: TokenStream, parts: &mut Vec<Part>) {
    for token in tokens {
        match token {
            TokenTree::Group(group) => {
                parts.push(Part::Open(group.delimiter()));
                flatten(group.stream(), parts);
                parts.push(Part::Close);
            }
            token => parts.push(Part::Token(token)),
        }
    }
}

fn nest(parts: &mut dyn Iterator<Item = Part>) -> TokenStream {
    let mut tokens = TokenStream::new();
    while let Some(part) = parts.next() {
        match part {
            Part::Open(delimiter) => {
                let group = proc_macro::Group::new(delimiter, nest(parts));
                tokens.extend([TokenTree::Group(group)]);
            }
            Part::Close => break,
            Part::Token(token) => tokens.extend([token]),
        }
    }
    tokens
}

/// Leaves an item as it is.
#[proc_macro_attribute]
pub fn nothing(_: TokenStream, item: TokenStream) -> TokenStream {
    item
}

/// `turn!("key" 5 "a" "b")` is `b`, but `a` in those of the first calls with this key whose bits are set in the number.
#[proc_macro]
pub fn turn(arguments: TokenStream) -> TokenStream {
    static CALLS: Mutex<BTreeMap<String, u32>> = Mutex::new(BTreeMap::new());
    let arguments: Vec<String> = arguments.into_iter().map(|token| token.to_string()).collect();
    let [key, turns, one, other] = &arguments[..] else { panic!("expected a key, a number and two texts") };
    let mut calls = CALLS.lock().expect("no macro panics while it counts");
    let call = calls.entry(key.clone()).or_default();
    let turns: u32 = turns.parse().expect("the turns are a number");
    let chosen = if turns.checked_shr(*call).unwrap_or_default() & 1 == 1 { one } else { other };
    *call += 1;
    chosen.trim_matches('"').parse().expect("the text is Rust")
}

/// Removes an item.
#[proc_macro_attribute]
pub fn vanish(_: TokenStream, _: TokenStream) -> TokenStream {
    TokenStream::new()
}

/// Emits `text` before the item: `#[beside("text")]`.
#[proc_macro_attribute]
pub fn beside(text: TokenStream, item: TokenStream) -> TokenStream {
    let mut output = spell(text);
    output.extend(item);
    output
}

/// `#[defer(attribute)]` becomes `#[attribute]` behind all other attributes of the item: also behind a derive that another
/// attribute has put below.
#[proc_macro_attribute]
pub fn defer(attribute: TokenStream, item: TokenStream) -> TokenStream {
    let mut tokens = item.into_iter().peekable();
    let mut output = Vec::new();
    while let Some(TokenTree::Punct(pound)) = tokens.peek()
        && pound.as_char() == '#'
    {
        output.extend(tokens.next());
        output.extend(tokens.next());
    }
    let attribute: TokenStream = [
        TokenTree::Punct(proc_macro::Punct::new('#', proc_macro::Spacing::Alone)),
        TokenTree::Group(proc_macro::Group::new(Delimiter::Bracket, attribute)),
    ]
    .into_iter()
    .collect();
    output.into_iter().chain(attribute).chain(tokens).collect()
}

/// A derive that derives nothing.
#[proc_macro_derive(Nothing, attributes(pin))]
pub fn nothing_derived(_: TokenStream) -> TokenStream {
    TokenStream::new()
}

/// Says what it is given, with the attributes that are still to be expanded, in a constant that the expanded text shows.
#[proc_macro_attribute]
pub fn probe(_: TokenStream, item: TokenStream) -> TokenStream {
    let mut output: TokenStream = format!("const QX_PROBE: &str = {:?};", item.to_string()).parse().expect("a constant");
    output.extend(item);
    output
}
