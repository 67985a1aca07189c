//! The sentences of all views. Names in them are in backticks, as Markdown has them; a view without markup removes those.

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
    /// Why it is kept.
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
    match slot.reasons.split_first() {
        None if matches!(slot.evidence, Evidence::Lost | Evidence::Maybe) => {}
        None => note(NoteKind::Reason, "?".to_string()),
        Some((first, others)) => {
            let mut text = reason(first);
            others.iter().for_each(|other| text += &format!(", {}", reason(other)));
            note(NoteKind::Reason, text);
        }
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
    match slot.evidence {
        Evidence::Recorded | Evidence::Predicted => {}
        Evidence::RepairedFromUnresumed => note(NoteKind::Aside, "repaired from the captured argument".to_string()),
        Evidence::RepairedFromVariable => {
            note(NoteKind::Aside, "repaired from the variable of the poll function".to_string());
        }
        Evidence::RepairedFromMir => note(NoteKind::Aside, "repaired from the MIR".to_string()),
        Evidence::Lost => {
            note(NoteKind::Warning, "lost: another slot of this name hides its facts".to_string());
        }
        Evidence::Maybe => note(
            NoteKind::Warning,
            match &slot.condition {
                Some(condition) => format!("maybe: stored if {condition}"),
                None => "maybe: its type decides whether it is stored".to_string(),
            },
        ),
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

fn reason(reason: &Reason) -> String {
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

/// `points at val.name`, `may point at val, through next`.
pub(super) fn points_at(state: &State, points_at: &PointsAt) -> String {
    let target = state.slots.get(points_at.slot).map_or("?", |slot| &slot.name);
    let target = code(&format!("{target}{}", points_at.part));
    match points_at.certainty {
        Certainty::Certain => format!("points at {target}"),
        Certainty::Possible if points_at.through.is_empty() => format!("may point at {target}"),
        Certainty::Possible => format!("may point at {target}, through {}", code(&points_at.through)),
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
pub(super) fn code(name: &str) -> String {
    format!("`{}`", clean(name).replace('`', "'"))
}

/// A sentence for a view without markup.
pub(super) fn plain(sentence: &str) -> String {
    clean(sentence).replace('`', "")
}
