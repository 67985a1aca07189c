//! `quote!` for macros that run thousands of times in an unoptimised build.
//!
//! The `quote` crate builds a `TokenStream`, and each piece that is put into another one crosses over to the compiler
//! and back. Measured on a struct of four fields, that was half of what the whole derive cost; this builds a plain
//! list, which crosses once. The syntax is that of the `quote` crate, as far as it is used here: `#name`, `#(#list)*`
//! and `#(#list),*`.

use proc_macro2::{Delimiter, Group, Ident, Literal, Punct, Spacing, Span, TokenStream, TokenTree};

/// A list of tokens.
#[derive(Clone, Default)]
pub(crate) struct Tokens {
    trees: Vec<TokenTree>,
}

impl Tokens {
    pub(crate) fn is_empty(&self) -> bool {
        self.trees.is_empty()
    }

    pub(crate) fn iter(&self) -> std::slice::Iter<'_, TokenTree> {
        self.trees.iter()
    }

    /// What they look like without any space, for comparisons.
    pub(crate) fn squeezed(&self) -> String {
        TokenStream::from(self.clone()).to_string().replace(' ', "")
    }

    /// One token of a template: an identifier, a lifetime, a literal or an operator.
    pub(crate) fn token(&mut self, text: &str, span: Span) {
        match text.as_bytes().first() {
            Some(b'\'') => {
                self.operator('\'', Spacing::Joint, span);
                self.trees.push(Ident::new(&text[1..], span).into());
            }
            Some(b'"') => {
                let mut literal = Literal::string(text.trim_matches('"'));
                literal.set_span(span);
                self.trees.push(literal.into());
            }
            Some(first) if first.is_ascii_alphabetic() || *first == b'_' => {
                self.trees.push(Ident::new(text, span).into());
            }
            _ => {
                let mut signs = text.chars().peekable();
                while let Some(sign) = signs.next() {
                    let spacing = if signs.peek().is_some() { Spacing::Joint } else { Spacing::Alone };
                    self.operator(sign, spacing, span);
                }
            }
        }
    }

    fn operator(&mut self, sign: char, spacing: Spacing, span: Span) {
        let mut punct = Punct::new(sign, spacing);
        punct.set_span(span);
        self.trees.push(punct.into());
    }

    pub(crate) fn group(&mut self, delimiter: Delimiter, inner: Tokens, span: Span) {
        let mut group = Group::new(delimiter, inner.into());
        group.set_span(span);
        self.trees.push(group.into());
    }
}

impl FromIterator<TokenTree> for Tokens {
    fn from_iter<I: IntoIterator<Item = TokenTree>>(trees: I) -> Self {
        Self { trees: trees.into_iter().collect() }
    }
}

impl Extend<TokenTree> for Tokens {
    fn extend<I: IntoIterator<Item = TokenTree>>(&mut self, trees: I) {
        self.trees.extend(trees);
    }
}

impl IntoIterator for Tokens {
    type Item = TokenTree;
    type IntoIter = std::vec::IntoIter<TokenTree>;
    fn into_iter(self) -> Self::IntoIter {
        self.trees.into_iter()
    }
}

impl From<Tokens> for TokenStream {
    fn from(tokens: Tokens) -> Self {
        tokens.trees.into_iter().collect()
    }
}

impl From<TokenStream> for Tokens {
    fn from(stream: TokenStream) -> Self {
        stream.into_iter().collect()
    }
}

impl From<TokenTree> for Tokens {
    fn from(tree: TokenTree) -> Self {
        Self { trees: vec![tree] }
    }
}

/// What can stand behind `#` in a template, and what can be underlined by a diagnostic.
pub(crate) trait ToTokens {
    fn to_tokens(&self, tokens: &mut Tokens);
}

impl<T: ToTokens + ?Sized> ToTokens for &T {
    fn to_tokens(&self, tokens: &mut Tokens) {
        (**self).to_tokens(tokens);
    }
}

impl<T: ToTokens> ToTokens for Option<T> {
    fn to_tokens(&self, tokens: &mut Tokens) {
        if let Some(some) = self {
            some.to_tokens(tokens);
        }
    }
}

impl ToTokens for Tokens {
    fn to_tokens(&self, tokens: &mut Tokens) {
        tokens.trees.extend_from_slice(&self.trees);
    }
}

impl ToTokens for TokenTree {
    fn to_tokens(&self, tokens: &mut Tokens) {
        tokens.trees.push(self.clone());
    }
}

impl ToTokens for Ident {
    fn to_tokens(&self, tokens: &mut Tokens) {
        tokens.trees.push(self.clone().into());
    }
}

impl ToTokens for Group {
    fn to_tokens(&self, tokens: &mut Tokens) {
        tokens.trees.push(self.clone().into());
    }
}

impl ToTokens for Literal {
    fn to_tokens(&self, tokens: &mut Tokens) {
        tokens.trees.push(self.clone().into());
    }
}

impl ToTokens for TokenStream {
    fn to_tokens(&self, tokens: &mut Tokens) {
        tokens.extend(self.clone());
    }
}

/// A string is a string literal.
impl ToTokens for str {
    fn to_tokens(&self, tokens: &mut Tokens) {
        tokens.trees.push(Literal::string(self).into());
    }
}

impl ToTokens for String {
    fn to_tokens(&self, tokens: &mut Tokens) {
        self.as_str().to_tokens(tokens);
    }
}

macro_rules! quote {
    ($($template:tt)*) => {{
        #[allow(unused_mut, unused_variables)]
        {
            let span = proc_macro2::Span::call_site();
            let mut tokens = $crate::quote::Tokens::default();
            $crate::quote::template!(tokens span $($template)*);
            tokens
        }
    }};
}

macro_rules! quote_spanned {
    ($span:expr=> $($template:tt)*) => {{
        let span: proc_macro2::Span = $span;
        let mut tokens = $crate::quote::Tokens::default();
        $crate::quote::template!(tokens span $($template)*);
        tokens
    }};
}

/// Appends a template to `$to`, token by token.
macro_rules! template {
    ($to:ident $span:ident) => {};
    ($to:ident $span:ident #(# $list:ident)* $($rest:tt)*) => {
        for item in $list {
            $crate::quote::ToTokens::to_tokens(&item, &mut $to);
        }
        $crate::quote::template!($to $span $($rest)*);
    };
    ($to:ident $span:ident #(# $list:ident),* $($rest:tt)*) => {
        for (index, item) in $list.into_iter().enumerate() {
            if index > 0 {
                $to.token(",", $span);
            }
            $crate::quote::ToTokens::to_tokens(&item, &mut $to);
        }
        $crate::quote::template!($to $span $($rest)*);
    };
    ($to:ident $span:ident # $name:ident $($rest:tt)*) => {
        $crate::quote::ToTokens::to_tokens(&$name, &mut $to);
        $crate::quote::template!($to $span $($rest)*);
    };
    ($to:ident $span:ident ( $($inner:tt)* ) $($rest:tt)*) => {
        $crate::quote::group!($to $span Parenthesis $($inner)*);
        $crate::quote::template!($to $span $($rest)*);
    };
    ($to:ident $span:ident { $($inner:tt)* } $($rest:tt)*) => {
        $crate::quote::group!($to $span Brace $($inner)*);
        $crate::quote::template!($to $span $($rest)*);
    };
    ($to:ident $span:ident [ $($inner:tt)* ] $($rest:tt)*) => {
        $crate::quote::group!($to $span Bracket $($inner)*);
        $crate::quote::template!($to $span $($rest)*);
    };
    ($to:ident $span:ident $token:tt $($rest:tt)*) => {
        $to.token(stringify!($token), $span);
        $crate::quote::template!($to $span $($rest)*);
    };
}

macro_rules! group {
    ($to:ident $span:ident $delimiter:ident $($inner:tt)*) => {{
        #[allow(unused_mut)]
        let mut inner = $crate::quote::Tokens::default();
        $crate::quote::template!(inner $span $($inner)*);
        $to.group(proc_macro2::Delimiter::$delimiter, inner, $span);
    }};
}

pub(crate) use {group, quote, quote_spanned, template};
