//! `quote!` for macros that run thousands of times in an unoptimised build.
//!
//! The `quote` crate builds a `TokenStream`, and each piece that is put into another one crosses over to the compiler
//! and back. Measured on a struct of four fields, that was half of what the whole derive cost; this builds a plain
//! list, which crosses once. The syntax is that of the `quote` crate, as far as it is used here: `#name`, `#(#list)*`
//! and `#(#list),*`.
//!
//! `put!(to, …)` appends a template to a list that is there already, so that each token is written once, where it stays. It also
//! takes `#{ … }`, a statement that goes on writing to the same list.

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

    /// What they look like, for a message.
    pub(crate) fn text(&self) -> String {
        TokenStream::from(self.clone()).to_string()
    }

    /// One token of a template: an identifier, a lifetime, a literal or an operator.
    pub(crate) fn token(&mut self, text: &str, span: Span) {
        match *text.as_bytes() {
            [sign @ (b'!'..=b'/' | b':'..=b'@')] => self.sign(char::from(sign), Spacing::Alone, span),
            [b'\'', ..] => {
                self.sign('\'', Spacing::Joint, span);
                self.word(&text[1..], span);
            }
            [b'"', ..] => {
                let mut literal = Literal::string(text.trim_matches('"'));
                literal.set_span(span);
                self.trees.push(TokenTree::Literal(literal));
            }
            [first, ..] if first.is_ascii_alphabetic() || first == b'_' => self.word(text, span),
            _ => {
                let mut signs = text.chars().peekable();
                while let Some(sign) = signs.next() {
                    let spacing = if signs.peek().is_some() { Spacing::Joint } else { Spacing::Alone };
                    self.sign(sign, spacing, span);
                }
            }
        }
    }

    /// `::`.
    pub(crate) fn path_separator(&mut self, span: Span) {
        self.sign(':', Spacing::Joint, span);
        self.sign(':', Spacing::Alone, span);
    }

    fn sign(&mut self, sign: char, spacing: Spacing, span: Span) {
        let mut punct = Punct::new(sign, spacing);
        punct.set_span(span);
        self.push(TokenTree::Punct(punct));
    }

    /// An identifier or a keyword of a template.
    pub(crate) fn word(&mut self, text: &str, span: Span) {
        self.push(TokenTree::Ident(Ident::new(text, span)));
    }

    /// Grows by much at a time: most lists are the whole of what is generated.
    fn push(&mut self, token: TokenTree) {
        if self.trees.len() == self.trees.capacity() {
            self.trees.reserve(64);
        }
        self.trees.push(token);
    }

    /// Where the next token will stand, for [`Self::enclose`].
    pub(crate) fn position(&self) -> usize {
        self.trees.len()
    }

    /// Puts what was written since `start` between delimiters.
    pub(crate) fn enclose(&mut self, start: usize, delimiter: Delimiter, span: Span) {
        let mut group = Group::new(delimiter, self.trees.split_off(start).into_iter().collect());
        group.set_span(span);
        self.trees.push(TokenTree::Group(group));
    }

    /// Gives the tokens that were written since `start` another place.
    pub(crate) fn place_since(&mut self, start: usize, span: Span) {
        for token in self.trees.iter_mut().skip(start) {
            token.set_span(span);
        }
    }

    /// As [`Self::place_since`], for the first and the last of them only.
    pub(crate) fn place_ends(&mut self, start: usize, span: Span) {
        if let [first, .., last] = self.trees.get_mut(start..).unwrap_or_default() {
            first.set_span(span);
            last.set_span(span);
        }
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
        let mut list = $crate::quote::Tokens::default();
        {
            let tokens = &mut list;
            $crate::quote::put!(tokens, $($template)*);
        }
        list
    }};
}

macro_rules! quote_spanned {
    ($span:expr=> $($template:tt)*) => {{
        let mut list = $crate::quote::Tokens::default();
        {
            let tokens = &mut list;
            $crate::quote::put!(tokens, at $span => $($template)*);
        }
        list
    }};
}

/// Appends a template to a list: `put!(to, …)`, or with the place of its tokens, `put!(to, at span => …)`.
macro_rules! put {
    ($to:ident, at $span:expr => $($template:tt)*) => {{
        #[allow(unused_variables, reason = "a template of names alone has no token of its own")]
        let span: proc_macro2::Span = $span;
        $crate::quote::template!($to span $($template)*);
    }};
    ($to:ident, $($template:tt)*) => {
        $crate::quote::put!($to, at proc_macro2::Span::call_site() => $($template)*)
    };
}

/// Appends a template to `$to`, token by token.
macro_rules! template {
    ($to:ident $span:ident) => {};
    ($to:ident $span:ident #(# $list:ident)* $($rest:tt)*) => {
        for item in $list {
            $crate::quote::ToTokens::to_tokens(&item, $to);
        }
        $crate::quote::template!($to $span $($rest)*);
    };
    ($to:ident $span:ident #(# $list:ident),* $($rest:tt)*) => {
        for (index, item) in $list.into_iter().enumerate() {
            if index > 0 {
                $to.token(",", $span);
            }
            $crate::quote::ToTokens::to_tokens(&item, $to);
        }
        $crate::quote::template!($to $span $($rest)*);
    };
    ($to:ident $span:ident #{ $($code:tt)* } $($rest:tt)*) => {
        { $($code)* }
        $crate::quote::template!($to $span $($rest)*);
    };
    ($to:ident $span:ident # $name:ident $($rest:tt)*) => {
        $crate::quote::ToTokens::to_tokens(&$name, $to);
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
    ($to:ident $span:ident $word:ident $($rest:tt)*) => {
        $to.word(stringify!($word), $span);
        $crate::quote::template!($to $span $($rest)*);
    };
    ($to:ident $span:ident :: $($rest:tt)*) => {
        $to.path_separator($span);
        $crate::quote::template!($to $span $($rest)*);
    };
    ($to:ident $span:ident $token:tt $($rest:tt)*) => {
        $to.token(stringify!($token), $span);
        $crate::quote::template!($to $span $($rest)*);
    };
}

macro_rules! group {
    ($to:ident $span:ident $delimiter:ident $($inner:tt)*) => {
        let start = $to.position();
        $crate::quote::template!($to $span $($inner)*);
        $to.enclose(start, proc_macro2::Delimiter::$delimiter, $span);
    };
}

pub(crate) use {group, put, quote, quote_spanned, template};
