use alloc::format;
use alloc::string::{String, ToString};
use alloc::vec::Vec;

use super::lanes::{Arrow, assign, spread};
use super::{CHAR_WIDTH, SMALL_CHAR_WIDTH};
use crate::views::keys::{Key, Keys, in_order_of_offsets};
use crate::views::places::ShownPlace;
use crate::views::text::cut;
use crate::views::words::{self, plain};
use crate::views::{Bytes, ShortNames, Thousands, clean};
use crate::{Certainty, Evidence, Machine};

pub(super) const HEADER_HEIGHT: f64 = 58.0;
pub(super) const BAR_WIDTH: f64 = 46.0;
/// Between the bar and the labels.
pub(super) const LEADER_WIDTH: f64 = 24.0;
pub(super) const ROW_HEIGHT: f64 = 31.0;
pub(super) const LANE_WIDTH: f64 = 9.0;
/// Of a bar, if there is one.
pub(super) const LEAST_BAR_HEIGHT: f64 = 220.0;

/// Longer names and types are cut; the tooltip has them whole.
const MOST_CHARS: usize = 30;

/// A state as it is drawn. Heights are relative to the top of the bar.
pub(super) struct Column {
    pub(super) state: usize,
    pub(super) title: String,
    pub(super) place: String,
    pub(super) whole_place: String,
    pub(super) awaits: Option<String>,
    /// By offset, those without a known place last.
    pub(super) rows: Vec<Row>,
    pub(super) arrows: Vec<Arrow>,
    /// By slot its key.
    pub(super) keys: Vec<Option<Key>>,
    lanes: usize,
}

/// The label of a slot.
pub(super) struct Row {
    pub(super) slot: usize,
    pub(super) key: Option<Key>,
    pub(super) name: String,
    pub(super) size: String,
    pub(super) type_name: String,
    pub(super) tooltip: String,
    pub(super) lost: bool,
    /// The middle of the label.
    pub(super) y: f64,
}

impl Row {
    pub(super) fn text_width(&self) -> f64 {
        let first = (self.name.chars().count() + 2 + self.size.chars().count()) as f64 * CHAR_WIDTH;
        first.max(self.type_name.chars().count() as f64 * SMALL_CHAR_WIDTH)
    }
}

impl Column {
    pub(super) fn new(machine: &Machine, index: usize, keys: &Keys, names: &ShortNames, root: &str) -> Self {
        let state = &machine.states[index];
        let mut rows: Vec<Row> = Vec::new();
        let mut arrows = Vec::new();
        for slot in in_order_of_offsets(state) {
            let stored = &state.slots[slot];
            let short = stored.type_name.as_deref().map_or("?".to_string(), |name| clean(&names.shorten(name)));
            let at = stored.offset.map_or("?".to_string(), |offset| Thousands(offset).to_string());
            let whole = stored.type_name.as_deref().unwrap_or("?");
            let mut tooltip = format!("{}: {whole}, {} at {at}", stored.name, Bytes(stored.size));
            for note in words::notes(state, slot, names) {
                tooltip += &format!("; {}", plain(&note.text));
            }
            rows.push(Row {
                slot,
                key: keys.get(index, slot),
                name: cut(&clean(&stored.name), MOST_CHARS),
                size: Bytes(stored.size).to_string(),
                type_name: cut(&short, MOST_CHARS),
                tooltip,
                lost: stored.evidence == Evidence::Lost,
                y: 0.0,
            });
            for points_at in stored.points_at.iter().filter(|points_at| points_at.slot < state.slots.len()) {
                let words = format!("{} {}", stored.name, plain(&words::points_at(state, points_at)));
                let certain = points_at.certainty == Certainty::Certain;
                arrows.push(Arrow { from: slot, to: points_at.slot, certain, words, lane: 0 });
            }
        }
        let place = ShownPlace { place: state.place.as_ref(), root }.to_string();
        let file_name = place.rsplit(['/', '\\']).next().unwrap_or(&place);
        Column {
            state: index,
            title: words::state_and_number(state),
            place: format!("at {file_name}"),
            awaits: words::awaits(state, names).map(|awaits| plain(&awaits)),
            rows,
            arrows,
            keys: (0..state.slots.len()).map(|slot| keys.get(index, slot)).collect(),
            lanes: 0,
            whole_place: place,
        }
    }

    /// The height that the labels need.
    pub(super) fn least_height(&self) -> f64 {
        self.rows.len() as f64 * ROW_HEIGHT
    }

    /// Gives labels and arrows their places.
    pub(super) fn arrange(&mut self, machine: &Machine, bar_height: f64) {
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
        let mut arrows = core::mem::take(&mut self.arrows);
        self.lanes = assign(&mut arrows, |arrow| {
            let (from, to) = self.ends(arrow);
            (from.min(to), from.max(to))
        });
        self.arrows = arrows;
    }

    /// Where an arrow leaves its label, and where it arrives: not at the same height, so that a label can have both.
    pub(super) fn ends(&self, arrow: &Arrow) -> (f64, f64) {
        let y = |slot| self.rows.iter().find(|row| row.slot == slot).map_or(0.0, |row| row.y);
        (y(arrow.from) + 4.0, y(arrow.to) - 5.0)
    }

    pub(super) fn text_width(&self) -> f64 {
        let rows = self.rows.iter().map(Row::text_width).fold(0.0, f64::max);
        rows.max(self.title.chars().count() as f64 * 8.5 - BAR_WIDTH)
    }

    /// How far from the left the lanes begin.
    pub(super) fn lanes_start(&self) -> f64 {
        BAR_WIDTH + LEADER_WIDTH + 8.0 + self.text_width() + 12.0
    }

    pub(super) fn width(&self) -> f64 {
        let header = (self.place.chars().count().min(MOST_CHARS) as f64) * SMALL_CHAR_WIDTH;
        let awaits = self.awaits.as_ref().map_or(0, |awaits| awaits.chars().count()).min(2 * MOST_CHARS / 2 + 8);
        (self.lanes_start() + self.lanes as f64 * LANE_WIDTH).max(header).max(awaits as f64 * SMALL_CHAR_WIDTH)
    }
}
