//! `why`: one stored value, through all states.

use std::fmt::Write;
use std::process::ExitCode;

use anstyle::Style;
use anyhow::Result;
use pinsight_machine::views::{Bytes, short_type_name, words};
use pinsight_machine::{Evidence, Machine, Role, Slot, State, StateKind, Why};
use serde_json::json;

use super::print;
use crate::arguments::{MessageFormat, Output, Why as Arguments};
use crate::error::Usage;
use crate::load::Loaded;
use crate::load::json;

pub(super) fn run(loaded: &Loaded, arguments: &Arguments, output: &Output) -> Result<ExitCode> {
    let machines = loaded.find(&arguments.path)?;
    let mut text = String::new();
    let mut documents = Vec::new();
    for machine in machines {
        let values = values(machine, &arguments.slot);
        if values.is_empty() {
            let mut names: Vec<&str> =
                machine.states.iter().flat_map(|state| state.slots.iter()).map(|slot| &*slot.name).collect();
            names.sort_unstable();
            names.dedup();
            let message = format!("`{}` stores no `{}`", machine.path, arguments.slot);
            return Err(Usage::error(message, format!("it stores `{}`", names.join("`, `"))));
        }
        for value in &values {
            documents.push(json(machine, value));
            text += &human(machine, value, &loaded.root());
        }
    }
    if output.message_format == MessageFormat::Json {
        let document = json!({ "format_version": json::FORMAT_VERSION, "values": documents });
        text = serde_json::to_string_pretty(&document)?;
    }
    print(&text)?;
    Ok(ExitCode::SUCCESS)
}

/// The same value in all the states that store it.
type Value<'m> = Vec<(&'m State, usize, &'m Slot)>;

/// Values of one name may be several: a captured argument and the local it was moved into, or locals that shadow each other.
fn values<'m>(machine: &'m Machine, name: &str) -> Vec<Value<'m>> {
    let mut values: Vec<Value<'m>> = Vec::new();
    // A finished machine has dropped everything: that captured values have their place there too means nothing.
    let stores = |state: &&State| !matches!(state.kind, StateKind::Returned | StateKind::Panicked);
    for state in machine.states.iter().filter(stores) {
        for (index, slot) in state.slots.iter().enumerate().filter(|(_, slot)| slot.name == name) {
            let same = values.iter_mut().find(|value| {
                let first = value[0].2;
                first.role == slot.role && first.is_same_value(slot)
            });
            match same {
                Some(value) => value.push((state, index, slot)),
                None => values.push(vec![(state, index, slot)]),
            }
        }
    }
    values
}

/// `points at` and `may point at`, both ways.
fn references(state: &State, index: usize, slot: &Slot) -> Vec<String> {
    let mut lines: Vec<String> =
        slot.points_at.iter().map(|target| format!("it {}", words::points_at(state, target))).collect();
    for other in state.slots.iter() {
        for target in other.points_at.iter().filter(|target| target.slot == index) {
            lines.push(format!("{} {} it", words::code(&other.name), words::points(target.certainty)));
        }
    }
    lines
}

/// Since when and until when. Of one state nothing is said here: it follows.
fn span(machine: &Machine, value: &Value<'_>) -> String {
    let order = |kind: StateKind| match kind {
        StateKind::Suspended(number) => u64::from(number) + 1,
        _ => 0,
    };
    let mut kinds: Vec<StateKind> = value.iter().map(|(state, ..)| state.kind).collect();
    kinds.sort_by_key(|kind| order(*kind));
    let ([first, .., last], waits) = (&kinds[..], machine.suspend_states().count()) else { return String::new() };
    let stored = kinds.iter().filter(|kind| matches!(kind, StateKind::Suspended(_))).count();
    let gaps = (order(*last) - order(*first) + 1).saturating_sub(kinds.len() as u64);
    let gaps = if gaps > 0 { format!(", but not in {gaps} between them") } else { String::new() };
    format!("  stored from {first} to {last}{gaps}: in {stored} of {waits} states in which it waits\n")
}

fn human(machine: &Machine, value: &Value<'_>, root: &str) -> String {
    let bold = Style::new().bold();
    let dim = Style::new().dimmed();
    let (_, _, slot) = value[0];
    let type_name = slot.type_name.as_deref().map_or("?".to_owned(), short_type_name);
    let mut text = format!("{bold}{}: {type_name}{bold:#}, {} of `{}`\n", slot.name, Bytes(slot.size), machine.path);
    let role = match slot.role {
        Role::Argument => "captured by the future",
        Role::Local => "a local variable",
        Role::Temporary => "a value without a name",
        Role::DropFlag => "tells whether a value still has to be dropped",
        Role::Awaitee => "the future that is awaited",
    };
    let _ = writeln!(
        text,
        "  {role}{}",
        slot.declared.as_ref().map_or(String::new(), |location| format!(", declared at {}", location.shown(root)))
    );
    match slot.offset {
        Some(offset) => {
            let _ = writeln!(text, "  at offset {offset}");
        }
        None if slot.evidence == Evidence::Lost => {
            let _ = writeln!(text, "  the debug info lost its type and place: another value of the state has its name");
        }
        None => {}
    }
    text += &span(machine, value);
    for (state, index, slot) in value {
        let location = state.location.as_ref().map(|location| location.shown(root).to_string()).unwrap_or_default();
        let _ = writeln!(text, "  {bold}{}{bold:#} {dim}{location}{dim:#}", state.kind);
        if slot.reasons.is_empty() {
            let _ = writeln!(text, "    why is not known: only the MIR says so");
        }
        for reason in slot.reasons.iter().filter(|reason| !matches!(reason.why, Why::BorrowedBy(_))) {
            let _ = writeln!(text, "    {}", words::reason_sentence(reason));
        }
        for line in references(state, *index, slot) {
            let _ = writeln!(text, "    {line}");
        }
    }
    let (state, index, _) = value[0];
    let overlaps = machine.overlaps(state, index);
    if !overlaps.is_empty() {
        let names: Vec<String> = overlaps
            .iter()
            .filter_map(|overlap| {
                Some(format!("`{}` in {}", machine.state(overlap.state)?.slots.get(overlap.slot)?.name, overlap.state))
            })
            .collect();
        let _ = writeln!(text, "  other states use its bytes for {}", names.join(", "));
    }
    text
}

fn json(machine: &Machine, value: &Value<'_>) -> serde_json::Value {
    let (state, index, slot) = value[0];
    let states: Vec<_> = value
        .iter()
        .map(|(state, index, slot)| {
            json!({
                "state": state.kind.to_string(), "location": state.location, "reasons": slot.reasons,
                "references": references(state, *index, slot),
            })
        })
        .collect();
    let overlaps: Vec<_> = machine
        .overlaps(state, index)
        .iter()
        .filter_map(|overlap| Some(json!({ "state": overlap.state.to_string(), "name": machine.state(overlap.state)?.slots.get(overlap.slot)?.name })))
        .collect();
    json!({
        "machine": machine.id, "name": slot.name, "role": slot.role, "type_name": slot.type_name, "size": slot.size,
        "offset": slot.offset, "evidence": slot.evidence, "declared": slot.declared, "states": states, "overlaps": overlaps,
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use pinsight_machine::MachineKind;

    fn machine(stored: &[(StateKind, bool)]) -> Machine {
        let finished = [StateKind::Returned, StateKind::Panicked].map(|kind| (kind, true));
        let state = |(kind, stores): &(StateKind, bool)| {
            let slot = Slot { offset: Some(0), size: Some(8), ..Slot::new("a".into(), Role::Argument) };
            State { slots: if *stores { vec![slot] } else { Vec::new() }.into(), ..State::new(*kind) }
        };
        Machine { states: stored.iter().chain(&finished).map(state).collect(), ..Machine::new(MachineKind::AsyncFn) }
    }

    #[test]
    fn since_when_and_until_when() {
        let said = |stored: &[(StateKind, bool)]| {
            let machine = machine(stored);
            let values = values(&machine, "a");
            assert_eq!(values.len(), 1);
            span(&machine, &values[0])
        };
        let [waits @ .., _] = [0, 1, 2, 3].map(StateKind::Suspended);
        let start = StateKind::Unresumed;
        assert_eq!(said(&[(start, false), (waits[0], true), (waits[1], false)]), "");
        assert_eq!(
            said(&[(start, true), (waits[0], true), (waits[1], false)]),
            "  stored from Unresumed to Suspend0: in 1 of 2 states in which it waits\n"
        );
        assert_eq!(
            said(&[(start, false), (waits[0], true), (waits[1], false), (waits[2], true)]),
            "  stored from Suspend0 to Suspend2, but not in 1 between them: in 2 of 3 states in which it waits\n"
        );
    }
}
