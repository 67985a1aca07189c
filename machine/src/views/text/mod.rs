mod bar;
mod options;
mod table;

use core::fmt;

use anstyle::Style;

pub use bar::{BarOptions, ByteBar, Ruler};
pub use options::TextOptions;

use super::columns::Columns;
use super::keys::Keys;
use super::locations::ShownLocation;
use super::rows::rows;
use super::words::{self, plain};
use super::{ShortNames, clean};
use crate::{Machine, State};

impl Machine {
    /// Writes the whole machine for a terminal: header, states, remarks.
    pub fn to_text<'a>(&'a self, options: &TextOptions<'a>) -> TextView<'a> {
        TextView::new(self, options, Part::Whole)
    }

    /// Writes the first line of [`to_text`](Self::to_text): kind, full name, size, alignment and location.
    pub fn header_to_text<'a>(&'a self, options: &TextOptions<'a>) -> TextView<'a> {
        TextView::new(self, options, Part::Header)
    }

    /// Writes one state as [`to_text`](Self::to_text) does, and nothing where `state` is not one of the machine's.
    pub fn state_to_text<'a>(&'a self, state: &State, options: &TextOptions<'a>) -> TextView<'a> {
        TextView::new(self, options, Part::State(self.states.iter().position(|own| own.kind == state.kind)))
    }

    /// Writes the end of [`to_text`](Self::to_text): what could not be found out. Nothing where there are no remarks.
    pub fn remarks_to_text<'a>(&'a self, options: &TextOptions<'a>) -> TextView<'a> {
        TextView::new(self, options, Part::Remarks)
    }
}

/// As [`to_text`](Machine::to_text) shows it if nothing else is asked for.
impl fmt::Display for Machine {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.to_text(&TextOptions::default()).fmt(f)
    }
}

/// Displays a machine, or a part of one, for a terminal. Each line ends with a line break.
pub struct TextView<'a> {
    machine: &'a Machine,
    options: TextOptions<'a>,
    keys: Keys,
    names: ShortNames,
    columns: Columns,
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
        let (keys, names, columns) = (Keys::of(machine), ShortNames::of(machine), Columns::of(machine));
        TextView { machine, options: *options, keys, names, columns, part }
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
        if let Some(size) = words::size_and_align(machine, self.columns) {
            write!(f, ": {size}")?;
        }
        if self.columns.location {
            write!(f, ", at {}", ShownLocation { location: machine.location.as_ref(), root: self.options.root })?;
        }
        writeln!(f)
    }

    fn state(&self, f: &mut fmt::Formatter<'_>, index: usize) -> fmt::Result {
        let state = &self.machine.states[index];
        let bold = self.style(Style::new().bold());
        write!(f, "{bold}{}{bold:#}", words::state_and_number(state, self.columns))?;
        if self.columns.has_place(state) {
            write!(f, " at {}", ShownLocation { location: state.location.as_ref(), root: self.options.root })?;
        }
        if let Some(finished) = words::finished(self.machine, state) {
            return writeln!(f, ": {finished}");
        }
        if let Some(awaits) = words::awaits(state, &self.names, self.columns) {
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
        table::write(f, &rows, self.columns, &self.options)
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
