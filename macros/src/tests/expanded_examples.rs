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
        if name == "process_data" && std::env::var_os("PINSIGHT_BLESS").is_some() {
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
    let (before, _) = file.split_once("// <expansion>\n").unwrap();
    let (_, after) = file.split_once("// </expansion>\n").unwrap();
    let printed = prettyplease::unparse(&expansion);
    fs::write(twin, format!("{before}// <expansion>\n{printed}// </expansion>\n{after}")).unwrap();
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
