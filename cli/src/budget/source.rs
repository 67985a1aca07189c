//! The lines of a source file, as ranges of its bytes.

use std::ops::Range;

/// Gives the content of a file, if it can be read.
pub(crate) type Read<'a> = &'a dyn Fn(&str) -> Option<String>;

/// From the disk. Debug info of another computer names files that are not here.
pub(crate) fn from_disk(path: &str) -> Option<String> {
    std::fs::read_to_string(path).ok()
}

/// What is written on a line, which is counted from 1, without indent and comment. `None` if there is nothing.
pub(crate) fn line(source: &str, line: u32) -> Option<Range<usize>> {
    let index = usize::try_from(line).ok()?.checked_sub(1)?;
    let text = source.split_inclusive('\n').nth(index)?;
    let start: usize = source.split_inclusive('\n').take(index).map(str::len).sum();
    let code = text.split("//").next().unwrap_or(text);
    let code = if code.trim().is_empty() { text } else { code };
    let indent = code.len() - code.trim_start().len();
    let length = code.trim().len();
    (length > 0).then_some(start + indent..start + indent + length)
}

/// A name on that line, or all that is written there.
pub(crate) fn word(source: &str, on_line: u32, name: &str) -> Option<Range<usize>> {
    let whole = line(source, on_line)?;
    let is_part = |char: char| char.is_alphanumeric() || char == '_';
    let text = &source[whole.clone()];
    let found = text.match_indices(name).find(|(at, _)| {
        !name.is_empty()
            && !text[..*at].chars().next_back().is_some_and(is_part)
            && !text[at + name.len()..].chars().next().is_some_and(is_part)
    });
    Some(found.map_or(whole.clone(), |(at, _)| whole.start + at..whole.start + at + name.len()))
}

#[cfg(test)]
mod tests {
    use super::*;

    const SOURCE: &str = "fn f() {\n    let a = ab + a; // a\n\n    // only this\n}\n";

    #[test]
    fn lines() {
        assert_eq!(line(SOURCE, 2).map(|range| &SOURCE[range]), Some("let a = ab + a;"));
        assert_eq!(line(SOURCE, 4).map(|range| &SOURCE[range]), Some("// only this"));
        for nothing in [0, 3, 6, u32::MAX] {
            assert_eq!(line(SOURCE, nothing), None);
        }
    }

    #[test]
    fn words() {
        assert_eq!(word(SOURCE, 2, "ab"), Some(21..23));
        assert_eq!(word(SOURCE, 2, "a"), Some(17..18));
        assert_eq!(word(SOURCE, 2, "c").map(|range| &SOURCE[range]), Some("let a = ab + a;"));
    }
}
