use alloc::format;
use alloc::string::{String, ToString};
use alloc::vec::Vec;
use core::fmt;

use super::{cell, prose};
use crate::views::words::code;
use crate::{Location, Machine, Role, State, StateKind};

impl Machine {
    /// What the documentation of the function says of it: a table of what each suspension stores and why, and a [sketch]. For a
    /// machine of which sizes and offsets are not known; [`to_markdown`](Self::to_markdown) shows those too.
    ///
    /// [sketch]: Self::to_sketch
    pub fn to_rustdoc(&self) -> RustdocView<'_> {
        RustdocView { machine: self }
    }
}

/// Displays [`Machine::to_rustdoc`].
#[derive(Clone, Copy, Debug)]
pub struct RustdocView<'a> {
    machine: &'a Machine,
}

impl fmt::Display for RustdocView<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let machine = self.machine;
        let count = machine.suspend_states().count();
        if count == 0 {
            writeln!(f, "It has no suspend point: it is ready when it is polled for the first time.")?;
        } else {
            let suspends = if count == 1 { "one suspend point".to_string() } else { format!("{count} suspend points") };
            writeln!(f, "It has {suspends}. What is stored while it waits there, beside the future that it awaits:\n")?;
            writeln!(f, "| waits in | stores | type | why |\n|-|-|-|-|")?;
            machine.suspend_states().try_for_each(|state| self.rows(f, state))?;
        }
        self.captured(f)?;
        if count > 0 {
            // After the table, for whoever shows HTML as text. No blank line may be in it: that would end the HTML.
            let sketch = machine.to_sketch();
            writeln!(f, "\n<div class=\"pinsight-sketch\" style=\"overflow-x:auto;margin-top:1em\">\n{sketch}</div>")?;
        }
        for (index, remark) in machine.remarks.iter().enumerate() {
            writeln!(f, "{}- {}", if index == 0 { "\n" } else { "" }, prose(remark))?;
        }
        Ok(())
    }
}

impl RustdocView<'_> {
    fn rows(&self, f: &mut fmt::Formatter<'_>, state: &State) -> fmt::Result {
        let mut waits_in = where_it_waits(state);
        let stored = self.machine.stored_values(state);
        if stored.is_empty() {
            return writeln!(f, "| {} | nothing | | |", cell(&waits_in));
        }
        for stored in stored {
            let mut why = prose(&stored.why);
            for (_, points_at) in &stored.points_at {
                why += &format!("{}→ {}", if why.is_empty() { "" } else { "; " }, prose(points_at));
            }
            let type_name = stored.type_name.unwrap_or_default();
            writeln!(f, "| {} | {} | {} | {} |", cell(&waits_in), cell(&stored.name), cell(&type_name), cell(&why))?;
            waits_in.clear();
        }
        Ok(())
    }

    /// What was captured is the same everywhere.
    fn captured(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Some(unresumed) = self.machine.state(StateKind::Unresumed) else { return Ok(()) };
        let arguments = unresumed.slots.iter().filter(|slot| slot.role == Role::Argument);
        let names: Vec<String> = arguments.map(|slot| code(&slot.name)).collect();
        match names.is_empty() {
            true => Ok(()),
            false => writeln!(f, "\nCaptured when it was made, with a place in every state: {}.", names.join(", ")),
        }
    }
}

/// ``Suspend0, `op()` in line 6``
fn where_it_waits(state: &State) -> String {
    let mut text = state.kind.to_string();
    if let Some(awaited) = &state.awaited {
        text += &format!(", {}", code(awaited));
    }
    if let Some(Location { line, .. }) = &state.location {
        text += &format!(" in line {line}");
    }
    text
}
