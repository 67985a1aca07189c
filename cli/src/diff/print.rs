//! Prints a comparison: for people, a line each, and as JSON.

use std::fmt::Write;

use anstyle::{AnsiColor, Style};
use pinsight_machine::views::{Bytes, Thousands, short_type_name};
use pinsight_machine::{Machine, Role, StateKind};
use serde_json::json;

use super::{Change, Diff, Event, SlotChange, SlotEvent, StateChange};
use crate::load::json::FORMAT_VERSION;

const BOLD: Style = Style::new().bold();
const GREY: Style = Style::new().dimmed();

/// A table with what grew first, and its sums; state by state and slot by slot if `verbose`. Styled: whoever prints it where
/// there are no colours removes the styles.
pub(crate) fn human(diff: &Diff<'_>, verbose: bool) -> String {
    if diff.changes.is_empty() {
        return "no machine has changed\n".into();
    }
    let mut text = format!("{BOLD}{:>10} {:>10}    {:<10} {:<8} name{BOLD:#}\n", "change", "before", "after", "");
    for change in &diff.changes {
        let style = style(change.event());
        let (growth, word) = (signed(change.growth()), word(change.event()));
        let (old, new) = (size(change.old), size(change.new));
        let _ = writeln!(
            text,
            "{style}{growth:>10}{style:#} {old:>10} -> {new:<10} {style}{word:<8}{style:#} {}",
            change.name()
        );
        if verbose {
            change.states.iter().for_each(|state| details(&mut text, state));
        }
    }
    let _ = write!(text, "\n{}", summary(diff));
    text
}

/// `3 machines grew by 120 bytes, 1 shrank by 8 bytes, 2 came, 1 went, 40 are as they were`
fn summary(diff: &Diff<'_>) -> String {
    let count = |event| diff.changes.iter().filter(|change| change.event() == event).count();
    let sum = |event| {
        let growths = diff.changes.iter().filter(|change| change.event() == event).map(Change::growth);
        Bytes::from(growths.fold(0u64, |sum, growth| sum.saturating_add(growth.unsigned_abs())))
    };
    let mut parts = Vec::new();
    for (event, word) in [(Event::Grew, "grew by"), (Event::Shrank, "shrank by")] {
        if count(event) > 0 {
            parts.push(format!("{} {word} {}", count(event), sum(event)));
        }
    }
    for (event, word) in [(Event::Came, "came"), (Event::Went, "went"), (Event::Changed, "changed inside")] {
        if count(event) > 0 {
            parts.push(format!("{} {word}", count(event)));
        }
    }
    let (before, after) = diff.total;
    let growth = i64::try_from(i128::from(after) - i128::from(before)).unwrap_or(i64::MAX);
    let (before, after) = (Thousands(before), Bytes::from(after));
    format!(
        "{}, {} as they were\nall together: {before} -> {after} ({})\n",
        parts.join(", "),
        diff.unchanged,
        signed(growth)
    )
}

fn details(text: &mut String, state: &StateChange) {
    let heading = match (state.old, state.new) {
        (None, Some(new)) => format!("{new}: is new"),
        (Some(old), None) => format!("{old}: is gone"),
        (Some(old), Some(new)) if old != new => format!("{new}: was {old}"),
        (_, new) => new.unwrap_or(StateKind::Unresumed).to_string(),
    };
    let _ = writeln!(text, "{:12}{heading}", "");
    for SlotChange { name, role, event } in &state.slots {
        let name = match role {
            Role::Awaitee => "the awaited future".to_owned(),
            Role::DropFlag => "a drop flag".to_owned(),
            Role::Temporary => format!("a value without a name (`{name}`)"),
            Role::Argument => format!("`{name}` as captured"),
            Role::Local => format!("`{name}`"),
        };
        let (event, style) = told(event);
        let _ = writeln!(text, "{:14}{style}{event}{style:#} {name}", "");
    }
}

fn told(event: &SlotEvent) -> (String, Style) {
    let style = |color: AnsiColor| Style::new().fg_color(Some(color.into()));
    let short = |name: &Option<String>| name.as_deref().map_or("?".to_owned(), short_type_name);
    match event {
        SlotEvent::Came { size } => (format!("came, {}:", Bytes(*size)), style(AnsiColor::Red)),
        SlotEvent::Went { size } => (format!("went, {}:", Bytes(*size)), style(AnsiColor::Green)),
        SlotEvent::Resized { old, new, old_type, new_type } => {
            let color = if new > old { AnsiColor::Red } else { AnsiColor::Green };
            let types = match (short(old_type), short(new_type)) {
                (old, new) if old == new => String::new(),
                (old, new) => format!(" (`{old}` -> `{new}`)"),
            };
            (format!("{} -> {}{types}:", number(*old), Bytes(*new)), style(color))
        }
        SlotEvent::Retyped { old_type, new_type } => {
            (format!("`{}` -> `{}`:", short(old_type), short(new_type)), Style::new())
        }
        SlotEvent::Moved { old, new } => (format!("moved, offset {} -> {}:", number(*old), number(*new)), GREY),
    }
}

/// A line for each change.
pub(crate) fn short(diff: &Diff<'_>) -> String {
    let mut text = String::new();
    for change in &diff.changes {
        let (old, new) = (plain(change.old), plain(change.new));
        let _ = writeln!(text, "{:+} {old} -> {new} {} {}", change.growth(), word(change.event()), change.name());
    }
    text
}

/// All of it, states and slots too.
pub(crate) fn json(diff: &Diff<'_>) -> serde_json::Value {
    let of = |machine: Option<&Machine>| {
        machine.map(|machine| json!({ "id": machine.id, "size": machine.size, "location": machine.location }))
    };
    let change = |change: &Change<'_>| {
        json!({
            "name": change.name(), "event": change.event(), "growth": change.growth(),
            "old": of(change.old), "new": of(change.new), "states": change.states,
        })
    };
    json!({
        "format_version": FORMAT_VERSION,
        "changes": diff.changes.iter().map(change).collect::<Vec<_>>(),
        "unchanged": diff.unchanged,
        "total": { "old": diff.total.0, "new": diff.total.1 },
    })
}

fn word(event: Event) -> &'static str {
    match event {
        Event::Grew => "grew",
        Event::Shrank => "shrank",
        Event::Changed => "changed",
        Event::Came => "came",
        Event::Went => "went",
    }
}

fn style(event: Event) -> Style {
    match event {
        Event::Grew | Event::Came => Style::new().fg_color(Some(AnsiColor::Red.into())),
        Event::Shrank | Event::Went => Style::new().fg_color(Some(AnsiColor::Green.into())),
        Event::Changed => Style::new(),
    }
}

fn signed(growth: i64) -> String {
    let sign = match growth {
        0 => "",
        1.. => "+",
        _ => "-",
    };
    format!("{sign}{}", Thousands(growth.unsigned_abs()))
}

fn size(machine: Option<&Machine>) -> String {
    machine.map_or("-".into(), |machine| number(machine.size))
}

fn number(bytes: Option<u64>) -> String {
    bytes.map_or("?".into(), |bytes| Thousands(bytes).to_string())
}

fn plain(machine: Option<&Machine>) -> String {
    machine.map_or("-".into(), |machine| machine.size.map_or("?".into(), |size| size.to_string()))
}
