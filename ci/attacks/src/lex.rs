//! Cuts Rust text into words, lifetimes and signs: as much as it takes to collect names and paths.

/// A token, with comments left out.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Token {
    /// An identifier or a keyword. A raw one has lost its `r#`.
    Word(String),
    /// `'pin`, without the tick.
    Lifetime(String),
    /// A string, a character or a number; of a string, what is between the quotes.
    Literal(String),
    /// `::` as one sign, everything else character by character.
    Sign(&'static str),
    Other(char),
}

impl Token {
    pub(crate) fn word(&self) -> Option<&str> {
        match self {
            Token::Word(word) => Some(word),
            _ => None,
        }
    }

    pub(crate) fn is(&self, text: &str) -> bool {
        match self {
            Token::Word(word) => word == text,
            Token::Sign(sign) => *sign == text,
            Token::Other(sign) => text.chars().eq([*sign]),
            _ => false,
        }
    }
}

/// All tokens of `text`, in order.
pub(crate) fn tokens(text: &str) -> Vec<Token> {
    let mut rest = text;
    let mut tokens = Vec::new();
    while let Some(first) = rest.chars().next() {
        let (token, length) = if let Some(comment) = comment(rest) {
            (None, comment)
        } else if let Some((literal, length)) = quoted(rest) {
            (Some(Token::Literal(literal)), length)
        } else if let Some(name) = rest.strip_prefix("r#").and_then(name) {
            (Some(Token::Word(name.to_owned())), name.len() + 2)
        } else if let Some(name) = name(rest) {
            (Some(Token::Word(name.to_owned())), name.len())
        } else if let Some(name) = rest.strip_prefix('\'').and_then(name) {
            (Some(Token::Lifetime(name.to_owned())), name.len() + 1)
        } else if first.is_ascii_digit() {
            let length = rest.find(|c: char| !c.is_ascii_alphanumeric() && c != '_').unwrap_or(rest.len());
            (Some(Token::Literal(rest[..length].to_owned())), length)
        } else if rest.starts_with("::") {
            (Some(Token::Sign("::")), 2)
        } else {
            ((!first.is_whitespace()).then_some(Token::Other(first)), first.len_utf8())
        };
        tokens.extend(token);
        rest = &rest[length..];
    }
    tokens
}

/// The identifier that `text` begins with.
fn name(text: &str) -> Option<&str> {
    let begins = |c: char| c == '_' || c.is_alphabetic();
    let length = text.find(|c: char| !begins(c) && !c.is_numeric()).unwrap_or(text.len());
    text.chars().next().filter(|c| begins(*c)).map(|_| &text[..length])
}

/// The length of the comment that `text` begins with.
fn comment(text: &str) -> Option<usize> {
    if text.starts_with("//") {
        return Some(text.find('\n').unwrap_or(text.len()));
    }
    let mut depth = 0;
    let mut at = 0;
    loop {
        let rest = &text[at..];
        if rest.starts_with("/*") {
            depth += 1;
            at += 2;
        } else if depth == 0 {
            return None;
        } else if rest.starts_with("*/") {
            depth -= 1;
            at += 2;
            if depth == 0 {
                return Some(at);
            }
        } else {
            at += rest.chars().next()?.len_utf8();
        }
    }
}

/// The string or character that `text` begins with, and its length with quotes.
fn quoted(text: &str) -> Option<(String, usize)> {
    let unprefixed = text.trim_start_matches(['b', 'c']);
    let prefix = text.len() - unprefixed.len();
    if prefix > 1 {
        return None;
    }
    if let Some(raw) = unprefixed.strip_prefix('r') {
        let hashes = raw.len() - raw.trim_start_matches('#').len();
        let inner = raw[hashes..].strip_prefix('"')?;
        let end = format!("\"{}", "#".repeat(hashes));
        let length = inner.find(&end)?;
        return Some((inner[..length].to_owned(), prefix + 1 + hashes + 1 + length + end.len()));
    }
    let quote = unprefixed.chars().next().filter(|c| ['"', '\''].contains(c))?;
    let inner = &unprefixed[1..];
    let mut escaped = false;
    for (at, c) in inner.char_indices() {
        match c {
            _ if escaped => escaped = false,
            '\\' => escaped = true,
            c if c == quote => return Some((inner[..at].to_owned(), prefix + 1 + at + 1)),
            // `'a` is a lifetime unless a quote follows the one character.
            _ if quote == '\'' && at > 0 && !inner.starts_with('\\') => return None,
            _ => {}
        }
    }
    None
}

/// Whether `word` cannot be used as a name, in some edition.
pub(crate) fn is_keyword(word: &str) -> bool {
    const KEYWORDS: &str = " as async await box break const continue crate dyn else enum extern false fn for gen if impl in let loop \
        macro match mod move mut pub ref return self static struct super trait true try type typeof union unsafe unsized use virtual where \
        while yield abstract become do final override priv raw safe auto Self _ ";
    KEYWORDS.contains(&format!(" {word} "))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_lifetimes_and_literals() {
        let found =
            tokens("r#type<'a, b'\\'', \"x \\\" y\"> // c\n ::f(r#\"q\"q\"#, 'x', 1u8) /* a /* b */ c */ 'static");
        let word = |text: &str| Token::Word(text.to_owned());
        let literal = |text: &str| Token::Literal(text.to_owned());
        let lifetime = |text: &str| Token::Lifetime(text.to_owned());
        let without_signs: Vec<_> = found.iter().filter(|token| !matches!(token, Token::Other(_))).cloned().collect();
        assert_eq!(
            without_signs,
            [
                word("type"),
                lifetime("a"),
                literal("\\'"),
                literal("x \\\" y"),
                Token::Sign("::"),
                word("f"),
                literal("q\"q"),
                literal("x"),
                literal("1u8"),
                lifetime("static"),
            ]
        );
    }
}
