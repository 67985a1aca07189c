//! `examples/x-expanded.rs` says what the macros in `examples/x.rs` expand to: here it is compared
//! with what they do expand to, token by token.

use crate::projection::{self, Door, Facade};
use proc_macro2::{Delimiter, TokenStream, TokenTree};
use std::fs;
use std::path::Path;

#[test]
fn expanded_examples_are_the_expansion() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../examples");
    let mut compared = 0;
    for entry in fs::read_dir(&folder).unwrap() {
        let twin = entry.unwrap().path();
        let name = twin.file_stem().unwrap().to_string_lossy().into_owned();
        let Some(name) = name.strip_suffix("-expanded") else {
            continue;
        };
        let source = fs::read_to_string(folder.join(format!("{name}.rs"))).unwrap();
        let expected = tokens(expansions(&source.parse().unwrap()));
        if std::env::var_os("PINSIGHT_BLESS").is_some()
            && tokens(marked(&fs::read_to_string(&twin).unwrap())) != expected
        {
            bless(&twin, &source);
        }
        let found = tokens(marked(&fs::read_to_string(&twin).unwrap()));
        let same = expected.iter().zip(&found).take_while(|(one, other)| one == other).count();
        let around = |tokens: &[String]| tokens[same.saturating_sub(12)..tokens.len().min(same + 12)].join(" ");
        assert!(
            expected == found,
            "{name}-expanded.rs: expected\n  {}\nfound\n  {}",
            around(&expected),
            around(&found)
        );
        compared += 1;
    }
    assert_eq!(compared, 7, "pairs of examples");
}

/// The one that there is.
const EXPLAIN: &str = "explain(expand,max_size=64)";

/// What the macros in a file expand to, one after the other.
fn expansions(file: &TokenStream) -> TokenStream {
    let file: Vec<TokenTree> = file.clone().into_iter().collect();
    let mut output = TokenStream::new();
    if let Some(item) = item_below(&file, "derive(PinProject)") {
        output.extend(projection::derive(item, Door::Derive));
    }
    if let Some(item) = item_below(&file, EXPLAIN) {
        let arguments = EXPLAIN.trim_start_matches("explain(").trim_end_matches(')');
        output.extend(crate::explain::explain(arguments.parse().unwrap(), item));
    }
    if let Some(item) = item_below(&file, "pinned_drop") {
        output.extend(projection::pinned_drop(TokenStream::new(), item, Facade::Pinsight));
    }
    output
}

/// Writes what is between the markers. What `#[explain]` generates is too long to be written by hand.
fn bless(twin: &Path, source: &str) {
    let expansion = syn::parse2::<syn::File>(expansions(&source.parse().unwrap())).unwrap();
    let file = fs::read_to_string(twin).unwrap();
    let (before, rest) = file.split_once("// <expansion>\n").unwrap();
    let (_, after) = rest.rsplit_once("// </expansion>\n").unwrap();
    let regions: String = if source.contains("explain(") {
        region(&prettyplease::unparse(&expansion))
    } else {
        // `rustfmt` would change commas and braces, and can be told to leave one item alone.
        let expansion_of_nothing = syn::parse_str::<syn::File>("").unwrap();
        let items =
            expansion.items.into_iter().map(|item| syn::File { items: vec![item], ..expansion_of_nothing.clone() });
        let printed: Vec<_> = items.map(|item| region(&with_reasons(&prettyplease::unparse(&item)))).collect();
        printed.join("\n#[rustfmt::skip]\n")
    };
    fs::write(twin, format!("{before}{regions}{after}")).unwrap();
}

fn region(printed: &str) -> String {
    format!("// <expansion>\n{printed}// </expansion>\n")
}

/// What stands above a line of an expansion, for readers of the examples. The sources of the macros say the same at more length.
const REASONS: [(&str, &str); 20] = [
    ("struct __StructProjectionOwned<", "What `project_replace` returns."),
    ("struct __StructProjectionRef<", "What `project_ref` returns. It has no name for the user."),
    ("struct __StructProjection<", "What `project` returns. It has no name for the user."),
    (
        "let Self {",
        "SAFETY: nothing is moved out of the reference: the closed pattern only borrows it, field by field.",
    ),
    (
        "match unsafe { ::pinsight::__private::Support::get_mut",
        "SAFETY: nothing is moved out of the reference: the closed patterns only borrow it, field by field.",
    ),
    (
        "let __pinsight_0 = unsafe { ::pinsight::__private::Support::drop_in_place",
        "SAFETY: nobody uses the field after the guard: it is overwritten without being dropped again.",
    ),
    (
        "let __pinsight_0 = unsafe {",
        "SAFETY: the field lies in a value that is pinned, and is not moved before it is dropped: the four promises.",
    ),
    (
        "let (__pinsight_0, __pinsight_1) = unsafe {",
        "SAFETY: the fields lie in a value that is pinned, and are not moved before they are dropped: the four promises.",
    ),
    (
        "let __pinsight_type =",
        "The last field could be unsized. So its type is compared with the one that the `Unpin` bound speaks of.",
    ),
    ("let __pinsight_this: *mut Self", "SAFETY: no pinned field is moved: each is dropped in place below."),
    (
        "let __pinsight_overwrite =",
        "SAFETY: the guard goes last, when every field has been moved out or dropped, also if something panics.",
    ),
    (
        "let __pinsight_this = unsafe { &mut *",
        "SAFETY: it was made of such a reference. The guard's pointer has to be older than this one.",
    ),
    (
        ": unsafe { ::pinsight::__private::Support::moved(",
        "SAFETY: the value is not used again: it is overwritten without being dropped.",
    ),
    (
        "::pinsight::__private::Unpin for Struct",
        "Promise 1: `Unpin` only if the pinned fields are. The tuple makes a second, hand-written impl an error (E0119).",
    ),
    (
        "::pinsight::__private::Unpin for Enum",
        "Promise 1: `Unpin` only if the pinned fields are. The tuple makes a second, hand-written impl an error (E0119).",
    ),
    (
        "unsafe impl<T, U> ::pinsight::__private::UsePinnedDropInsteadOfDrop",
        "Promise 2: a type with `Drop` has this already, so a hand-written `Drop` is an error (E0119).\n\
         SAFETY: only the macros implement it, for the types that they project.",
    ),
    (
        "unsafe impl<T: Display, U> ::pinsight::__private::DeclaresPinnedDrop",
        "Without it, `#[pinned_drop]` is an error. SAFETY: only the macros implement it, for types that say `PinnedDrop`.",
    ),
    (
        "type __ImplementedByPinsight",
        "Proves that the names found at the path are pinsight's own: this type can be written with no others.",
    ),
    (
        "unsafe { ::pinsight::__private::Support::drop_pinned(self)",
        "SAFETY: this is the one call, and it is the compiler that makes it, once.",
    ),
    (
        "mod __pinsight_body {",
        "The body is safe code, in a method of a trait of its own; `self` and `Self` mean what they say.",
    ),
];

/// The lines with a comment above those that have a reason.
fn with_reasons(printed: &str) -> String {
    let mut output = String::new();
    let mut lines = printed.lines().peekable();
    while let Some(line) = lines.next() {
        // What a reason goes by may be broken into two lines.
        let begun = format!("{line} {}", lines.peek().unwrap_or(&"").trim_start());
        let indent = &line[..line.len() - line.trim_start().len()];
        let stands_here = |part: &&str| begun.find(*part).is_some_and(|at| at <= line.len());
        if let Some((_, reason)) = REASONS.iter().find(|(part, _)| stands_here(part)) {
            for reason in reason.lines() {
                output += &format!("{indent}// {reason}\n");
            }
        }
        output += &format!("{line}\n");
    }
    output
}

/// The item with this attribute, without it, as a macro sees it. It ends with a brace.
fn item_below(file: &[TokenTree], attribute: &str) -> Option<TokenStream> {
    let at = (1..file.len()).find(|index| attribute_at(file, index - 1).is_some_and(|text| text == attribute))? - 1;
    let mut start = at;
    while start >= 2 && attribute_at(file, start - 2).is_some() {
        start -= 2;
    }
    let rest = &file[at + 2..];
    let brace = rest
        .iter()
        .position(|token| matches!(token, TokenTree::Group(group) if group.delimiter() == Delimiter::Brace))?;
    Some(file[start..at].iter().chain(&rest[..=brace]).cloned().collect())
}

fn attribute_at(file: &[TokenTree], index: usize) -> Option<String> {
    match file.get(index..index + 2)? {
        [TokenTree::Punct(pound), TokenTree::Group(group)]
            if pound.as_char() == '#' && group.delimiter() == Delimiter::Bracket =>
        {
            Some(group.stream().to_string().replace(' ', ""))
        }
        _ => None,
    }
}

/// What stands between the markers, one region after the other.
fn marked(file: &str) -> TokenStream {
    let regions = file.split("// <expansion>").skip(1);
    let regions = regions.map(|region| region.split("// </expansion>").next().unwrap_or_default());
    regions.map(|region| region.parse::<TokenStream>().unwrap()).collect()
}

/// The tokens in a row. Groups without delimiters are not to be seen in a file, and a comma before a delimiter comes and
/// goes with the layout.
fn tokens(stream: TokenStream) -> Vec<String> {
    let mut row = Vec::new();
    for token in stream {
        match token {
            TokenTree::Group(group) => {
                let (open, close) = match group.delimiter() {
                    Delimiter::Parenthesis => ("(", ")"),
                    Delimiter::Brace => ("{", "}"),
                    Delimiter::Bracket => ("[", "]"),
                    Delimiter::None => ("", ""),
                };
                if open == "{" {
                    row.pop_if(|last| last == ",");
                }
                row.push(open.to_owned());
                row.extend(tokens(group.stream()));
                row.pop_if(|last| last == ",");
                row.push(close.to_owned());
            }
            TokenTree::Punct(punct) if matches!(punct.as_char(), '>' | ';') => {
                row.pop_if(|last| last == ",");
                row.push(punct.to_string());
            }
            token => row.push(token.to_string()),
        }
    }
    row.retain(|token| !token.is_empty());
    row
}
