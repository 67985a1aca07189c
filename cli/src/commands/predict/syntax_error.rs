//! Text that is no Rust, as the compiler reports it.

use std::io::Write;
use std::ops::Range;
use std::path::Path;

use annotate_snippets::{AnnotationKind, Level, Renderer, Snippet};
use pinsight_machine::views::shown_file;

/// Where a text is wrong. Lines are counted from 1, columns in characters from 0.
pub(super) struct SyntaxError {
    pub(super) message: String,
    pub(super) start: (usize, usize),
    pub(super) end: (usize, usize),
}

/// Prints to standard error, as what was understood of other files goes to standard output.
pub(super) fn print(error: &SyntaxError, text: &str, file: &Path, root: &str) {
    let SyntaxError { message, start, end } = error;
    // What the lexer says for anything that it does not accept.
    let message = match &**message {
        "cannot parse string into token stream" => "unbalanced delimiter, or text that is no token",
        message => message,
    };
    let span = match *start == (1, 0) && message.starts_with("unexpected end of input") {
        // It has no place of its own.
        true => text.trim_end().len()..text.trim_end().len(),
        false => at(text, *start)..at(text, *end),
    };
    let rendered = render(message, text, span, &file.display().to_string(), root);
    // Standard error may be closed, and there is nowhere else to say so.
    let _ = writeln!(anstream::stderr(), "{rendered}");
}

fn render(message: &str, text: &str, span: Range<usize>, file: &str, root: &str) -> String {
    // A span that goes over lines would quote all of them: only its start is wrong.
    let line_end = text[span.start..].find('\n').map_or(text.len(), |length| span.start + length);
    let span = span.start..span.end.clamp(span.start, line_end);
    let snippet = Snippet::source(text).path(shown_file(file, root)).annotation(AnnotationKind::Primary.span(span));
    let help = Level::HELP.message("only source that parses can be predicted from");
    Renderer::styled().render(&[Level::ERROR.primary_title(message).element(snippet).element(help)])
}

/// The byte at a line and a column.
fn at(text: &str, (line, column): (usize, usize)) -> usize {
    let before: usize = text.split_inclusive('\n').take(line.saturating_sub(1)).map(str::len).sum();
    let rest = &text[before.min(text.len())..];
    before.min(text.len()) + rest.char_indices().nth(column).map_or(rest.len(), |(at, _)| at)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_place_is_a_byte() {
        assert_eq!(at("ä\nöb", (2, 1)), 5);
        assert_eq!(at("ä\nöb", (9, 9)), 6);
    }

    #[test]
    fn it_is_quoted_as_the_compiler_quotes() {
        let rendered = render("expected `;`", "fn f() {\n    let x = 1\n}\n", 23..24, "/w/src/a.rs", "/w/");
        let plain = anstream::adapter::strip_str(&rendered).to_string();
        assert!(plain.starts_with("error: expected `;`"), "{plain}");
        assert!(plain.contains("--> src/a.rs:3:1"), "{plain}");
    }
}
