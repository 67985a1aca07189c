//! Reading Rust items as tokens.
//!
//! A projection never looks into a type: it only repeats it. So types, bounds and where clauses stay the tokens that
//! they are, and nothing here can fail to understand one. That is also why the projections need no `syn`.

use crate::quote::Tokens;
use proc_macro2::{Delimiter, Group, Ident, Spacing, Span, TokenTree};

/// Walks over a sequence of tokens from its first to its last.
#[derive(Clone, Default)]
pub(crate) struct Cursor {
    /// The tokens still ahead, the next one last.
    ahead: Vec<TokenTree>,
}

impl Cursor {
    pub(crate) fn new(tokens: impl IntoIterator<Item = TokenTree>) -> Self {
        let mut ahead: Vec<_> = tokens.into_iter().collect();
        ahead.reverse();
        Self { ahead }
    }

    pub(crate) fn is_empty(&self) -> bool {
        self.ahead.is_empty()
    }

    pub(crate) fn peek(&self) -> Option<&TokenTree> {
        self.ahead.last()
    }

    pub(crate) fn next(&mut self) -> Option<TokenTree> {
        self.ahead.pop()
    }

    /// The token behind the next one.
    pub(crate) fn peek_second(&self) -> Option<&TokenTree> {
        self.ahead.len().checked_sub(2).and_then(|second| self.ahead.get(second))
    }

    /// Opens the invisible groups that `macro_rules!` puts around a fragment such as `$vis` or `$meta`.
    pub(crate) fn open_invisible(&mut self) {
        while matches!(self.peek(), Some(TokenTree::Group(group)) if group.delimiter() == Delimiter::None) {
            if let Some(TokenTree::Group(group)) = self.next() {
                let inner: Vec<_> = group.stream().into_iter().collect();
                self.ahead.extend(inner.into_iter().rev());
            }
        }
    }

    pub(crate) fn peek_punct(&self, which: char) -> bool {
        matches!(self.peek(), Some(TokenTree::Punct(punct)) if punct.as_char() == which)
    }

    pub(crate) fn punct(&mut self, which: char) -> Option<TokenTree> {
        self.peek_punct(which).then(|| self.next()).flatten()
    }

    pub(crate) fn peek_keyword(&self, which: &str) -> bool {
        matches!(self.peek(), Some(TokenTree::Ident(ident)) if is_word(ident, which))
    }

    pub(crate) fn keyword(&mut self, which: &str) -> Option<TokenTree> {
        self.peek_keyword(which).then(|| self.next()).flatten()
    }

    /// `->`.
    pub(crate) fn arrow(&mut self) -> Option<[TokenTree; 2]> {
        self.operator(['-', '>'])
    }

    /// `::`.
    pub(crate) fn path_separator(&mut self) -> Option<[TokenTree; 2]> {
        self.operator([':', ':'])
    }

    /// Two signs without a space between them.
    fn operator(&mut self, [first, second]: [char; 2]) -> Option<[TokenTree; 2]> {
        let joint = matches!(self.peek(), Some(TokenTree::Punct(punct))
            if punct.as_char() == first && punct.spacing() == Spacing::Joint);
        if !joint || !self.peek_second().is_some_and(|token| is_punct(token, second)) {
            return None;
        }
        Some([self.next()?, self.next()?])
    }

    /// As [`Self::keyword`], for a name that may be written as a raw identifier: in `#[repr(r#packed)]` it means the same.
    pub(crate) fn name(&mut self, which: &str) -> Option<TokenTree> {
        matches!(self.peek(), Some(TokenTree::Ident(ident)) if is_name(ident, which)).then(|| self.next()).flatten()
    }

    pub(crate) fn ident(&mut self) -> Option<Ident> {
        match self.peek() {
            Some(TokenTree::Ident(ident)) => {
                let ident = ident.clone();
                self.ahead.pop();
                Some(ident)
            }
            _ => None,
        }
    }

    pub(crate) fn group(&mut self, which: Delimiter) -> Option<Group> {
        match self.peek() {
            Some(TokenTree::Group(group)) if group.delimiter() == which => {
                let group = group.clone();
                self.ahead.pop();
                Some(group)
            }
            _ => None,
        }
    }

    /// Opens the invisible groups ahead if they hold nothing, or begin with such a token: others may be a type.
    fn open_invisible_before(&mut self, begins: impl Fn(&TokenTree) -> bool) {
        if let Some(TokenTree::Group(group)) = self.peek()
            && group.delimiter() == Delimiter::None
        {
            let mut inner = Cursor::new(group.stream());
            inner.open_invisible();
            if inner.peek().is_none_or(begins) {
                self.open_invisible();
            }
        }
    }

    /// An outer attribute, `#[…]`: the whole of it.
    pub(crate) fn attribute(&mut self) -> Option<Attribute> {
        self.open_invisible_before(|token| is_punct(token, '#'));
        if !self.peek_punct('#') {
            return None;
        }
        match self.peek_second() {
            Some(TokenTree::Group(group)) if group.delimiter() == Delimiter::Bracket => {}
            _ => return None,
        }
        let (pound, bracket) = (self.next()?, self.group(Delimiter::Bracket)?);
        let mut content = Cursor::new(bracket.stream());
        content.open_invisible();
        Some(Attribute { pound, bracket, content })
    }

    /// `pub`, `pub(…)` or nothing, in front of a name or a keyword.
    pub(crate) fn visibility(&mut self) -> Tokens {
        let visibility = self.visibility_of_type();
        self.open_invisible();
        visibility
    }

    /// As [`Self::visibility`], in front of a type: in a tuple struct, `pub (A, B)` is a public field of a tuple type.
    pub(crate) fn visibility_of_type(&mut self) -> Tokens {
        self.open_invisible_before(|token| is_ident(token, "pub"));
        let mut visibility = Tokens::default();
        if let Some(keyword) = self.keyword("pub") {
            visibility.extend([keyword]);
            if let Some(TokenTree::Group(group)) = self.peek() {
                let restricts = group.delimiter() == Delimiter::Parenthesis
                    && Cursor::new(group.stream()).ident().is_some_and(|first| {
                        ["crate", "self", "super", "in"].iter().any(|keyword| is_word(&first, keyword))
                    })
                    && restriction_is_whole(group);
                if restricts {
                    visibility.extend(self.next());
                }
            }
        }
        visibility
    }

    /// Everything up to the next token for which `stop` holds and that no `<…>` encloses: of types, bounds and the like,
    /// where each `<` opens. The `>` of `->` closes nothing and stops nothing, and the braces of a macro call are its own.
    pub(crate) fn take_until(&mut self, stop: impl Fn(&TokenTree) -> bool) -> Vec<TokenTree> {
        let mut taken = Vec::new();
        let mut depth = 0_usize;
        while let Some(token) = self.peek() {
            let is_part = ends_arrow(&taken, token) || calls_macro(&taken, token);
            if depth == 0 && !is_part && stop(token) {
                break;
            }
            match token {
                TokenTree::Punct(punct) if punct.as_char() == '<' => depth += 1,
                TokenTree::Punct(punct) if punct.as_char() == '>' && !is_part => depth = depth.saturating_sub(1),
                _ => {}
            }
            taken.extend(self.next());
        }
        taken
    }

    /// What stands before the next comma that no `<…>` encloses; the comma is consumed.
    pub(crate) fn take_until_comma(&mut self) -> Vec<TokenTree> {
        let taken = self.take_until(|token| is_punct(token, ','));
        self.punct(',');
        taken
    }

    /// What is not understood: everything that is left. `None` where that is nothing.
    pub(crate) fn leftover(self) -> Option<Tokens> {
        let rest = self.rest();
        (!rest.is_empty()).then_some(rest)
    }

    /// The next tokens, at most so many.
    #[cfg_attr(not(any(test, feature = "explain")), allow(dead_code))]
    pub(crate) fn upcoming(&self, most: usize) -> Vec<TokenTree> {
        self.ahead.iter().rev().take(most).cloned().collect()
    }

    /// Everything that is left.
    pub(crate) fn rest(mut self) -> Tokens {
        self.ahead.reverse();
        self.ahead.into_iter().collect()
    }
}

/// An outer attribute.
pub(crate) struct Attribute {
    pound: TokenTree,
    bracket: Group,
    /// What stands between the brackets.
    pub(crate) content: Cursor,
}

impl Attribute {
    /// Its path, if that is one identifier, raw or not: to the compiler, `#[r#pin]` is `#[pin]`.
    pub(crate) fn name(&self) -> Option<String> {
        match self.content.peek() {
            Some(TokenTree::Ident(name)) if !self.content.peek_second().is_some_and(|token| is_punct(token, ':')) => {
                let name = name.to_string();
                Some(name.strip_prefix("r#").map(str::to_owned).unwrap_or(name))
            }
            _ => None,
        }
    }

    /// Whether its path is exactly this one identifier.
    pub(crate) fn is(&self, name: &str) -> bool {
        self.name().is_some_and(|found| found == name)
    }

    pub(crate) fn tokens(&self) -> [TokenTree; 2] {
        [self.pound.clone(), TokenTree::Group(self.bracket.clone())]
    }

    /// The place of its path, or of the whole of it.
    pub(crate) fn place(&self) -> Span {
        self.content.peek().map_or_else(|| self.bracket.span(), TokenTree::span)
    }

    /// What stands behind the path: nothing, `(…)` or `= …`.
    pub(crate) fn arguments(&self) -> Cursor {
        let mut content = self.content.clone();
        content.next();
        content
    }
}

pub(crate) fn is_punct(token: &TokenTree, which: char) -> bool {
    matches!(token, TokenTree::Punct(punct) if punct.as_char() == which)
}

pub(crate) fn is_ident(token: &TokenTree, which: &str) -> bool {
    matches!(token, TokenTree::Ident(ident) if is_word(ident, which))
}

/// `ident == which`, which `proc_macro` does not have.
#[allow(clippy::cmp_owned, reason = "`proc_macro2` can compare, `proc_macro` can't: one code for both")]
pub(crate) fn is_word(ident: &Ident, which: &str) -> bool {
    ident.to_string() == which
}

/// Whether this is that name, be it written as a raw identifier or not.
fn is_name(ident: &Ident, which: &str) -> bool {
    ident.to_string().trim_start_matches("r#") == which
}

/// Words that cannot be the name of anything, in any edition.
const KEYWORDS: [&str; 48] = [
    "Self", "_", "abstract", "as", "become", "box", "break", "const", "continue", "crate", "do", "else", "enum",
    "extern", "false", "final", "fn", "for", "if", "impl", "in", "let", "loop", "macro", "match", "mod", "move", "mut",
    "override", "priv", "pub", "ref", "return", "self", "static", "struct", "super", "trait", "true", "type", "typeof",
    "unsafe", "unsized", "use", "virtual", "where", "while", "yield",
];

/// Whether this can be the name of nothing. Words that are keywords in some editions only are left to the compiler.
pub(crate) fn is_keyword(ident: &Ident) -> bool {
    KEYWORDS.binary_search(&ident.to_string().as_str()).is_ok()
}

/// Whether this is a keyword in the editions of today, and a name in edition 2015 or all but the last.
pub(crate) fn is_keyword_today(ident: &Ident) -> bool {
    matches!(ident.to_string().as_str(), "async" | "await" | "dyn" | "gen" | "try")
}

/// These tokens without the invisible groups that a `macro_rules!` has put around some of them.
pub(crate) fn opened(tokens: impl IntoIterator<Item = TokenTree>) -> Vec<TokenTree> {
    let mut cursor = Cursor::new(tokens);
    let mut opened = Vec::new();
    cursor.open_invisible();
    while let Some(token) = cursor.next() {
        opened.push(token);
        cursor.open_invisible();
    }
    opened
}

/// Whether this is a pair of braces, be it in the invisible group of a `$block` or not.
pub(crate) fn is_braced(token: &TokenTree) -> bool {
    braced(token).is_some()
}

/// The pair of braces that this token is: see [`is_braced`].
pub(crate) fn braced(token: &TokenTree) -> Option<Group> {
    let TokenTree::Group(group) = token else { return None };
    match group.delimiter() {
        Delimiter::Brace => Some(group.clone()),
        Delimiter::None => {
            let mut inner = group.stream().into_iter();
            let first = inner.next()?;
            if inner.next().is_some() { None } else { braced(&first) }
        }
        Delimiter::Parenthesis | Delimiter::Bracket => None,
    }
}

/// The place of the first of these tokens, or of the whole macro call.
pub(crate) fn first_span(tokens: &Tokens) -> Span {
    tokens.clone().into_iter().next().map_or_else(Span::call_site, |token| token.span())
}

/// Whether this `>` belongs to `->`.
fn ends_arrow(before: &[TokenTree], token: &TokenTree) -> bool {
    is_punct(token, '>') && before.last().is_some_and(|before| is_punct(before, '-'))
}

/// Whether these are the braces of a macro call, `name! { … }`, and not what follows the never type, as in `&mut ! { … }`.
fn calls_macro(before: &[TokenTree], token: &TokenTree) -> bool {
    let [earlier @ .., name, bang] = before else { return false };
    let is_name = match name {
        TokenTree::Ident(ident) => {
            !earlier.last().is_some_and(|tick| is_punct(tick, '\''))
                && !["mut", "const"].iter().any(|keyword| is_word(ident, keyword))
        }
        TokenTree::Group(_) => !is_lifetime_fragment(name),
        _ => false,
    };
    is_name && is_punct(bang, '!') && is_braced(token)
}

/// Whether this is a lifetime that came in as a `$lifetime`, in an invisible group.
pub(crate) fn is_lifetime_fragment(token: &TokenTree) -> bool {
    let TokenTree::Group(group) = token else { return false };
    let mut inner = group.stream().into_iter();
    group.delimiter() == Delimiter::None
        && inner.next().is_some_and(|first| is_punct(&first, '\''))
        && inner.next().is_some()
        && inner.next().is_none()
}

/// `(crate)` and `(in path)` restrict; `(crate::A, B)` and `(self::A)` are types.
fn restriction_is_whole(group: &Group) -> bool {
    let mut inner = Cursor::new(group.stream());
    inner.keyword("in").is_some() || (inner.next().is_some() && inner.is_empty())
}
