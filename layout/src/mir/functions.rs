//! Cuts the text into functions.

use super::scan;

/// One function of the file.
#[derive(Debug)]
pub(super) struct Function<'t> {
    /// Its path.
    pub name: &'t str,
    /// The types of `_1`, `_2` and so on.
    pub arguments: Vec<&'t str>,
    /// What is between its braces.
    pub body: &'t str,
}

/// All functions; constants, statics and allocations are left out.
pub(super) fn split(text: &str) -> Vec<Function<'_>> {
    let mut functions = Vec::new();
    let mut header: Option<(&str, usize)> = None;
    let mut at = 0;
    for line in text.split_inclusive('\n') {
        let start = at;
        at += line.len();
        match header {
            None if line.starts_with("fn ") => header = Some((line.trim_end(), at)),
            Some((head, body)) if line.trim_end() == "}" => {
                functions.extend(function(head, &text[body..start]));
                header = None;
            }
            _ => {}
        }
    }
    functions
}

fn function<'t>(header: &'t str, body: &'t str) -> Option<Function<'t>> {
    let header = header.strip_prefix("fn ")?;
    let open = header.find("(_1: ").or_else(|| header.find("() -> "))?;
    let inside = &header[open + 1..];
    let inside = &inside[..scan::until(inside, b")")?];
    let arguments: Option<Vec<_>> =
        scan::split(inside, b',')?.into_iter().map(|argument| Some(argument.split_once(": ")?.1)).collect();
    Some(Function { name: &header[..open], arguments: arguments?, body })
}

impl<'t> Function<'t> {
    /// Where this is the body of a coroutine: the coroutine's type, and whether it comes in a `Pin`.
    pub(super) fn coroutine(&self) -> Option<(&'t str, bool)> {
        let first = self.arguments.first()?;
        let inside_pin = first.split_once("Pin<&mut ").and_then(|(before, rest)| {
            let whole = before.is_empty() || before.ends_with("::");
            whole.then(|| rest.strip_suffix('>')).flatten()
        });
        let pinned = inside_pin.is_some();
        let self_type = inside_pin.or_else(|| first.strip_prefix("&mut "))?;
        // A closure too is called with a reference to itself: `&mut {closure@…}`, `&mut {async closure@…}`.
        let kind = self_type.strip_prefix('{')?.split(['@', '(', ':']).next()?;
        let coroutine =
            kind == "coroutine" || kind == "static coroutine" || kind.ends_with(" block") || kind.contains(" body");
        coroutine.then_some((self_type, pinned))
    }
}
