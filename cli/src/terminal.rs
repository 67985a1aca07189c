//! What the terminal can do, and how errors look on it.

use std::io::{IsTerminal, Write};

use anstream::ColorChoice;
use anstyle::{AnsiColor, Style};
use console::Term;

use crate::arguments::Color;

/// The flag decides; then cargo's own variable, which anstream does not know; then what anstream looks at: `NO_COLOR`,
/// `CLICOLOR`, and whether there is a terminal. Returns what the inner cargo is told.
pub(crate) fn decide_color(flag: Option<Color>) -> &'static str {
    let variable = std::env::var("CARGO_TERM_COLOR").unwrap_or_default();
    let choice = match (flag, variable.as_str()) {
        (Some(Color::Always), _) | (None, "always") => ColorChoice::Always,
        (Some(Color::Never), _) | (None, "never") => ColorChoice::Never,
        _ => ColorChoice::Auto,
    };
    choice.write_global();
    match choice {
        ColorChoice::Always => "always",
        ColorChoice::Never => "never",
        _ => "auto",
    }
}

/// Whether the report is printed in colour.
pub(crate) fn has_color() -> bool {
    match ColorChoice::global() {
        ColorChoice::Auto => anstream::AutoStream::choice(&std::io::stdout()) != ColorChoice::Never,
        choice => choice != ColorChoice::Never,
    }
}

/// The width of what is drawn: that of the terminal, within limits.
pub(crate) fn width() -> usize {
    let columns = std::env::var("COLUMNS").ok().and_then(|columns| columns.parse().ok());
    columns
        .or_else(|| Term::stdout().size_checked().map(|(_, columns)| usize::from(columns)))
        .unwrap_or(100)
        .clamp(60, 160)
}

pub(crate) fn shows_progress(quiet: bool) -> bool {
    !quiet && std::io::stderr().is_terminal()
}

pub(crate) fn print_error(error: &anyhow::Error) {
    let style = Style::new().bold().fg_color(Some(AnsiColor::Red.into()));
    let bold = Style::new().bold();
    let (message, help) = message_and_help(error);
    let help = if help.is_empty() { help } else { help + "\n" };
    // Standard error may be closed, and there is nowhere else to say so.
    let _ = write!(anstream::stderr(), "{style}error{style:#}{bold}: {message}{bold:#}\n{help}");
}

/// The causes in one line, and what each says to do below it.
fn message_and_help(error: &anyhow::Error) -> (String, String) {
    let (mut messages, mut help) = (Vec::new(), Vec::new());
    for cause in error.chain() {
        let text = cause.to_string();
        let (message, more) = text.split_once('\n').unwrap_or((&text, ""));
        messages.push(message.to_owned());
        help.extend((!more.is_empty()).then(|| more.to_owned()));
    }
    (messages.join(": "), help.join("\n"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn help_comes_after_all_causes() {
        let error = anyhow::anyhow!("permission denied").context("cannot write `a`\nhelp: choose another file");
        let (message, help) = message_and_help(&error);
        assert_eq!(message, "cannot write `a`: permission denied");
        assert_eq!(help, "help: choose another file");
    }
}
