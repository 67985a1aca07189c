//! The texts of the engine's own errors, to tell them from the compiler's.

use crate::lex::{Token, tokens};

/// The first line of a text, cut where something is filled in.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Message(Vec<String>);

impl Message {
    /// Whether the first line of an error is this text.
    pub(crate) fn is(&self, line: &str) -> bool {
        let [first, between @ .., last] = &self.0[..] else { return self.0.first().is_some_and(|whole| whole == line) };
        let Some(mut rest) = line.strip_prefix(first.as_str()) else { return false };
        for part in between {
            match rest.split_once(part.as_str()) {
                Some((_, behind)) => rest = behind,
                None => return false,
            }
        }
        rest.ends_with(last.as_str())
    }
}

/// All texts in the source that keeps them. Each of its errors goes on with a second line.
pub(crate) fn read(source: &str) -> Vec<Message> {
    let texts = tokens(source).into_iter().filter_map(|token| match token {
        Token::Literal(text) => text.split_once("\\n").map(|(line, _)| line.to_owned()),
        _ => None,
    });
    texts.map(|line| Message(parts(&line))).collect()
}

/// What stands around each `{…}`.
fn parts(text: &str) -> Vec<String> {
    let mut parts = vec![String::new()];
    let mut rest = text;
    while let Some(at) = rest.find(['{', '}']) {
        let (before, braces) = rest.split_at(at);
        let last = parts.len() - 1;
        parts[last] += before;
        if braces.starts_with("{{") || braces.starts_with("}}") {
            parts[last] += &braces[..1];
            rest = &braces[2..];
        } else {
            parts.push(String::new());
            rest = braces.find('}').map_or("", |end| &braces[end + 1..]);
        }
    }
    let last = parts.len() - 1;
    parts[last] += rest;
    parts
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn texts_with_and_without_names() {
        let source = r#"f("only a struct\n\
                          help: x"); format!("the `{name}` of {kind} is {{taken}}\nhelp: write `{name}`"); ["no text"]"#;
        let messages = read(source);
        assert_eq!(messages.len(), 2);
        assert!(messages[0].is("only a struct") && !messages[0].is("only a struct, or"));
        assert!(messages[1].is("the `a` of b is {taken}") && !messages[1].is("the `a` of b"));
    }
}
