//! The text of a file as the compiler sees it: without what `#[cfg]` removes. Everything else stays in its place.

use proc_macro2::{LineColumn, TokenStream, TokenTree};
use quote::ToTokens;
use syn::spanned::Spanned;
use syn::visit::{self, Visit};
use syn::{Arm, FieldValue, ImplItem, Item, ItemMacro, Meta, Stmt, TraitItem};

/// What is set, in lines as `rustc --print cfg` prints them.
pub(crate) struct Settings<'a>(Vec<&'a str>);

impl<'a> Settings<'a> {
    pub(crate) fn of(lines: &'a str) -> Self {
        Settings(lines.lines().collect())
    }

    fn holds(&self, condition: &Meta) -> bool {
        match condition {
            Meta::Path(path) => self.0.contains(&&*path.to_token_stream().to_string()),
            Meta::NameValue(pair) => {
                let setting = format!("{}={}", pair.path.to_token_stream(), pair.value.to_token_stream());
                self.0.contains(&&*setting)
            }
            Meta::List(list) => {
                let conditions = list
                    .parse_args_with(syn::punctuated::Punctuated::<Meta, syn::Token![,]>::parse_terminated)
                    .unwrap_or_default();
                let mut each = conditions.iter().map(|condition| self.holds(condition));
                match &*list.path.to_token_stream().to_string() {
                    "all" => each.all(|holds| holds),
                    "any" => each.any(|holds| holds),
                    "not" => !each.all(|holds| holds),
                    // What is not understood is left where it is.
                    _ => true,
                }
            }
        }
    }

    /// Whether one of the attributes at its beginning removes it.
    fn removes(&self, node: &impl ToTokens) -> bool {
        let mut tokens = node.to_token_stream().into_iter();
        while let Some(TokenTree::Punct(mark)) = tokens.next() {
            let Some(TokenTree::Group(attribute)) = tokens.next() else { return false };
            if mark.as_char() != '#' {
                return false;
            }
            if let Ok(Meta::List(list)) = syn::parse2(attribute.stream())
                && list.path.is_ident("cfg")
                && let Ok(condition) = list.parse_args::<Meta>()
                && !self.holds(&condition)
            {
                return true;
            }
        }
        false
    }
}

/// The text with blanks in the place of what is removed. A text that is no Rust file is left as it is.
pub(crate) fn configured(text: &str, settings: &Settings<'_>) -> String {
    let Ok(file) = syn::parse_file(text) else { return text.to_owned() };
    let mut removal = Removal { settings, removed: Vec::new() };
    removal.visit_file(&file);
    let lines: Vec<usize> = std::iter::once(0)
        .chain(text.bytes().enumerate().filter(|(_, byte)| *byte == b'\n').map(|(at, _)| at + 1))
        .collect();
    let offset = |place: LineColumn| {
        let start = lines[place.line - 1];
        text[start..].char_indices().nth(place.column).map_or(text.len(), |(at, _)| start + at)
    };
    let mut bytes = text.as_bytes().to_vec();
    for (start, end, takes_comma) in removal.removed {
        let (start, mut end) = (offset(start), offset(end));
        let rest = &text[end..];
        if takes_comma && rest.trim_start().starts_with(',') {
            end += rest.len() - rest.trim_start().len() + 1;
        }
        bytes[start..end].iter_mut().filter(|byte| **byte != b'\n').for_each(|byte| *byte = b' ');
    }
    String::from_utf8(bytes).unwrap_or_else(|_| text.to_owned())
}

struct Removal<'s> {
    settings: &'s Settings<'s>,
    /// From where to where, and whether a comma behind it goes too.
    removed: Vec<(LineColumn, LineColumn, bool)>,
}

impl Removal<'_> {
    fn removes(&mut self, node: &impl ToTokens, takes_comma: bool) -> bool {
        let removes = self.settings.removes(node);
        if removes {
            let span = node.span();
            self.removed.push((span.start(), span.end(), takes_comma));
        }
        removes
    }
}

macro_rules! visits {
    ($($method:ident: $type:ty, $takes_comma:literal;)*) => {
        $(fn $method(&mut self, node: &'ast $type) {
            if !self.removes(node, $takes_comma) {
                visit::$method(self, node);
            }
        })*
    };
}

impl<'ast> Visit<'ast> for Removal<'_> {
    visits! {
        visit_item: Item, false;
        visit_impl_item: ImplItem, false;
        visit_trait_item: TraitItem, false;
        visit_stmt: Stmt, false;
        visit_arm: Arm, false;
        visit_field_value: FieldValue, true;
    }

    /// Such as `cfg_net! { … }`, whose items are predicted too.
    fn visit_item_macro(&mut self, node: &'ast ItemMacro) {
        if node.ident.is_none()
            && let Ok(file) = syn::parse2::<syn::File>(TokenStream::clone(&node.mac.tokens))
        {
            let mut inner = Removal { settings: self.settings, removed: Vec::new() };
            inner.visit_file(&file);
            self.removed.append(&mut inner.removed);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_not_set_is_blank() {
        let text = "#[cfg(a)]\nfn a() {}\n#[cfg(not(a))] fn b() {}\nm! { #[cfg(windows)] fn c() {} }\n\
                    fn d() { #[cfg(feature = \"é\")] e(); #[cfg(any(a, b))] let f = S { #[cfg(b)] x, y }; }\n";
        let result = configured(text, &Settings::of("a\nfeature=\"f\""));
        assert_eq!(result.lines().count(), 5);
        let words = |text: &str| text.split_whitespace().collect::<Vec<_>>().join(" ");
        assert_eq!(words(&result), "#[cfg(a)] fn a() {} m! { } fn d() { #[cfg(any(a, b))] let f = S { y }; }");
    }
}
