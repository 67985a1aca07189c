use alloc::format;
use alloc::string::{String, ToString};
use alloc::vec;
use alloc::vec::Vec;

use super::lanes::{Arrow, assign, spread};
use super::{CHAR_WIDTH, Facts, SMALL_CHAR_WIDTH, value, wrap};
use crate::views::cut;
use crate::views::keys::{Key, in_order_of_offsets};
use crate::views::locations::ShownLocation;
use crate::views::words::{self, NoteKind, plain};
use crate::views::{Bytes, Thousands, clean};
use crate::{Certainty, Evidence, Machine, State};

pub(super) const HEADER_HEIGHT: f64 = 58.0;
pub(super) const BAR_WIDTH: f64 = 46.0;
/// Between the bar and the labels.
pub(super) const LEADER_WIDTH: f64 = 24.0;
pub(super) const ROW_HEIGHT: f64 = 31.0;
pub(super) const LANE_WIDTH: f64 = 9.0;
/// The width of a bar, if there is one.
pub(super) const LEAST_BAR_HEIGHT: f64 = 220.0;

/// Longer names and types are cut; the tooltip has them whole.
const MOST_CHARS: usize = 30;

/// Between the lines of a label.
pub(super) const SMALL_LINE_HEIGHT: f64 = 13.0;

/// A state as it is drawn. Heights are relative to the top of the bar.
pub(super) struct Column {
    pub(super) state: usize,
    pub(super) title: String,
    pub(super) location: String,
    pub(super) whole_place: String,
    pub(super) awaits: Option<String>,
    /// By offset, those without a known place last.
    pub(super) rows: Vec<Row>,
    pub(super) arrows: Vec<Arrow>,
    /// By slot its key.
    pub(super) keys: Vec<Option<Key>>,
    /// Whether it has a bar, beside which the labels stand; without one they are a list.
    has_bar: bool,
    lanes: usize,
}

/// The label of a slot.
pub(super) struct Row {
    pub(super) slot: usize,
    /// What the strip before it looks like.
    pub(super) strip: Option<String>,
    pub(super) name: String,
    /// Empty where no size is known.
    pub(super) size: String,
    /// What stands below its name, and its class: its type, and of a machine without bytes also why it is kept.
    pub(super) lines: Vec<(&'static str, String)>,
    pub(super) tooltip: String,
    /// Something is the matter with it, and it stands out.
    pub(super) warns: bool,
    /// The middle of a label with one line below its name.
    pub(super) y: f64,
}

impl Row {
    pub(super) fn text_width(&self) -> f64 {
        let first = (self.name.chars().count() + 2 + self.size.chars().count()) as f64 * CHAR_WIDTH;
        let below = self.lines.iter().map(|(_, line)| line.chars().count()).max().unwrap_or(0);
        first.max(below as f64 * SMALL_CHAR_WIDTH)
    }
}

impl Row {
    /// In a list.
    fn height(&self) -> f64 {
        ROW_HEIGHT + (self.lines.len() as f64 - 1.0) * SMALL_LINE_HEIGHT
    }
}

/// What stands below the name of a slot.
fn lines(facts: &Facts<'_>, state: &State, slot: usize) -> Vec<(&'static str, String)> {
    let stored = &state.slots[slot];
    let type_name = stored.type_name.as_deref().map(|name| cut(&clean(&facts.names.shorten(name)), MOST_CHARS));
    if facts.columns.offsets {
        return vec![("type", type_name.unwrap_or("?".to_string()))];
    }
    let mut lines: Vec<(&str, String)> = type_name.into_iter().map(|name| ("type", name)).collect();
    for note in words::notes(state, slot, &facts.names) {
        let class = if note.kind == NoteKind::Warning { "lost" } else { "dim" };
        let mut wrapped = Vec::new();
        wrap(&plain(&note.text), MOST_CHARS + 6, &mut wrapped);
        lines.extend(wrapped.into_iter().map(|line| (class, cut(&line, MOST_CHARS + 6))));
    }
    lines
}

fn tooltip(facts: &Facts<'_>, state: &State, slot: usize) -> String {
    let stored = &state.slots[slot];
    let mut text = stored.name.to_string();
    if facts.columns.types {
        text += &format!(": {}", stored.type_name.as_deref().unwrap_or("?"));
    }
    if facts.columns.offsets {
        let at = stored.offset.map_or("?".to_string(), |offset| Thousands(offset).to_string());
        text += &format!(", {} at {at}", Bytes(stored.size));
    }
    for note in words::notes(state, slot, &facts.names) {
        text += &format!("; {}", plain(&note.text));
    }
    text
}

impl Column {
    pub(super) fn new(facts: &Facts<'_>, index: usize) -> Self {
        let Facts { machine, keys, names, columns, .. } = facts;
        let state = &machine.states[index];
        let mut rows: Vec<Row> = Vec::new();
        let mut arrows = Vec::new();
        for slot in in_order_of_offsets(state) {
            let stored = &state.slots[slot];
            let key = keys.get(index, slot);
            let color = key.map(|key| key.color).or_else(|| facts.colors.get(&value(stored)).copied());
            let strip = match color {
                _ if columns.offsets => key.map(|key| format!("slot{}", key.color)),
                _ if stored.is_maybe() => Some("padding".to_string()),
                color => color.map(|color| format!("slot{color}")),
            };
            rows.push(Row {
                slot,
                strip,
                name: cut(&clean(&stored.name), MOST_CHARS),
                size: if columns.sizes { Bytes(stored.size).to_string() } else { String::new() },
                lines: lines(facts, state, slot),
                tooltip: tooltip(facts, state, slot),
                warns: stored.evidence == Evidence::Lost || stored.is_maybe(),
                y: 0.0,
            });
            for points_at in stored.points_at.iter().filter(|points_at| points_at.slot < state.slots.len()) {
                let words = format!("{} {}", stored.name, plain(&words::points_at(state, points_at)));
                let certain = points_at.certainty == Certainty::Certain;
                arrows.push(Arrow { from: slot, to: points_at.slot, certain, words, lane: 0 });
            }
        }
        let location = ShownLocation { location: state.location.as_ref(), root: facts.root }.to_string();
        let file_name = location.rsplit(['/', '\\']).next().unwrap_or(&location);
        let nothing = (rows.is_empty() && !columns.offsets).then(|| "stores nothing".to_string());
        Column {
            state: index,
            title: words::state_and_number(state, *columns),
            location: if columns.has_place(state) { format!("at {file_name}") } else { String::new() },
            awaits: words::awaits(state, names, *columns).map(|awaits| plain(&awaits)).or(nothing),
            rows,
            arrows,
            keys: (0..state.slots.len()).map(|slot| keys.get(index, slot)).collect(),
            has_bar: columns.offsets,
            lanes: 0,
            whole_place: location,
        }
    }

    /// The height that the labels need.
    pub(super) fn least_height(&self) -> f64 {
        if self.has_bar {
            return self.rows.len() as f64 * ROW_HEIGHT;
        }
        self.rows.iter().map(Row::height).sum()
    }

    /// How far from the left the labels begin.
    pub(super) fn labels_start(&self) -> f64 {
        if self.has_bar { BAR_WIDTH + LEADER_WIDTH } else { 0.0 }
    }

    /// Gives labels and arrows their places.
    pub(super) fn arrange(&mut self, machine: &Machine, bar_height: f64) {
        if self.has_bar {
            self.arrange_beside_bar(machine, bar_height)
        } else {
            self.arrange_as_list()
        }
        let mut arrows = core::mem::take(&mut self.arrows);
        self.lanes = assign(&mut arrows, |arrow| {
            let (from, to) = self.ends(arrow);
            (from.min(to), from.max(to))
        });
        self.arrows = arrows;
    }

    fn arrange_as_list(&mut self) {
        let mut top = 0.0;
        for row in &mut self.rows {
            row.y = top + ROW_HEIGHT / 2.0;
            top += row.height();
        }
    }

    fn arrange_beside_bar(&mut self, machine: &Machine, bar_height: f64) {
        let slots = &machine.states[self.state].slots;
        let middle = |row: &Row| {
            let bytes = slots[row.slot].bytes();
            let Some(size) = machine.size.filter(|&size| size > 0) else { return 0.0 };
            let Some(bytes) = bytes else { return bar_height };
            (bytes.start as f64 + bytes.end as f64) / 2.0 / size as f64 * bar_height
        };
        let mut wanted: Vec<f64> = self.rows.iter().map(middle).collect();
        // Where slots overlap, the order of their offsets is not that of their middles.
        for index in 1..wanted.len() {
            wanted[index] = wanted[index].max(wanted[index - 1]);
        }
        for (row, y) in self.rows.iter_mut().zip(spread(&wanted, ROW_HEIGHT, bar_height)) {
            row.y = y;
        }
    }

    /// Where an arrow leaves its label, and where it arrives: not at the same height, so that a label can have both.
    pub(super) fn ends(&self, arrow: &Arrow) -> (f64, f64) {
        let y = |slot| self.rows.iter().find(|row| row.slot == slot).map_or(0.0, |row| row.y);
        (y(arrow.from) + 4.0, y(arrow.to) - 5.0)
    }

    pub(super) fn text_width(&self) -> f64 {
        let rows = self.rows.iter().map(Row::text_width).fold(0.0, f64::max);
        rows.max(self.title.chars().count() as f64 * 8.5 - if self.has_bar { BAR_WIDTH } else { 0.0 })
    }

    /// How far from the left the lanes begin.
    pub(super) fn lanes_start(&self) -> f64 {
        self.labels_start() + 8.0 + self.text_width() + 12.0
    }

    pub(super) fn width(&self) -> f64 {
        let header = (self.location.chars().count().min(MOST_CHARS) as f64) * SMALL_CHAR_WIDTH;
        let awaits = self.awaits.as_ref().map_or(0, |awaits| awaits.chars().count()).min(2 * MOST_CHARS / 2 + 8);
        (self.lanes_start() + self.lanes as f64 * LANE_WIDTH).max(header).max(awaits as f64 * SMALL_CHAR_WIDTH)
    }
}
