use alloc::collections::BTreeMap;
use alloc::format;
use alloc::string::String;
use alloc::vec::Vec;
use core::fmt;

mod column;
mod draw;
mod lanes;
mod sketch;
mod style;

pub use sketch::SketchView;
pub use style::SVG_STYLE;

use self::column::Column;
use super::columns::Columns;
use super::keys::{COLORS, Keys};
use super::locations::ShownLocation;
use super::words::{self, plain};
use super::{ShortNames, clean};
use crate::{Location, Machine, Role, Slot};

/// How to draw a machine.
#[derive(Clone, Copy, Debug)]
pub struct SvgOptions<'a> {
    /// In pixels: where the states do not fit side by side, they go on below. A single state may be wider.
    pub max_width: u32,
    /// With [`SVG_STYLE`] inside. A page with many pictures needs it only once.
    pub style: bool,
    /// The folder to which places are shown relative; empty: places are shown as they are.
    pub root: &'a str,
}

impl Default for SvgOptions<'_> {
    /// At most 1,200 pixels wide, self-contained, full places.
    fn default() -> Self {
        SvgOptions { max_width: 1_200, style: true, root: "" }
    }
}

impl Machine {
    /// A picture of the machine: its states as columns, in each the bytes to scale, a label for each slot, and an arrow for each
    /// self-reference, dashed if it is only possible. It is one `<svg>` element, which may stand alone or in a page; it has no
    /// ids and no script, and follows the reader's choice of light or dark.
    pub fn to_svg<'a>(&'a self, options: &SvgOptions<'a>) -> SvgView<'a> {
        SvgView { machine: self, options: *options }
    }
}

/// Displays [`Machine::to_svg`].
#[derive(Clone, Copy, Debug)]
pub struct SvgView<'a> {
    machine: &'a Machine,
    options: SvgOptions<'a>,
}

/// What is worked out once for all states.
struct Facts<'a> {
    machine: &'a Machine,
    keys: Keys,
    names: ShortNames,
    columns: Columns,
    /// By what a value is called and where it is declared its colour, for a machine whose slots have no known place.
    colors: BTreeMap<Value<'a>, usize>,
    root: &'a str,
}

type Value<'a> = (&'a str, Option<&'a Location>, bool);

fn value(slot: &Slot) -> Value<'_> {
    (&slot.name, slot.declared.as_ref(), slot.role == Role::Argument)
}

impl<'a> Facts<'a> {
    fn of(machine: &'a Machine, root: &'a str) -> Self {
        let mut colors = BTreeMap::new();
        for slot in machine.states.iter().flat_map(|state| state.slots.iter()) {
            let next = colors.len() % COLORS;
            colors.entry(value(slot)).or_insert(next);
        }
        let (keys, names, columns) = (Keys::of(machine), ShortNames::of(machine), Columns::of(machine));
        Facts { machine, keys, names, columns, colors, root }
    }
}

// All lengths are in pixels. Text is in a font of fixed width, so that its width is known without measuring it.
const MARGIN: f64 = 20.0;
const AXIS_WIDTH: f64 = 56.0;
const COLUMN_GAP: f64 = 30.0;
const LINE_HEIGHT: f64 = 18.0;
const CHAR_WIDTH: f64 = 7.25;
const SMALL_CHAR_WIDTH: f64 = 6.65;

impl fmt::Display for SvgView<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let machine = self.machine;
        let facts = Facts::of(machine, self.options.root);
        let drawn = machine.states.iter().enumerate().filter(|(_, state)| words::finished(machine, state).is_none());
        let mut columns: Vec<Column> = drawn.map(|(index, _)| Column::new(&facts, index)).collect();
        let least_height = if machine.size.is_some() { column::LEAST_BAR_HEIGHT } else { column::ROW_HEIGHT };
        let bar_height = columns.iter().map(|column| column.least_height()).fold(least_height, f64::max);
        columns.iter_mut().for_each(|column| column.arrange(machine, bar_height));

        let title = format!("{} {}", machine.kind, words::full_name(machine));
        let location = ShownLocation { location: machine.location.as_ref(), root: self.options.root };
        let location = facts.columns.location.then(|| format!("at {location}"));
        let subtitle =
            words::size_and_align(machine, facts.columns).into_iter().chain(location).collect::<Vec<_>>().join(", ");
        let footer = self.footer(facts.columns);

        let axis_width = if facts.columns.offsets { AXIS_WIDTH } else { 0.0 };
        let lines = lines(&columns, axis_width, f64::from(self.options.max_width));
        // Bars are all of one height, so that they can be compared; lists are as high as they need to be.
        let heights = lines.iter().map(|line| match facts.columns.offsets {
            true => bar_height,
            false => line.iter().map(Column::least_height).fold(least_height, f64::max),
        });
        let heights: Vec<f64> = heights.map(|height| column::HEADER_HEIGHT + height + COLUMN_GAP).collect();
        let top = MARGIN + 2.0 * LINE_HEIGHT + 14.0;
        let text_width = |text: &str| MARGIN * 2.0 + text.chars().count() as f64 * CHAR_WIDTH;
        let widest_line = lines.iter().map(|line| line_width(line, axis_width)).fold(0.0, f64::max);
        let widest_text = footer.iter().map(|line| text_width(line)).fold(text_width(&subtitle), f64::max);
        let width = widest_line.max(widest_text).max(title.chars().count() as f64 * 9.1 + 2.0 * MARGIN);
        let width = width.max(draw::LEGEND_WIDTH + 2.0 * MARGIN);
        let legend_y = top + heights.iter().sum::<f64>();
        let height = legend_y + LINE_HEIGHT * (1.5 + footer.len() as f64) + MARGIN;

        writeln!(
            f,
            r#"<svg class="pinsight-machine" xmlns="http://www.w3.org/2000/svg" role="img" width="{width:.0}" height="{height:.0}" viewBox="0 0 {width:.0} {height:.0}">"#
        )?;
        writeln!(f, "<title>{}</title>", Escaped(&title))?;
        if self.options.style {
            writeln!(f, "<style>{SVG_STYLE}</style>")?;
        }
        writeln!(f, r#"<rect class="ground" width="100%" height="100%"/>"#)?;
        writeln!(f, r#"<text class="title" x="{MARGIN}" y="{:.1}">{}</text>"#, MARGIN + 14.0, Escaped(&title))?;
        if !subtitle.is_empty() {
            writeln!(f, r#"<text class="dim" x="{MARGIN}" y="{:.1}">{}</text>"#, MARGIN + 34.0, Escaped(&subtitle))?;
        }
        let mut y = top;
        for (line, height) in lines.iter().zip(&heights) {
            draw::axis(f, machine, y + column::HEADER_HEIGHT, bar_height)?;
            let mut x = MARGIN + axis_width;
            for column in *line {
                draw::column(f, machine, column, x, y, bar_height)?;
                x += column.width() + COLUMN_GAP;
            }
            y += height;
        }
        draw::legend(f, machine, legend_y)?;
        for (index, line) in footer.iter().enumerate() {
            let y = legend_y + LINE_HEIGHT * (index as f64 + 1.5);
            writeln!(f, r#"<text class="dim" x="{MARGIN}" y="{y:.1}">{}</text>"#, Escaped(line))?;
        }
        writeln!(f, "</svg>")
    }
}

impl SvgView<'_> {
    /// What is not drawn: the finished states in words, and the remarks.
    fn footer(&self, columns: Columns) -> Vec<String> {
        let mut lines = Vec::new();
        for state in self.machine.states.iter() {
            if let Some(finished) = words::finished(self.machine, state) {
                lines.push(format!("{}: {finished}", words::state_and_number(state, columns)));
            }
        }
        let width = (f64::from(self.options.max_width) / CHAR_WIDTH) as usize;
        for remark in self.machine.remarks.iter() {
            wrap(&format!("note: {}", plain(remark)), width.max(40), &mut lines);
        }
        lines
    }
}

/// Cuts the columns into lines that are not wider than a picture may be.
fn lines(columns: &[Column], axis_width: f64, max_width: f64) -> Vec<&[Column]> {
    let mut lines = Vec::new();
    let mut rest = columns;
    while !rest.is_empty() {
        let fits =
            (1..=rest.len()).take_while(|&count| line_width(&rest[..count], axis_width) <= max_width).count().max(1);
        let (line, others) = rest.split_at(fits);
        lines.push(line);
        rest = others;
    }
    lines
}

fn line_width(columns: &[Column], axis_width: f64) -> f64 {
    let gaps = columns.len().saturating_sub(1) as f64 * COLUMN_GAP;
    2.0 * MARGIN + axis_width + gaps + columns.iter().map(Column::width).sum::<f64>()
}

fn wrap(text: &str, width: usize, lines: &mut Vec<String>) {
    let mut line = String::new();
    for word in text.split(' ') {
        if !line.is_empty() && line.chars().count() + 1 + word.chars().count() > width {
            lines.push(core::mem::take(&mut line));
        }
        if !line.is_empty() {
            line.push(' ');
        }
        line.push_str(word);
    }
    lines.push(line);
}

/// Displays text as XML has it, in an element or in an attribute.
struct Escaped<'a>(&'a str);

impl fmt::Display for Escaped<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        clean(self.0).chars().try_for_each(|char| match char {
            '&' => f.write_str("&amp;"),
            '<' => f.write_str("&lt;"),
            '>' => f.write_str("&gt;"),
            '"' => f.write_str("&quot;"),
            '\'' => f.write_str("&#39;"),
            // No character of XML, and no control character either.
            '\u{fffe}' | '\u{ffff}' => f.write_str("\u{fffd}"),
            _ => fmt::Write::write_char(f, char),
        })
    }
}
