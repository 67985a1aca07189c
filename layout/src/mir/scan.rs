//! Moving over text with brackets, strings and characters in it.

/// How long `text` is up to the first of `stops` that is not inside of brackets or quotes, or up to its end. `None`
/// where a bracket is never closed, or is closed and was not opened.
pub(super) fn until(text: &str, stops: &[u8]) -> Option<usize> {
    let bytes = text.as_bytes();
    let mut open: Vec<u8> = Vec::new();
    let mut at = 0;
    while let Some(&byte) = bytes.get(at) {
        if byte == b'>' && at > 0 && matches!(bytes[at - 1], b'-' | b'=') {
            at += 1;
            continue;
        }
        if open.is_empty() && stops.contains(&byte) {
            return Some(at);
        }
        match byte {
            b'"' => {
                at = end_of_string(bytes, at)?;
                continue;
            }
            b'\'' => {
                at = end_of_character(bytes, at);
                continue;
            }
            b'(' => open.push(b')'),
            b'[' => open.push(b']'),
            b'{' => open.push(b'}'),
            // In braces stands a constant's expression or a coroutine's place, where `<` need not be a bracket.
            b'<' if open.last() != Some(&b'}') => open.push(b'>'),
            b'>' if open.last() == Some(&b'>') => {
                open.pop();
            }
            b')' | b']' | b'}' => {
                while open.last() == Some(&b'>') {
                    open.pop();
                }
                if open.pop() != Some(byte) {
                    return None;
                }
            }
            _ => {}
        }
        at += 1;
    }
    open.iter().all(|&bracket| bracket == b'>').then_some(bytes.len())
}

/// Splits at each `separator` that is not inside of brackets or quotes; empty text has no parts.
pub(super) fn split(text: &str, separator: u8) -> Option<Vec<&str>> {
    let mut parts = Vec::new();
    let mut rest = text.trim();
    while !rest.is_empty() {
        let end = until(rest, &[separator])?;
        parts.push(rest[..end].trim());
        rest = rest.get(end + 1..).unwrap_or("").trim_start();
    }
    Some(parts)
}

/// A number at the start, and what follows it.
pub(super) fn number(text: &str) -> Option<(u32, &str)> {
    let end = text.bytes().position(|byte| !byte.is_ascii_digit()).unwrap_or(text.len());
    Some((text[..end].parse().ok()?, &text[end..]))
}

/// `_12` at the start: 12, and what follows it.
pub(super) fn local(text: &str) -> Option<(u32, &str)> {
    number(text.strip_prefix('_')?)
}

fn end_of_string(bytes: &[u8], start: usize) -> Option<usize> {
    let mut at = start + 1;
    loop {
        match bytes.get(at)? {
            b'\\' => at += 2,
            b'"' => return Some(at + 1),
            _ => at += 1,
        }
    }
}

/// Behind a character such as `'('`; behind the quote alone where it begins a lifetime.
fn end_of_character(bytes: &[u8], start: usize) -> usize {
    if bytes.get(start + 1) == Some(&b'\\') {
        // `'\''` and `'\u{1f600}'`: the quote that ends it is never the one that is escaped.
        let end = bytes.iter().skip(start + 3).take(16).position(|&byte| byte == b'\'');
        return end.map_or(start + 1, |end| start + 3 + end + 1);
    }
    let width = match bytes.get(start + 1) {
        Some(0xf0..) => 4,
        Some(0xe0..) => 3,
        Some(0xc0..) => 2,
        _ => 1,
    };
    if bytes.get(start + 1 + width) == Some(&b'\'') { start + width + 2 } else { start + 1 }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn brackets_strings_and_lifetimes_are_stepped_over() {
        assert_eq!(until("Foo::<(A, fn(B) -> C)>::new(x)", b"("), Some(27));
        assert_eq!(until(r#"const ")\"," , copy _1"#, b","), Some(13));
        assert_eq!(until("const '(', b", b","), Some(9));
        assert_eq!(until(r"const '\'', b", b","), Some(10));
        assert_eq!(until("Context<'_>, b", b","), Some(11));
        assert_eq!(until("[u8; { N < 3 }], b", b","), Some(15));
        assert_eq!(until("a)", b","), None);
        assert_eq!(until("(a", b","), None);
        assert_eq!(split("copy _1, Foo::<A, B>::X", b','), Some(vec!["copy _1", "Foo::<A, B>::X"]));
    }
}
