use alloc::format;
use alloc::string::String;
use alloc::vec::Vec;
use core::fmt;

use super::keys::in_order_of_offsets;
use super::places::ShownPlace;
use super::words::{self, plain};
use super::{Bytes, ShortNames};
use crate::{Machine, Role, State, StateKind};

/// How to show a machine as a Mermaid diagram.
#[derive(Clone, Copy, Debug)]
pub struct MermaidOptions<'a> {
    /// Of each state at most so many slots, the largest.
    pub slots: usize,
    /// The folder to which places are shown relative; empty: places are shown as they are.
    pub root: &'a str,
}

impl Default for MermaidOptions<'_> {
    /// At most 6 slots in each state, full places.
    fn default() -> Self {
        MermaidOptions { slots: 6, root: "" }
    }
}

impl Machine {
    /// The machine as a `stateDiagram-v2` of [Mermaid](https://mermaid.js.org), which GitHub draws in Markdown. The states are
    /// those of the machine; the transitions between them only follow the source, as no machine says where its loops are.
    pub fn to_mermaid<'a>(&'a self, options: &MermaidOptions<'a>) -> MermaidView<'a> {
        MermaidView { machine: self, options: *options }
    }
}

/// Displays [`Machine::to_mermaid`].
#[derive(Clone, Copy, Debug)]
pub struct MermaidView<'a> {
    machine: &'a Machine,
    options: MermaidOptions<'a>,
}

impl fmt::Display for MermaidView<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let machine = self.machine;
        let names = ShortNames::of(machine);
        writeln!(f, "stateDiagram-v2")?;
        for state in machine.states.iter() {
            self.state(f, state, &names)?;
        }
        let waiting = machine.suspend_states().map(|state| state.kind);
        let has = |kind| machine.state(kind).map(|state| state.kind);
        let path: Vec<StateKind> =
            has(StateKind::Unresumed).into_iter().chain(waiting).chain(has(StateKind::Returned)).collect();
        if let (Some(first), Some(last)) = (path.first(), path.last()) {
            writeln!(f, "    [*] --> {first}")?;
            path.windows(2).try_for_each(|pair| writeln!(f, "    {} --> {}", pair[0], pair[1]))?;
            writeln!(f, "    {last} --> [*]")?;
            writeln!(f, "    note right of {first}")?;
            let name = words::full_name(machine);
            writeln!(f, "        {}", escape(&format!("{} {name}, {}", machine.kind, words::size_and_align(machine))))?;
            writeln!(
                f,
                "        Only the states are exact. The arrows follow the source and leave out loops and branches."
            )?;
            writeln!(f, "    end note")?;
        }
        if has(StateKind::Panicked).is_some() {
            writeln!(f, "    Panicked --> [*]")?;
        }
        Ok(())
    }
}

impl MermaidView<'_> {
    fn state(&self, f: &mut fmt::Formatter<'_>, state: &State, names: &ShortNames) -> fmt::Result {
        let kind = state.kind;
        let place = ShownPlace { place: state.place.as_ref(), root: self.options.root };
        writeln!(f, "    {kind} : {}", escape(&format!("{kind} at {place}")))?;
        if words::finished(self.machine, state).is_some() {
            return Ok(());
        }
        if let Some(awaits) = words::awaits(state, names) {
            writeln!(f, "    {kind} : {}", escape(&plain(&awaits)))?;
        }
        // The awaited future has its line already.
        let mut shown = in_order_of_offsets(state);
        shown.retain(|&slot| state.slots[slot].role != Role::Awaitee);
        let mut by_size = shown.clone();
        by_size.sort_by_key(|&slot| core::cmp::Reverse(state.slots[slot].size));
        let left_out = by_size.split_off(self.options.slots.min(by_size.len()));
        shown.retain(|slot| !left_out.contains(slot));
        for slot in shown {
            let stored = &state.slots[slot];
            let mut line = format!("{}, {}", stored.name, Bytes(stored.size));
            for points_at in stored.points_at.iter() {
                line += &format!(", {}", words::points_at(state, points_at));
            }
            writeln!(f, "    {kind} : {}", escape(&plain(&line)))?;
        }
        match left_out.len() {
            0 => Ok(()),
            count => writeln!(f, "    {kind} : and {count} more"),
        }
    }
}

/// Mermaid has characters that end a text, and draws the rest as HTML; its own way to write them is `#code;`.
fn escape(text: &str) -> String {
    let mut escaped = String::with_capacity(text.len());
    for char in text.chars() {
        match char {
            _ if char.is_alphanumeric() => escaped.push(char),
            ' ' | '.' | ',' | '/' | '_' | '(' | ')' | '=' | '?' => escaped.push(char),
            _ => escaped += &format!("#{};", u32::from(char)),
        }
    }
    escaped
}
