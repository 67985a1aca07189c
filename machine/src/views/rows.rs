use alloc::format;
use alloc::string::{String, ToString};
use alloc::vec::Vec;

use super::columns::Columns;
use super::keys::{Key, Keys, in_order_of_offsets};
use super::words::{self, Note, NoteKind};
use super::{ShortNames, Thousands, clean};
use crate::{Evidence, Machine, SegmentKind};

/// What the bytes of a row look like in the bar of its state.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Mark {
    Slot(Key),
    Discriminant,
    OtherState,
    Padding,
    /// A slot that may be stored, and has no known place.
    Maybe,
    /// A slot without bytes, or whose place is not known.
    None,
}

impl Mark {
    pub(super) fn char(self) -> char {
        match self {
            Mark::Slot(key) => key.letter,
            Mark::Discriminant => '#',
            Mark::OtherState => '░',
            Mark::Padding => '·',
            Mark::Maybe => '?',
            Mark::None => ' ',
        }
    }

    pub(super) fn of(kind: SegmentKind, keys: &Keys, state: usize) -> Self {
        match kind {
            SegmentKind::Slot(slot) => keys.get(state, slot).map_or(Mark::None, Mark::Slot),
            SegmentKind::Discriminant => Mark::Discriminant,
            SegmentKind::OtherState => Mark::OtherState,
            SegmentKind::Padding => Mark::Padding,
        }
    }
}

/// A row of the table of a state.
pub(super) struct Row {
    pub(super) mark: Mark,
    /// A number, `?` where it is not known, empty where there is more than one, and where none is known in the whole machine.
    pub(super) offset: String,
    /// A number, or `?`; empty where none is known in the whole machine.
    pub(super) size: String,
    pub(super) name: String,
    /// Empty where there can be none, and where none is known in the whole machine.
    pub(super) type_name: String,
    pub(super) notes: Vec<Note>,
    /// Something is the matter with it, and it stands out.
    pub(super) warns: bool,
}

/// The table of a state: its slots by offset, then the discriminant, then the bytes that the state does not use.
pub(super) fn rows(machine: &Machine, state: usize, keys: &Keys, names: Option<&ShortNames>) -> Vec<Row> {
    let columns = Columns::of(machine);
    let no_names = ShortNames::default();
    let stored = &machine.states[state];
    let mut rows: Vec<Row> = Vec::new();
    for index in in_order_of_offsets(stored) {
        let slot = &stored.slots[index];
        rows.push(Row {
            mark: match keys.get(state, index) {
                Some(key) => Mark::Slot(key),
                None if slot.is_maybe() => Mark::Maybe,
                None => Mark::None,
            },
            offset: if columns.offsets { number(slot.offset) } else { String::new() },
            size: if columns.sizes { number(slot.size) } else { String::new() },
            name: clean(&slot.name),
            type_name: match (&slot.type_name, names) {
                (None, _) if !columns.types => String::new(),
                (None, _) => "?".to_string(),
                (Some(type_name), Some(names)) => clean(&names.shorten(type_name)),
                (Some(type_name), None) => clean(type_name),
            },
            notes: words::notes(stored, index, names.unwrap_or(&no_names)),
            warns: slot.evidence == Evidence::Lost || slot.is_maybe(),
        });
    }
    let (offset, size) = machine.discriminant.unzip();
    if columns.discriminant {
        rows.push(unnamed(Mark::Discriminant, number(offset), number(size), "discriminant", None));
    }
    rows.extend(unused(machine, state));
    rows
}

fn unused(machine: &Machine, state: usize) -> Vec<Row> {
    let stored = &machine.states[state];
    let map = machine.known_byte_map(stored);
    let whole_map = machine.padding().is_some();
    let mut rows = Vec::new();
    for (kind, mark, name) in [
        (SegmentKind::OtherState, Mark::OtherState, "in other states"),
        (SegmentKind::Padding, Mark::Padding, "padding"),
    ] {
        let places: Vec<_> = map.iter().filter(|segment| segment.kind == kind).collect();
        let Some(first) = places.first() else { continue };
        let (offset, spread) = match places.len() {
            1 => (number(Some(first.offset)), None),
            count => (String::new(), Some(format!("in {count} places"))),
        };
        let size = number(Some(places.iter().map(|segment| segment.size).sum()));
        let doubt = (!whole_map).then(|| "some unknown".to_string());
        let notes = [spread, doubt].into_iter().flatten().reduce(|spread, doubt| format!("{spread}, {doubt}"));
        rows.push(unnamed(mark, offset, size, name, notes));
    }
    rows
}

fn unnamed(mark: Mark, offset: String, size: String, name: &str, note: Option<String>) -> Row {
    let notes = note.into_iter().map(|text| Note { kind: NoteKind::Aside, text }).collect();
    Row { mark, offset, size, name: name.to_string(), type_name: String::new(), notes, warns: false }
}

fn number(number: Option<u64>) -> String {
    number.map_or("?".to_string(), |number| Thousands(number).to_string())
}
