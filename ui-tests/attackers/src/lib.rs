//! What an attribute below a derive can do to the type that the derive has already seen.

use proc_macro::TokenStream;

/// `#[rewrite("from" => "to")]` replaces text in the item, spaces not counted, wherever it stands.
#[proc_macro_attribute]
pub fn rewrite(arguments: TokenStream, item: TokenStream) -> TokenStream {
    let arguments = arguments.to_string();
    let quoted: Vec<&str> = arguments.split('"').collect();
    let [_, from, _, to, ..] = quoted[..] else { panic!("expected `\"from\" => \"to\"`") };
    // `stringify`'s spacing is its own affair, so the item is laid out with one space between any two tokens.
    let item = spaced(item);
    assert!(item.contains(from), "`{from}` is not in `{item}`");
    item.replace(from, to).parse().expect("what comes out is Rust")
}

fn spaced(tokens: TokenStream) -> String {
    let mut text = String::new();
    for token in tokens {
        match token {
            proc_macro::TokenTree::Group(group) => {
                let inner = spaced(group.stream());
                let (open, close) = match group.delimiter() {
                    proc_macro::Delimiter::Parenthesis => ("(", ")"),
                    proc_macro::Delimiter::Brace => ("{", "}"),
                    proc_macro::Delimiter::Bracket => ("[", "]"),
                    proc_macro::Delimiter::None => ("", ""),
                };
                text += &format!("{open} {inner}{close} ");
            }
            proc_macro::TokenTree::Punct(punct) if punct.spacing() == proc_macro::Spacing::Joint => {
                text.push(punct.as_char());
            }
            token => text += &format!("{token} "),
        }
    }
    text
}
