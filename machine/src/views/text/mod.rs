use alloc::string::{String, ToString};
use core::fmt;

use anstyle::Style;

use super::bar::{BarOptions, ByteBar};
use super::keys::Keys;
use super::known::Known;
use super::places::ShownPlace;
use super::rows::rows;
use super::words::{self, plain};
use super::{ShortNames, clean, table};
use crate::{Machine, State};

/// How to show a machine on a terminal.
#[derive(Clone, Copy, Debug)]
pub struct TextOptions<'a> {
    /// With ANSI escape codes; without, nothing is lost but colour.
    pub color: bool,
    /// At most so many characters on a line, as far as names allow.
    pub width: usize,
    /// Types with full paths, and never cut short.
    pub full_types: bool,
    /// The folder to which places are shown relative; empty: places are shown as they are.
    pub root: &'a str,
}

impl Default for TextOptions<'_> {
    /// Without colour, 100 characters wide, with short types and full places.
    fn default() -> Self {
        TextOptions { color: false, width: 100, full_types: false, root: "" }
    }
}

impl Machine {
    /// The whole machine for a terminal: header, states, remarks.
    pub fn to_text<'a>(&'a self, options: &TextOptions<'a>) -> TextView<'a> {
        TextView::new(self, options, Part::Whole)
    }

    /// A part of [`to_text`](Self::to_text), one line: kind, full name, size, alignment and place.
    pub fn header_to_text<'a>(&'a self, options: &TextOptions<'a>) -> TextView<'a> {
        TextView::new(self, options, Part::Header)
    }

    /// A part of [`to_text`](Self::to_text): one state. Nothing where `state` is not one of the machine's.
    pub fn state_to_text<'a>(&'a self, state: &State, options: &TextOptions<'a>) -> TextView<'a> {
        TextView::new(self, options, Part::State(self.states.iter().position(|own| own.kind == state.kind)))
    }

    /// A part of [`to_text`](Self::to_text): what could not be found out. Nothing where there are no remarks.
    pub fn remarks_to_text<'a>(&'a self, options: &TextOptions<'a>) -> TextView<'a> {
        TextView::new(self, options, Part::Remarks)
    }
}

/// Displays a machine, or a part of one, for a terminal. Each line ends with a line break.
pub struct TextView<'a> {
    machine: &'a Machine,
    options: TextOptions<'a>,
    keys: Keys,
    names: ShortNames,
    known: Known,
    part: Part,
}

enum Part {
    Whole,
    Header,
    State(Option<usize>),
    Remarks,
}

impl fmt::Display for TextView<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.part {
            Part::Header => self.header(f),
            Part::State(index) => index.map_or(Ok(()), |index| self.state(f, index)),
            Part::Remarks => self.remarks(f),
            Part::Whole => self.whole(f),
        }
    }
}

impl<'a> TextView<'a> {
    fn new(machine: &'a Machine, options: &TextOptions<'a>, part: Part) -> Self {
        let (keys, names, known) = (Keys::of(machine), ShortNames::of(machine), Known::of(machine));
        TextView { machine, options: *options, keys, names, known, part }
    }

    fn whole(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.header(f)?;
        let finished = |index: usize| words::finished(self.machine, &self.machine.states[index]).is_some();
        for index in 0..self.machine.states.len() {
            // Finished states take one line each, and stand together.
            if index == 0 || !(finished(index) && finished(index - 1)) {
                writeln!(f)?;
            }
            self.state(f, index)?;
        }
        if !self.machine.remarks.is_empty() {
            writeln!(f)?;
        }
        self.remarks(f)
    }

    fn header(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let machine = self.machine;
        let bold = self.style(Style::new().bold());
        let name = words::full_name(machine);
        write!(f, "{} {bold}{name}{bold:#}", machine.kind)?;
        if let Some(size) = words::size_and_align(machine, self.known) {
            write!(f, ": {size}")?;
        }
        if self.known.place {
            write!(f, ", at {}", ShownPlace { place: machine.place.as_ref(), root: self.options.root })?;
        }
        writeln!(f)
    }

    fn state(&self, f: &mut fmt::Formatter<'_>, index: usize) -> fmt::Result {
        let state = &self.machine.states[index];
        let bold = self.style(Style::new().bold());
        write!(f, "{bold}{}{bold:#}", words::state_and_number(state, self.known))?;
        if self.known.has_place(state) {
            write!(f, " at {}", ShownPlace { place: state.place.as_ref(), root: self.options.root })?;
        }
        if let Some(finished) = words::finished(self.machine, state) {
            return writeln!(f, ": {finished}");
        }
        if let Some(awaits) = words::awaits(state, &self.names, self.known) {
            write!(f, ", {}", plain(&awaits))?;
        }
        let names = (!self.options.full_types).then_some(&self.names);
        let rows = rows(self.machine, index, &self.keys, names);
        if rows.is_empty() {
            return writeln!(f, ": stores nothing");
        }
        writeln!(f)?;
        let width = self.options.width.saturating_sub(table::INDENT.len());
        let bar = BarOptions { color: self.options.color, width };
        if let Some(bar) = ByteBar::new(self.machine, index, &self.keys, &bar) {
            let dimmed = self.style(Style::new().dimmed());
            writeln!(f, "{}{bar}", table::INDENT)?;
            writeln!(f, "{}{dimmed}{}{dimmed:#}", table::INDENT, bar.ruler())?;
        }
        table::write(f, &rows, self.known, &self.options)
    }

    fn remarks(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let bold = self.style(Style::new().bold());
        for remark in self.machine.remarks.iter() {
            writeln!(f, "{bold}note{bold:#}: {}", clean(remark))?;
        }
        Ok(())
    }

    fn style(&self, style: Style) -> Style {
        if self.options.color { style } else { Style::new() }
    }
}

/// At most so many characters of a text, the last of which tells that it was cut.
pub(super) fn cut(text: &str, width: usize) -> String {
    if text.chars().count() <= width {
        return text.to_string();
    }
    text.chars().take(width.saturating_sub(1)).chain(['…']).collect()
}
