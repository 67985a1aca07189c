//! Cuts names at what is in no brackets: `a::B<c::D>::e` has three segments.

pub(crate) fn split<'t>(text: &'t str, separator: &str) -> Vec<&'t str> {
    let bytes = text.as_bytes();
    let (mut depth, mut start) = (0u32, 0);
    let mut parts = Vec::new();
    for (index, byte) in bytes.iter().enumerate() {
        match byte {
            b'<' | b'(' | b'[' | b'{' => depth += 1,
            // Not the arrow of `fn() -> T`.
            b'>' if index > 0 && bytes[index - 1] == b'-' => {}
            b'>' | b')' | b']' | b'}' => depth = depth.saturating_sub(1),
            _ if depth == 0 && index >= start && bytes[index..].starts_with(separator.as_bytes()) => {
                parts.push(&text[start..index]);
                start = index + separator.len();
            }
            _ => {}
        }
    }
    parts.push(&text[start..]);
    parts
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_in_brackets_stays_together() {
        assert_eq!(split("a::B<c::D>::e", "::"), ["a", "B<c::D>", "e"]);
        assert_eq!(split("<a::B as c::D>::e", "::"), ["<a::B as c::D>", "e"]);
        assert_eq!(split("u8, fn(a, b) -> c, [d; 2]", ", "), ["u8", "fn(a, b) -> c", "[d; 2]"]);
    }

    #[test]
    fn what_is_no_path_has_parts_too() {
        assert_eq!(split("a:::b", "::"), ["a", ":b"]);
        assert_eq!(split("::", "::"), ["", ""]);
        assert_eq!(split("a>>::b", "::"), ["a>>", "b"]);
    }
}
