//! What the terminal can do, and how errors look on it.

use std::io::IsTerminal;

use anstream::ColorChoice;
use anstyle::{AnsiColor, Style};

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

/// The width of what is drawn.
pub(crate) fn width() -> usize {
    let columns = std::env::var("COLUMNS").ok().and_then(|columns| columns.parse().ok());
    columns.unwrap_or(100).clamp(60, 160)
}

pub(crate) fn shows_progress(quiet: bool) -> bool {
    !quiet && std::io::stderr().is_terminal()
}

pub(crate) fn print_error(error: &anyhow::Error) {
    let style = Style::new().bold().fg_color(Some(AnsiColor::Red.into()));
    let bold = Style::new().bold();
    let text = format!("{error:#}");
    let (message, help) = text.split_once('\n').unwrap_or((&text, ""));
    anstream::eprintln!("{style}error{style:#}{bold}: {message}{bold:#}");
    if !help.is_empty() {
        anstream::eprintln!("{help}");
    }
}
