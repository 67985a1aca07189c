//! What is said of a machine, in words: every view says it alike. Names are in backticks, as Markdown has them; [`plain`] removes
//! those for what has no markup.

use alloc::format;
use alloc::string::{String, ToString};
use alloc::vec::Vec;

use super::columns::Columns;
use super::{Bytes, ShortNames, Thousands, clean};
use crate::{Certainty, ChildKind, Evidence, Machine, PointsAt, Reason, Role, Slot, State, StateKind, Why};

/// Something to say about a slot.
pub(super) struct Note {
    pub(super) kind: NoteKind,
    pub(super) text: String,
}

#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum NoteKind {
    /// Why it is stored.
    Reason,
    /// What it points at.
    PointsAt(Certainty),
    /// A cost, or something missing.
    Warning,
    /// How a fact was found.
    Aside,
}

/// Everything to say about a slot, most important first.
pub(super) fn notes(state: &State, index: usize, names: &ShortNames) -> Vec<Note> {
    let slot = &state.slots[index];
    let mut notes = Vec::new();
    let mut note = |kind, text| notes.push(Note { kind, text });
    match reasons(slot) {
        None if matches!(slot.evidence, Evidence::Lost | Evidence::Maybe) => {}
        reasons => note(NoteKind::Reason, reasons.unwrap_or("?".to_string())),
    }
    for points_at in slot.points_at.iter() {
        note(NoteKind::PointsAt(points_at.certainty), self::points_at(state, points_at));
    }
    for twice in state.stored_twice() {
        let (other, as_what) = match index {
            _ if index == twice.captured => (twice.local, "moved to"),
            _ if index == twice.local => (twice.captured, "captured at"),
            _ => continue,
        };
        let offset = state.slots[other].offset.map_or("?".to_string(), |offset| Thousands(offset).to_string());
        note(NoteKind::Warning, format!("stored twice: {as_what} {offset}"));
    }
    if let Some(text) = evidence(slot) {
        let warns = matches!(slot.evidence, Evidence::Lost | Evidence::Maybe);
        note(if warns { NoteKind::Warning } else { NoteKind::Aside }, text);
    }
    // What is awaited is said of the state.
    if let Some(child) = slot.child.as_ref().filter(|_| slot.role != Role::Awaitee) {
        let name = code(&names.shorten(&child.type_name));
        match child.kind {
            ChildKind::Boxed => note(NoteKind::Aside, format!("box of {name}, {}", Bytes(child.size))),
            ChildKind::Dyn => note(NoteKind::Aside, format!("{name}, known only at run time")),
            ChildKind::Coroutine | ChildKind::HandWritten => {}
        }
    }
    notes
}

/// Why a slot is stored: `used in line 7, dropped in line 9`. `None` where it is not known.
pub fn reasons(slot: &Slot) -> Option<String> {
    let reasons: Vec<String> = slot.reasons.iter().map(reason).collect();
    (!reasons.is_empty()).then(|| reasons.join(", "))
}

/// One of those reasons: `used after`, and `used in line 7` where the line is known.
pub fn reason(reason: &Reason) -> String {
    let text = match (&reason.why, reason.line) {
        (Why::Captured, _) => "captured".to_string(),
        (Why::Awaited, _) => "awaited".to_string(),
        (Why::UsedAfter, None) => "used after".to_string(),
        (Why::UsedAfter, Some(_)) => "used".to_string(),
        (Why::DroppedAfter, None) => "dropped after".to_string(),
        (Why::DroppedAfter, Some(_)) => "dropped".to_string(),
        (Why::BorrowedBy(name), _) => format!("borrowed by {}", code(name)),
        (Why::AddressTaken, _) => "its address was taken".to_string(),
    };
    match reason.line {
        Some(line) => format!("{text} in line {line}"),
        None => text,
    }
}

/// The same reason as a sentence about `it`.
pub fn reason_sentence(reason: &Reason) -> String {
    let sentence = match &reason.why {
        Why::Captured => {
            "it was captured when the future was made, and captured values have their place in every state"
        }
        Why::Awaited => "it is being awaited",
        Why::UsedAfter => "it is used after the future is resumed",
        Why::DroppedAfter => "it is dropped after the future is resumed, at the end of its scope",
        Why::BorrowedBy(name) => return format!("{} refers to it", code(name)),
        Why::AddressTaken => "its address was taken before, and it is in scope: nothing uses or drops it any more",
    };
    match reason.line {
        Some(line) => format!("{sentence}, in line {line}"),
        None => sentence.to_string(),
    }
}

/// How type, size and offset of a slot were found, or what decides whether it is stored, where that is worth a word.
pub fn evidence(slot: &Slot) -> Option<String> {
    let text = match (slot.evidence, &slot.condition) {
        (Evidence::Recorded | Evidence::Predicted, _) => return None,
        (Evidence::RepairedFromUnresumed, _) => "repaired from the captured argument",
        (Evidence::RepairedFromVariable, _) => "repaired from the variable of the poll function",
        (Evidence::Lost, _) => "lost: another slot of this name hides its facts",
        (Evidence::Maybe, Some(condition)) => return Some(format!("maybe: stored if {condition}")),
        (Evidence::Maybe, None) => "maybe: its type decides whether it is stored",
    };
    Some(text.to_string())
}

/// The verb of a reference: `points at`, or `may point at`.
pub fn points(certainty: Certainty) -> &'static str {
    if certainty == Certainty::Certain { "points at" } else { "may point at" }
}

/// `points at val.name`, `may point at val, through next`.
pub fn points_at(state: &State, points_at: &PointsAt) -> String {
    let target = state.slots.get(points_at.slot).map_or("?", |slot| &slot.name);
    let target = code(&format!("{target}{}", points_at.part));
    let text = format!("{} {target}", points(points_at.certainty));
    match (points_at.certainty, &*points_at.through) {
        (Certainty::Certain, _) | (_, "") => text,
        (_, through) => format!("{text}, through {}", code(through)),
    }
}

/// `awaits op::{async fn}, 12 bytes`, if the state awaits something; where the source is known, what it awaits as it is written:
/// ``awaits `op()` ``.
pub(super) fn awaits(state: &State, names: &ShortNames, columns: Columns) -> Option<String> {
    let slot = state.awaitee()?;
    let own_type = || match (&slot.type_name, &state.awaited) {
        (None, Some(awaited)) => code(awaited),
        (None, None) => "?".to_string(),
        (Some(name), None) => code(&names.shorten(name)),
        (Some(name), Some(awaited)) => format!("{}, {}", code(awaited), code(&names.shorten(name))),
    };
    let Some(child) = &slot.child else {
        let size = if columns.sizes { format!(", {}", Bytes(slot.size)) } else { String::new() };
        return Some(format!("awaits {}{size}", own_type()));
    };
    let name = code(&names.shorten(&child.type_name));
    Some(match child.kind {
        ChildKind::Coroutine | ChildKind::HandWritten => format!("awaits {name}, {}", Bytes(slot.size)),
        ChildKind::Boxed => format!("awaits {name} in a box, {}", Bytes(child.size)),
        ChildKind::Dyn => format!("awaits {}, {}, known only at run time", own_type(), Bytes(slot.size)),
    })
}

/// What there is to say of `Returned` and `Panicked`, which the compiler gives the places of what was captured. `None` where
/// such a state stores anything else, or where it is another state.
pub(super) fn finished(machine: &Machine, state: &State) -> Option<String> {
    if !matches!(state.kind, StateKind::Returned | StateKind::Panicked) {
        return None;
    }
    if state.slots.is_empty() {
        return Some("stores nothing".to_string());
    }
    let unresumed = machine.state(StateKind::Unresumed)?;
    let repeats = |slot: &Slot| unresumed.slots.iter().any(|captured| captured.is_same_value(slot));
    let count = state.slots.len();
    state.slots.iter().all(repeats).then(|| match count {
        1 => "only has the place of the captured slot of Unresumed".to_string(),
        _ => format!("only has the places of the {count} captured slots of Unresumed"),
    })
}

/// `Suspend0 = 3`, or its name alone where no state has a number.
pub(super) fn state_and_number(state: &State, columns: Columns) -> String {
    match state.discriminant {
        Some(number) => format!("{} = {number}", state.kind),
        None if columns.numbers => format!("{} = ?", state.kind),
        None => state.kind.to_string(),
    }
}

/// The name with which a view begins.
pub(super) fn full_name(machine: &Machine) -> String {
    if machine.path.is_empty() { "?".to_string() } else { clean(&machine.full_name().to_string()) }
}

/// `48 bytes, align 8`; nothing where no size is known.
pub(super) fn size_and_align(machine: &Machine, columns: Columns) -> Option<String> {
    match machine.align {
        Some(align) => Some(format!("{}, align {}", Bytes(machine.size), Thousands(align))),
        None if columns.sizes => Some(format!("{}, align ?", Bytes(machine.size))),
        None => None,
    }
}

/// A name in backticks, which it therefore cannot contain.
pub fn code(name: &str) -> String {
    format!("`{}`", clean(name).replace('`', "'"))
}

/// A sentence for a view without markup.
pub fn plain(sentence: &str) -> String {
    clean(sentence).replace('`', "")
}
