/// Text for HTML and SVG, inside of elements and of quoted attributes. Control characters, which neither may contain, are replaced.
pub(crate) fn escape(text: &str) -> String {
    let mut escaped = String::with_capacity(text.len());
    for char in text.chars() {
        match char {
            '&' => escaped.push_str("&amp;"),
            '<' => escaped.push_str("&lt;"),
            '>' => escaped.push_str("&gt;"),
            '"' => escaped.push_str("&quot;"),
            '\'' => escaped.push_str("&#39;"),
            '\n' | '\t' => escaped.push(' '),
            char if char.is_control() || matches!(char, '\u{fffe}' | '\u{ffff}') => escaped.push('\u{fffd}'),
            char => escaped.push(char),
        }
    }
    escaped
}

/// JSON for a `<script>` element, whose content ends at `</script` and changes its meaning at `<!--`. All `<` of JSON are in its
/// strings, where they may be written as an escape.
pub(super) fn escape_json(json: &str) -> String {
    json.replace('<', "\\u003c")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn markup_becomes_text() {
        assert_eq!(escape("Vec<&'a str>"), "Vec&lt;&amp;&#39;a str&gt;");
        assert_eq!(escape("\" onclick=\"x"), "&quot; onclick=&quot;x");
        assert_eq!(escape("a\u{1b}[31m\0\nb"), "a\u{fffd}[31m\u{fffd} b");
        assert_eq!(escape("日本語 é"), "日本語 é");
    }

    #[test]
    fn json_cannot_leave_its_script() {
        let text = "</script><!-- <script>";
        let json = escape_json(&serde_json::to_string(text).unwrap());
        assert!(!json.contains('<'));
        assert_eq!(serde_json::from_str::<String>(&json).unwrap(), text);
    }
}
