//! Whatever tokens come in: no panic, no silence, and n mistakes are n errors beside what can still be projected.

use crate::projection::{self, Door, Facade};
use proc_macro2::{Delimiter, Group, Ident, Literal, Punct, Spacing, Span, TokenStream, TokenTree};

fn derive(item: &str) -> String {
    projection::derive(item.parse().unwrap(), Door::Derive).to_string()
}

fn errors(output: &str) -> usize {
    output.matches("compile_error").count()
}

/// Half-typed items: how many errors, and what is projected all the same.
#[test]
fn half_typed_input() {
    let cases = [
        ("struct S { a: }", 0, "fn project"),
        ("struct S { #[pin] }", 0, "fn project"),
        ("struct S { #[pin] a: u8, b: }", 0, "a : __pinsight_0"),
        ("struct S", 0, "fn project"),
        ("struct S<T", 0, "fn project"),
        ("struct S { a: u8, , b: u8 }", 0, "fn project"),
        ("enum E { A { #[pin] }, B( }", 0, ""),
        ("enum E", 1, ""),
        ("struct", 1, ""),
        ("", 1, ""),
        ("fn f() {}", 1, ""),
        ("union U { a: u8 }", 1, ""),
        ("#[pin(project = )] struct S { #[pin] a: u8 }", 1, "fn project"),
        ("#[pin(project)] struct S { #[pin] a: u8 }", 1, "fn project"),
        ("#[pin(,)] struct S { #[pin] a: u8 }", 1, "fn project"),
        ("#[pin(!)] struct S { #[pin] a: u8 }", 1, "fn project"),
        ("#[pin] struct S { #[pin] a: u8 }", 1, "fn project"),
        ("#[pin(a, b, c)] struct S { #[pin(d)] a: u8 }", 4, "fn project"),
        ("#[pin(project = S)] struct S { #[pin] a: u8 }", 1, "fn project"),
    ];
    for (input, expected, kept) in cases {
        let Ok(tokens) = input.parse::<TokenStream>() else {
            continue; // unbalanced: no macro is ever given that
        };
        let output = projection::derive(tokens, Door::Derive).to_string();
        assert_eq!(errors(&output), expected, "{input}: {output}");
        assert!(output.contains(kept), "{input}: {output}");
    }
}

#[test]
fn the_item_survives_its_attribute() {
    for item in ["fn f () { }", "union U { a : u8 }", "impl S { }", "struct S { a : }"] {
        let output = projection::hand_over(TokenStream::new(), item.parse().unwrap(), Facade::Pinsight).to_string();
        assert!(output.contains(item), "{item}: {output}");
    }
}

/// The names that are introduced are none of the item's own.
/// The error may come to nothing: in edition 2015, a module `core` of the user's can have a `compile_error` that says nothing.
#[test]
fn what_is_refused_has_methods_that_project_nothing() {
    for item in [
        "#[repr(packed)] struct S { #[pin] a: u8 }",
        "#[pin(project_replace)] struct S<T> where m!(): Copy { #[pin] a: T, b: u8 }",
        "struct S<const N: usize = { m!() }> { #[pin] a: [u8; N] }",
        "enum S<T> where T: Is<m!()> { A(#[pin] T), B }",
        "#[some::macro_of_theirs] struct S { #[pin] a: u8 }",
    ] {
        let output = derive(item);
        assert_eq!(errors(&output), 1, "{item}: {output}");
        assert!(output.contains("fn project (") && !output.contains("unsafe {"), "{item}: {output}");
    }
}

#[test]
fn introduced_names_are_fresh() {
    let output = derive("struct S<'pin, T> { #[pin] a: X<&'pin T>, b: __SProjection }");
    assert!(output.contains("struct __SProjection_ < 'pin_"), "{output}");
}

/// The same tokens give the same output, here and in another process.
#[test]
fn expansion_is_deterministic() {
    const ITEM: &str = "#[pin(project_replace, PinnedDrop, what)] enum E<'a, T: Tr<X = Y>, const N: usize> where T: Q \
                        { A { #[pin] a: T, b: [&'a u8; N] }, B(#[pin] m!(T)), C = 3 }";
    const ASKED: &str = "PINSIGHT_TEST_PRINTS_EXPANSION";
    let here = derive(ITEM);
    assert_eq!(here, derive(ITEM));
    if std::env::var_os(ASKED).is_some() {
        println!("<<<{here}>>>");
        return;
    }
    let this = std::env::current_exe().unwrap();
    let arguments = ["--exact", "tests::robustness::expansion_is_deterministic", "--nocapture"];
    let other = std::process::Command::new(this).args(arguments).env(ASKED, "1").output().unwrap();
    let other = String::from_utf8(other.stdout).unwrap();
    assert!(other.contains(&format!("<<<{here}>>>")), "{other}");
}

/// A small generator of numbers: the same ones each time.
pub(super) struct Numbers(pub(super) u64);

impl Numbers {
    pub(super) fn below(&mut self, bound: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        usize::try_from(self.0 >> 33).unwrap() % bound
    }
}

const WORDS: [&str; 34] = [
    "struct",
    "enum",
    "union",
    "impl",
    "pub",
    "crate",
    "in",
    "where",
    "for",
    "fn",
    "const",
    "unsafe",
    "pin",
    "project",
    "project_ref",
    "project_replace",
    "PinnedDrop",
    "UnsafeUnpin",
    "Unpin",
    "__private",
    "repr",
    "packed",
    "doc",
    "Self",
    "self",
    "mut",
    "dyn",
    "drop",
    "Pin",
    "S",
    "T",
    "a",
    "r#type",
    "__pinsight",
];
const SIGNS: [char; 14] = ['#', '<', '>', ',', ':', ';', '=', '!', '\'', '&', '-', '+', '?', '.'];

pub(super) fn arbitrary(numbers: &mut Numbers, depth: usize) -> TokenStream {
    (0..numbers.below(14)).map(|_| token(numbers, depth)).collect()
}

fn token(numbers: &mut Numbers, depth: usize) -> TokenTree {
    match numbers.below(if depth == 0 { 8 } else { 11 }) {
        0..=3 => {
            let word = WORDS[numbers.below(WORDS.len())];
            let raw = word.strip_prefix("r#").map(|word| Ident::new_raw(word, Span::call_site()));
            raw.unwrap_or_else(|| Ident::new(word, Span::call_site())).into()
        }
        4..=6 => {
            let sign = SIGNS[numbers.below(SIGNS.len())];
            // A lone tick is not a token: the compiler only ever gives one with its name.
            let spacing = if sign == '\'' || numbers.below(3) == 0 { Spacing::Joint } else { Spacing::Alone };
            Punct::new(sign, spacing).into()
        }
        7 => Literal::string("x").into(),
        other => {
            let delimiter = [Delimiter::Parenthesis, Delimiter::Brace, Delimiter::Bracket, Delimiter::None];
            Group::new(delimiter[(other + numbers.below(4)) % 4], arbitrary(numbers, depth - 1)).into()
        }
    }
}

/// An item of the right outline with anything in its places: what finds more than noise does.
fn outlined(numbers: &mut Numbers) -> TokenStream {
    let mut piece = || arbitrary(numbers, 2).to_string();
    let (on_type, name, fields, tail) = (piece(), piece(), piece(), piece());
    let text = format!("#[pin({on_type})] pub struct S<T, {name}> where T: X, {{ #[pin] a: T, {fields} }} {tail}");
    text.parse().unwrap_or_default()
}

#[test]
fn arbitrary_tokens_do_no_harm() {
    let mut numbers = Numbers(0x9e37_79b9_7f4a_7c15);
    for _ in 0..4_000 {
        let item = if numbers.below(2) == 0 { arbitrary(&mut numbers, 3) } else { outlined(&mut numbers) };
        let arguments = arbitrary(&mut numbers, 1);
        let outputs = [
            projection::derive(item.clone(), Door::Derive),
            projection::derive(item.clone(), Door::HandedOver),
            projection::hand_over(arguments.clone(), item.clone(), Facade::Pinsight),
            projection::pinned_drop(arguments, item.clone(), Facade::PinProject),
            projection::lite(item.clone()),
        ];
        for output in outputs {
            assert!(!output.is_empty(), "silence about {item}");
        }
    }
}
