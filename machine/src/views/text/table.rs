//! The table under the byte bar of a state.

use alloc::format;
use alloc::string::String;
use core::fmt;

use anstyle::{AnsiColor, Style};

use super::bar::{letter_style, mark_style};
use super::options::TextOptions;
use crate::Certainty;
use crate::views::columns::Columns;
use crate::views::cut;
use crate::views::rows::{Mark, Row};
use crate::views::words::{NoteKind, plain};

/// Before each line of a state.
pub(super) const INDENT: &str = "  ";

/// What the column of notes gets at least; types are cut short for it.
const NOTES_WIDTH: usize = 34;

/// What the column of names gets at most; longer names stick out of it.
const NAME_WIDTH: usize = 28;

/// What the column of types gets at least.
const TYPE_WIDTH: usize = 16;

struct Widths {
    /// `None` of a column that is left out.
    offset: Option<usize>,
    size: Option<usize>,
    name: usize,
    has_types: bool,
    type_name: usize,
    line: usize,
}

impl Widths {
    fn of(rows: &[Row], columns: Columns, options: &TextOptions) -> Self {
        let widest = |text: fn(&Row) -> &str| rows.iter().map(|row| text(row).chars().count()).max().unwrap_or(0);
        let offset = columns.offsets.then(|| widest(|row| &row.offset).max("offset".len()));
        let size = columns.sizes.then(|| widest(|row| &row.size).max("size".len()));
        // Columns of machines with bytes may be narrower than their headings.
        let least = |heading: &str| if columns.offsets { 0 } else { heading.len() };
        let name = widest(|row| &row.name).clamp(least("name"), NAME_WIDTH);
        let mut widths = Widths { offset, size, name, has_types: columns.types, type_name: 0, line: options.width };
        let type_limit = match options.full_types {
            true => usize::MAX,
            false => options.width.saturating_sub(widths.before_notes() + NOTES_WIDTH).max(TYPE_WIDTH),
        };
        widths.type_name = match widest(|row| &row.type_name) {
            // Rows without a type have no column of types.
            0 => 0,
            widest => widest.max(least("type")).min(type_limit),
        };
        widths
    }

    fn before_name(&self) -> usize {
        let numbers: usize = [self.offset, self.size].into_iter().flatten().map(|width| width + 2).sum();
        INDENT.len() + 1 + 2 + numbers
    }

    fn before_notes(&self) -> usize {
        let types = if self.has_types { self.type_name + 2 } else { 0 };
        self.before_name() + self.name + 2 + types
    }

    /// The columns of numbers, with the gap after each.
    fn numbers(&self, offset: &str, size: &str) -> String {
        let mut text = String::new();
        for (width, number) in [(self.offset, offset), (self.size, size)] {
            if let Some(width) = width {
                text += &format!("{number:>width$}  ");
            }
        }
        text
    }
}

pub(super) fn write(f: &mut fmt::Formatter<'_>, rows: &[Row], columns: Columns, options: &TextOptions) -> fmt::Result {
    let widths = Widths::of(rows, columns, options);
    let style = |style: Style| if options.color { style } else { Style::new() };
    let dimmed = style(Style::new().dimmed());
    let Widths { name, type_name, .. } = widths;
    let before_name = widths.before_name();
    let mut header = widths.numbers("offset", "size");
    if rows.iter().any(|row| matches!(row.mark, Mark::Slot(_) | Mark::Maybe | Mark::None)) {
        header += &format!("{:name$}  ", "name");
        if widths.has_types {
            header += &format!("{:type_name$}  ", "type");
        }
        header += "why";
    }
    writeln!(f, "{INDENT}   {dimmed}{}{dimmed:#}", header.trim_end())?;
    for row in rows {
        let (key, text) = match row.mark {
            Mark::Slot(key) => (style(letter_style(key)), style(if row.warns { warning() } else { Style::new() })),
            Mark::Maybe => (style(warning()), style(warning())),
            Mark::None if row.warns => (Style::new(), style(warning())),
            Mark::None => (Style::new(), Style::new()),
            mark => (style(mark_style(mark.char())), dimmed),
        };
        write!(f, "{INDENT}{key}{}{key:#}  ", row.mark.char())?;
        write!(f, "{text}{}", widths.numbers(&row.offset, &row.size))?;
        let type_text = cut(&row.type_name, type_name);
        let name_length = row.name.chars().count();
        write!(f, "{}", row.name)?;
        let mut column = before_name + name_length;
        if !type_text.is_empty() {
            let gap = name.saturating_sub(name_length) + 2;
            write!(f, "{:gap$}{type_text}", "")?;
            column += gap + type_text.chars().count();
        }
        write!(f, "{text:#}")?;
        notes(f, row, column, &widths, options.color)?;
    }
    Ok(())
}

/// The notes of a row from `column` on. Each starts a line of its own where it does not fit any more.
fn notes(f: &mut fmt::Formatter<'_>, row: &Row, mut column: usize, widths: &Widths, color: bool) -> fmt::Result {
    let line_width = widths.line;
    let start = widths.before_notes();
    let hang = start.min(line_width.saturating_sub(NOTES_WIDTH));
    for (index, note) in row.notes.iter().enumerate() {
        let text = match note.kind {
            NoteKind::PointsAt(_) => format!("-> {}", plain(&note.text)),
            _ => plain(&note.text),
        };
        let style = if color { note_style(note.kind) } else { Style::new() };
        // The first one begins in its column, or after a name that sticks out.
        let next = if index == 0 { start.max(column + 2) } else { column + 2 };
        let fits = next + text.chars().count() <= line_width;
        if fits || (index == 0 && next == hang) {
            write!(f, "{:gap$}", "", gap = next - column)?;
            column = next;
        } else {
            write!(f, "\n{:hang$}", "")?;
            column = hang;
        }
        let mut line = String::new();
        for word in text.split(' ') {
            let length = word.chars().count();
            if !line.is_empty() && column + 1 + length > line_width {
                write!(f, "{style}{line}{style:#}\n{:hang$}", "")?;
                line.clear();
                column = hang;
            }
            if !line.is_empty() {
                line.push(' ');
                column += 1;
            }
            line.push_str(word);
            column += length;
        }
        write!(f, "{style}{line}{style:#}")?;
    }
    writeln!(f)
}

fn warning() -> Style {
    Style::new().fg_color(Some(AnsiColor::Yellow.into()))
}

fn note_style(kind: NoteKind) -> Style {
    match kind {
        NoteKind::Reason => Style::new(),
        NoteKind::PointsAt(Certainty::Certain) => Style::new().bold().fg_color(Some(AnsiColor::Cyan.into())),
        NoteKind::PointsAt(Certainty::Possible) => Style::new().fg_color(Some(AnsiColor::Cyan.into())),
        NoteKind::Warning => warning(),
        NoteKind::Aside => Style::new().dimmed(),
    }
}
