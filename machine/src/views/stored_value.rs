use alloc::string::String;
use alloc::vec::Vec;

use super::ShortNames;
use super::words::{self, NoteKind, code};
use crate::{Certainty, Machine, Role, State};

/// One value that a state stores, in words: for what has no bytes to show. The words are Markdown, with names in backticks.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct StoredValue {
    /// The index into [`State::slots`].
    pub slot: usize,
    /// Its name.
    pub name: String,
    /// Its type, where it is known, with short paths.
    pub type_name: Option<String>,
    /// `borrowed by val_ref in line 5, dropped in line 8`
    pub why: String,
    /// `points at val`, one for each value of the same state, and how sure that is.
    pub points_at: Vec<(Certainty, String)>,
}

impl StoredValue {
    /// Why it is stored and what it points at, as one sentence.
    pub fn sentence(&self) -> String {
        let mut sentence = self.why.clone();
        for (_, points_at) in &self.points_at {
            sentence += "; ";
            sentence += points_at;
        }
        sentence
    }
}

impl Machine {
    /// What a suspend state stores because of the body: its variables and values without a name. Not the future that it awaits,
    /// which is always stored, and not what was captured, which has its place in every state.
    pub fn stored_values(&self, state: &State) -> Vec<StoredValue> {
        let names = ShortNames::of(self);
        let of_body = |role| matches!(role, Role::Local | Role::Temporary);
        let slots = state.slots.iter().enumerate().filter(|(_, slot)| of_body(slot.role));
        slots
            .map(|(index, slot)| {
                let (mut why, mut points_at) = (String::new(), Vec::new());
                for note in words::notes(state, index, &names) {
                    // A name that nobody has given.
                    let note = words::Note { text: note.text.replace("`__awaitee`", "the awaited future"), ..note };
                    match note.kind {
                        NoteKind::PointsAt(certainty) => points_at.push((certainty, note.text)),
                        // Nothing is known of what its type decides.
                        _ if note.text == "?" => {}
                        _ if why.is_empty() => why = note.text,
                        _ => why = why + "; " + &note.text,
                    }
                }
                let type_name = slot.type_name.as_deref().map(|name| code(&names.shorten(name)));
                StoredValue { slot: index, name: code(&slot.name), type_name, why, points_at }
            })
            .collect()
    }
}
