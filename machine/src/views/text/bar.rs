use alloc::string::{String, ToString};
use alloc::vec;
use alloc::vec::Vec;
use core::fmt;

use anstyle::{Ansi256Color, Style};

use crate::views::Thousands;
use crate::views::keys::{COLORS, Key, Keys};
use crate::views::rows::Mark;
use crate::{Machine, Segment, State};

/// The colours of Okabe and Ito without black, which people with any kind of colour vision can tell apart, as near as the
/// 256 colours of a terminal come; and whether a letter on it is black.
const PALETTE: [(u8, bool); COLORS] =
    [(74, true), (172, true), (36, true), (175, true), (25, false), (221, true), (166, true)];

/// Below this many cells a small machine is drawn with several cells for each byte.
const COMFORTABLE: u64 = 64;

/// How to draw a [`ByteBar`].
#[derive(Clone, Copy, Debug)]
pub struct BarOptions {
    /// Whether to write ANSI escape codes.
    pub color: bool,
    /// How many characters it may have.
    pub width: usize,
}

impl Machine {
    /// Draws the bytes of the machine while it is in `state`, as one line to scale: `a███b▓▓▓#░░··`. A slot begins with its letter;
    /// `#` is the discriminant, `░` bytes that only other states use, `·` padding. Anything is at least one character wide,
    /// unless there are more things than characters. `None` where the machine's size is not known, or where `state` is
    /// not one of its states.
    pub fn byte_bar(&self, state: &State, options: &BarOptions) -> Option<ByteBar> {
        let index = self.states.iter().position(|own| own.kind == state.kind)?;
        ByteBar::new(self, index, &Keys::of(self), options)
    }
}

/// Displays [`Machine::byte_bar`].
#[derive(Clone, Debug)]
pub struct ByteBar {
    segments: Vec<(Segment, Drawn)>,
    size: u64,
    /// By character the index of the segment.
    cells: Vec<usize>,
    color: bool,
}

#[derive(Clone, Copy, Debug)]
enum Drawn {
    Slot(Key),
    Filler(char),
}

impl ByteBar {
    pub(in crate::views) fn new(machine: &Machine, state: usize, keys: &Keys, options: &BarOptions) -> Option<Self> {
        let size = machine.size.filter(|&size| size > 0)?;
        let segments = machine.known_byte_map(&machine.states[state]);
        let cells = cells(&segments, size, options.width.max(1));
        let drawn = |segment: &Segment| match Mark::of(segment.kind, keys, state) {
            Mark::Slot(key) => Drawn::Slot(key),
            mark => Drawn::Filler(mark.char()),
        };
        let segments = segments.iter().map(|segment| (*segment, drawn(segment))).collect();
        Some(ByteBar { segments, size, cells, color: options.color })
    }

    /// The line to put under the bar: the offsets at which its parts begin, as far as there is room for them, and the size.
    pub fn ruler(&self) -> Ruler<'_> {
        Ruler(self)
    }
}

impl fmt::Display for ByteBar {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut dark = false;
        for run in self.cells.chunk_by(|one, other| one == other) {
            let Some((_, drawn)) = self.segments.get(run[0]) else { continue };
            match *drawn {
                Drawn::Filler(char) => {
                    let style = if self.color { mark_style(char) } else { Style::new() };
                    write!(f, "{style}{}{style:#}", repeat(char, run.len()))?;
                }
                Drawn::Slot(key) if self.color => {
                    let (on, fill) = (letter_style(key), fill_style(key));
                    write!(f, "{on}{}{on:#}{fill}{}{fill:#}", key.letter, repeat('█', run.len() - 1))?;
                }
                Drawn::Slot(key) => {
                    // Without colour, neighbours are told apart by their shade.
                    dark = !dark;
                    write!(f, "{}{}", key.letter, repeat(if dark { '█' } else { '▓' }, run.len() - 1))?;
                }
            }
        }
        Ok(())
    }
}

/// Displays [`ByteBar::ruler`].
#[derive(Clone, Copy, Debug)]
pub struct Ruler<'a>(&'a ByteBar);

impl fmt::Display for Ruler<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let bar = self.0;
        let end = Thousands(bar.size).to_string();
        // The size stands at the right end, or after it where the bar is shorter than the number.
        let end_at = (bar.cells.len()).saturating_sub(end.len());
        let mut line = String::new();
        let mut cell = 0;
        for run in bar.cells.chunk_by(|one, other| one == other) {
            let offset = bar.segments.get(run[0]).map_or(0, |(segment, _)| segment.offset);
            let label = Thousands(offset).to_string();
            let free = line.is_empty() || line.len() < cell;
            if free && cell + label.len() < end_at.max(1) {
                line.extend(core::iter::repeat_n(' ', cell - line.len()));
                line += &label;
            }
            cell += run.len();
        }
        let gap = end_at.saturating_sub(line.len()).max(usize::from(!line.is_empty()));
        write!(f, "{line}{}{end}", repeat(' ', gap))
    }
}

fn repeat(char: char, count: usize) -> String {
    core::iter::repeat_n(char, count).collect()
}

/// A letter on the colour of its slot.
pub(super) fn letter_style(key: Key) -> Style {
    let (color, black) = PALETTE[key.color];
    let letter = Ansi256Color(if black { 16 } else { 231 });
    Style::new().bold().fg_color(Some(letter.into())).bg_color(Some(Ansi256Color(color).into()))
}

fn fill_style(key: Key) -> Style {
    Style::new().fg_color(Some(Ansi256Color(PALETTE[key.color].0).into()))
}

/// The style of what is not a slot.
pub(super) fn mark_style(char: char) -> Style {
    if char == '#' { Style::new().bold() } else { Style::new().dimmed() }
}

/// By character the index of the segment that it shows.
fn cells(segments: &[Segment], size: u64, width: usize) -> Vec<usize> {
    let wide = width as u64;
    let runs = if size <= wide {
        let scale = (wide.min(COMFORTABLE) / size).max(1);
        segments.iter().map(|segment| (segment.size * scale) as usize).collect()
    } else if segments.len() <= width {
        apportion(segments, width)
    } else {
        return (0..wide).map(|cell| largest_in(segments, cell, size, wide)).collect();
    };
    runs.iter().enumerate().flat_map(|(index, &run)| core::iter::repeat_n(index, run)).collect()
}

/// Shares the width out to scale, but gives everything at least one cell, which the larger ones pay for.
fn apportion(segments: &[Segment], width: usize) -> Vec<usize> {
    let mut tiny = vec![false; segments.len()];
    let (bytes, cells) = loop {
        let large = segments.iter().zip(&tiny).filter(|(_, tiny)| !**tiny);
        let bytes: u128 = large.map(|(segment, _)| u128::from(segment.size)).sum();
        let cells = (width - tiny.iter().filter(|tiny| **tiny).count()) as u128;
        let mut changed = false;
        for (segment, tiny) in segments.iter().zip(&mut tiny) {
            if !*tiny && u128::from(segment.size) * cells < bytes {
                *tiny = true;
                changed = true;
            }
        }
        if !changed {
            break (bytes.max(1), cells);
        }
    };
    // Rounding the ends instead of the sizes spends exactly the width.
    let mut seen = 0_u128;
    segments
        .iter()
        .zip(&tiny)
        .map(|(segment, &tiny)| {
            if tiny {
                return 1;
            }
            let start = (seen * cells + bytes / 2) / bytes;
            seen += u128::from(segment.size);
            ((seen * cells + bytes / 2) / bytes - start) as usize
        })
        .collect()
}

/// The segment with the most bytes in a cell, where there are more segments than cells.
fn largest_in(segments: &[Segment], cell: u64, size: u64, width: u64) -> usize {
    let edge = |cell: u64| (u128::from(cell) * u128::from(size) / u128::from(width)) as u64;
    let (start, end) = (edge(cell), edge(cell + 1));
    let inside = |segment: &Segment| (segment.offset + segment.size).min(end).saturating_sub(segment.offset.max(start));
    (0..segments.len()).max_by_key(|&index| inside(&segments[index])).unwrap_or(0)
}
