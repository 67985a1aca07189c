use alloc::format;
use alloc::string::{String, ToString};
use core::fmt;

use super::columns::Columns;
use super::keys::Keys;
use super::locations::ShownLocation;
use super::rows::{Mark, Row, rows};
use super::words::{self, NoteKind, code};
use super::{BarOptions, ByteBar};
use super::{ShortNames, clean};
use crate::Machine;

mod rustdoc;

pub use rustdoc::RustdocView;

/// How to show a machine in Markdown.
#[derive(Clone, Copy, Debug)]
pub struct MarkdownOptions<'a> {
    /// The level of the machine's heading, 1 to 6; the states' headings are one deeper.
    pub heading_level: usize,
    /// Types with full paths.
    pub full_types: bool,
    /// The folder to which places are shown relative; empty: places are shown as they are.
    pub root: &'a str,
}

impl Default for MarkdownOptions<'_> {
    /// With a second-level heading, short types and full places.
    fn default() -> Self {
        MarkdownOptions { heading_level: 2, full_types: false, root: "" }
    }
}

/// A code block in a page is about so many characters wide.
const BAR_WIDTH: usize = 80;

impl Machine {
    /// The machine as a section of Markdown, which may stand in a page of GitHub and in the documentation of an item.
    pub fn to_markdown<'a>(&'a self, options: &MarkdownOptions<'a>) -> MarkdownView<'a> {
        MarkdownView { machine: self, options: *options }
    }
}

/// Displays [`Machine::to_markdown`].
#[derive(Clone, Copy, Debug)]
pub struct MarkdownView<'a> {
    machine: &'a Machine,
    options: MarkdownOptions<'a>,
}

/// What is worked out once for all states.
struct Facts {
    keys: Keys,
    names: ShortNames,
    columns: Columns,
}

impl fmt::Display for MarkdownView<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let machine = self.machine;
        let facts = Facts { keys: Keys::of(machine), names: ShortNames::of(machine), columns: Columns::of(machine) };
        writeln!(f, "{} {}\n", self.heading(0), code(&words::full_name(machine)))?;
        write!(f, "{}", machine.kind)?;
        if let Some(size) = words::size_and_align(machine, facts.columns) {
            write!(f, ", {size}")?;
        }
        if facts.columns.location {
            let location = ShownLocation { location: machine.location.as_ref(), root: self.options.root }.to_string();
            write!(f, ", at {}", code(&location))?;
        }
        writeln!(f)?;
        for index in 0..machine.states.len() {
            self.state(f, index, &facts)?;
        }
        for (index, remark) in machine.remarks.iter().enumerate() {
            writeln!(f, "{}- {}", if index == 0 { "\n" } else { "" }, prose(remark))?;
        }
        Ok(())
    }
}

impl MarkdownView<'_> {
    fn heading(&self, deeper: usize) -> &'static str {
        &"######"[..(self.options.heading_level + deeper).clamp(1, 6)]
    }

    fn state(&self, f: &mut fmt::Formatter<'_>, index: usize, facts: &Facts) -> fmt::Result {
        let Facts { keys, names, columns } = facts;
        let state = &self.machine.states[index];
        writeln!(f, "\n{} {}\n", self.heading(1), words::state_and_number(state, *columns))?;
        let location = ShownLocation { location: state.location.as_ref(), root: self.options.root }.to_string();
        let location = columns.has_place(state).then(|| format!("At {}", code(&location)));
        let rows = rows(self.machine, index, keys, (!self.options.full_types).then_some(names));
        let nothing = || rows.is_empty().then(|| "stores nothing".to_string());
        if let Some(nothing) = words::finished(self.machine, state).or_else(nothing) {
            return match location {
                Some(location) => writeln!(f, "{location}: {nothing}"),
                None => writeln!(f, "It {nothing}"),
            };
        }
        match (location, words::awaits(state, names, *columns).map(|awaits| prose(&awaits))) {
            (Some(location), Some(awaits)) => writeln!(f, "{location}, {awaits}\n")?,
            (Some(location), None) => writeln!(f, "{location}\n")?,
            (None, Some(awaits)) => writeln!(f, "It {awaits}\n")?,
            (None, None) => {}
        }
        let bar = ByteBar::new(self.machine, index, keys, &BarOptions { color: false, width: BAR_WIDTH });
        if let Some(bar) = bar {
            // rustdoc would run a code block without a language.
            writeln!(f, "```text\n{bar}\n{}\n```\n", bar.ruler())?;
        }
        line(f, *columns, ["| ", "| offset ", "| size ", "| name ", "| type ", "| why |"])?;
        line(f, *columns, ["|-", "|-:", "|-:", "|-", "|-", "|-|"])?;
        rows.iter().try_for_each(|row| table_row(f, row, *columns))
    }
}

fn table_row(f: &mut fmt::Formatter<'_>, row: &Row, columns: Columns) -> fmt::Result {
    let key = match row.mark {
        Mark::None => String::new(),
        mark => format!("`{}`", mark.char()),
    };
    let is_slot = matches!(row.mark, Mark::Slot(_) | Mark::Maybe | Mark::None);
    let name = if is_slot { code(&row.name) } else { row.name.clone() };
    let type_name = if row.type_name.is_empty() { String::new() } else { code(&row.type_name) };
    let mut why = String::new();
    for (index, note) in row.notes.iter().enumerate() {
        let arrow = if matches!(note.kind, NoteKind::PointsAt(_)) { "→ " } else { "" };
        why += &format!("{}{arrow}{}", if index == 0 { "" } else { "; " }, cell(&prose(&note.text)));
    }
    let [offset, size] = [&row.offset, &row.size].map(|number| format!("| {number} "));
    let [key, name, type_name] = [key, cell(&name), cell(&type_name)].map(|text| format!("| {text} "));
    line(f, columns, [&key, &offset, &size, &name, &type_name, &format!("| {why} |")])
}

/// A line of the table: mark, offset, size, name, type, why; without the columns that are left out.
fn line(f: &mut fmt::Formatter<'_>, columns: Columns, cells: [&str; 6]) -> fmt::Result {
    let is_known = [true, columns.offsets, columns.sizes, true, columns.types, true];
    cells.iter().zip(is_known).filter(|(_, is_known)| *is_known).try_for_each(|(cell, _)| f.write_str(cell))?;
    writeln!(f)
}

/// In a table a `|` ends the cell even inside of code.
fn cell(markdown: &str) -> String {
    markdown.replace('|', "\\|")
}

/// A sentence with code in backticks. What is outside of code is shown as it is written.
fn prose(sentence: &str) -> String {
    let sentence = clean(sentence);
    let balanced = sentence.matches('`').count().is_multiple_of(2);
    let mut markdown = String::with_capacity(sentence.len());
    let mut in_code = false;
    for char in sentence.chars() {
        match char {
            '`' if balanced => in_code = !in_code,
            '\\' | '`' | '*' | '_' | '[' | ']' | '<' | '>' | '&' | '~' | '#' if !in_code => markdown.push('\\'),
            _ => {}
        }
        markdown.push(char);
    }
    markdown
}
