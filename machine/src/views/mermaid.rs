use alloc::format;
use alloc::string::{String, ToString};
use alloc::vec::Vec;
use core::fmt;

use super::columns::Columns;
use super::keys::in_order_of_offsets;
use super::locations::ShownLocation;
use super::words::{self, plain};
use super::{Bytes, ShortNames};
use crate::{Machine, Role, State, StateKind};

/// How to show a machine as a Mermaid diagram.
#[derive(Clone, Copy, Debug)]
pub struct MermaidOptions<'a> {
    /// Shows at most this many slots of each state, the largest.
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
        let (names, columns) = (ShortNames::of(machine), Columns::of(machine));
        writeln!(f, "stateDiagram-v2")?;
        for state in machine.states.iter() {
            self.state(f, state, &names, columns)?;
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
            let mut title = format!("{} {}", machine.kind, words::full_name(machine));
            if let Some(size) = words::size_and_align(machine, columns) {
                title += &format!(", {size}");
            }
            writeln!(f, "        {}", escape(&title))?;
            let exact = if columns.sizes { "Only the states are exact. " } else { "" };
            writeln!(f, "        {exact}The arrows follow the source and leave out loops and branches.")?;
            // Without it the states would pass for exact.
            for remark in machine.remarks.iter().filter(|_| !columns.sizes) {
                writeln!(f, "        {}", escape(&plain(remark)))?;
            }
            writeln!(f, "    end note")?;
        }
        if has(StateKind::Panicked).is_some() {
            writeln!(f, "    Panicked --> [*]")?;
        }
        Ok(())
    }
}

impl MermaidView<'_> {
    fn state(&self, f: &mut fmt::Formatter<'_>, state: &State, names: &ShortNames, columns: Columns) -> fmt::Result {
        let kind = state.kind;
        let location = ShownLocation { location: state.location.as_ref(), root: self.options.root };
        let at = if columns.has_place(state) { format!(" at {location}") } else { String::new() };
        writeln!(f, "    {kind} : {}", escape(&format!("{kind}{at}")))?;
        if words::finished(self.machine, state).is_some() {
            return Ok(());
        }
        if let Some(awaits) = words::awaits(state, names, columns) {
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
            let line = if columns.sizes { with_size(state, slot) } else { with_reasons(state, slot, names) };
            writeln!(f, "    {kind} : {}", escape(&plain(&line)))?;
        }
        match left_out.len() {
            0 => Ok(()),
            count => writeln!(f, "    {kind} : and {count} more"),
        }
    }
}

/// A slot of a machine with bytes to show.
fn with_size(state: &State, slot: usize) -> String {
    let stored = &state.slots[slot];
    let mut line = format!("{}, {}", stored.name, Bytes(stored.size));
    for points_at in stored.points_at.iter() {
        line += &format!(", {}", words::points_at(state, points_at));
    }
    line
}

/// A slot of which its name is known, and why it is kept.
fn with_reasons(state: &State, slot: usize, names: &ShortNames) -> String {
    let stored = &state.slots[slot];
    let mut line = stored.name.to_string();
    if stored.is_maybe() {
        line.insert_str(0, "? ");
    }
    for note in words::notes(state, slot, names).iter().filter(|note| note.text != "?") {
        line += &format!(", {}", note.text);
    }
    line
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
