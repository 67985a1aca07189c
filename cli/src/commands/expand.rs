//! `expand`: one machine as the Rust code that it amounts to.

use std::fmt::Write;
use std::process::ExitCode;

use anyhow::Result;
use pinsight_machine::views::{Bytes, ShortNames};
use pinsight_machine::{Certainty, Evidence, Machine, Reason, Role, Slot, State, StateKind};
use serde_json::json;

use super::print;
use crate::arguments::{MessageFormat, Output, RequiredPath};
use crate::program::Loaded;
use crate::{document, selection};

pub(super) fn run(loaded: &Loaded, arguments: &RequiredPath, output: &Output) -> Result<ExitCode> {
    let machines = selection::find(&loaded.machines(), &arguments.path)?;
    let codes: Vec<(&Machine, String)> = machines.iter().map(|machine| (*machine, code(machine))).collect();
    let text = if output.message_format == MessageFormat::Json {
        let machines: Vec<_> =
            codes.iter().map(|(machine, code)| json!({ "machine": machine.id, "code": code })).collect();
        serde_json::to_string_pretty(&json!({ "format_version": document::FORMAT_VERSION, "machines": machines }))?
    } else {
        codes.iter().map(|(_, code)| code.as_str()).collect::<Vec<_>>().join("\n")
    };
    print(&text)?;
    Ok(ExitCode::SUCCESS)
}

/// `process_data` of `app::process_data`, made a type's name.
fn type_name(machine: &Machine) -> String {
    let words = machine.path.rsplit("::").next().unwrap_or("Machine");
    let mut name = String::new();
    for word in words.split(|character: char| !character.is_alphanumeric()).filter(|word| !word.is_empty()) {
        let mut characters = word.chars();
        name.extend(characters.next().into_iter().flat_map(char::to_uppercase));
        name.push_str(characters.as_str());
    }
    if name.starts_with(|first: char| first.is_ascii_digit()) || name.is_empty() {
        format!("Machine{name}")
    } else {
        name
    }
}

fn code(machine: &Machine) -> String {
    let names = ShortNames::of(machine);
    let own = type_name(machine);
    let mut code = format!("/// `{}`, as the compiler lowered it: {}", machine.full_name(), Bytes(machine.size));
    let _ = write!(code, ", alignment {}.", machine.align.map_or("?".into(), |align| align.to_string()));
    if let Some((offset, size)) = machine.discriminant {
        let _ = write!(code, "\n/// Which state it is in says the byte at offset {offset} ({}).", Bytes(Some(size)));
    }
    let _ = write!(code, "\nenum {own} {{\n");
    for state in machine.states.iter() {
        let place = state.place.as_ref().map(|place| format!(" // line {}", place.line)).unwrap_or_default();
        if state.slots.is_empty() || matches!(state.kind, StateKind::Returned | StateKind::Panicked) {
            let _ = writeln!(code, "    {} = {},{place}", state.kind, discriminant(state));
            continue;
        }
        let _ = writeln!(code, "    {} {{{place}", state.kind);
        for slot in state.slots.iter() {
            let _ = writeln!(code, "        {}", field(state, slot, &names));
        }
        let _ = writeln!(code, "    }} = {},", discriminant(state));
    }
    code.push_str("}\n\n");
    code + &poll(machine, &own)
}

fn discriminant(state: &State) -> String {
    state.discriminant.map_or("?".into(), |value| value.to_string())
}

/// A value that the state points into itself with is a pointer: a reference could not be written.
fn field(state: &State, slot: &Slot, names: &ShortNames) -> String {
    let type_name = slot.type_name.as_deref().map_or_else(|| "/* lost */ _".to_owned(), |name| names.shorten(name));
    let certain = slot.points_at.iter().find(|target| target.certainty == Certainty::Certain);
    let type_name = match (certain, type_name.strip_prefix("&mut "), type_name.strip_prefix('&')) {
        (Some(_), Some(target), _) => format!("*mut {target}"),
        (Some(_), None, Some(target)) => format!("*const {target}"),
        _ => type_name,
    };
    let mut comment = match (slot.offset, slot.size) {
        (Some(offset), Some(size)) => format!("{offset}..{}", offset.saturating_add(size)),
        _ if slot.evidence == Evidence::Lost => "lost".to_owned(),
        _ => "?".to_owned(),
    };
    for target in slot.points_at.iter() {
        let name = state.slots.get(target.slot).map_or("?", |slot| &*slot.name);
        let words = if target.certainty == Certainty::Certain { "points at" } else { "may point at" };
        let _ = write!(comment, ", {words} `{name}{}`", target.part);
    }
    for reason in slot.reasons.iter() {
        let words = match reason {
            Reason::Captured => "captured",
            Reason::DroppedAfter => "dropped later",
            Reason::UsedAfter => "used later",
            Reason::AddressTaken => "its address was taken",
            Reason::Awaited | Reason::BorrowedBy(_) => continue,
        };
        let _ = write!(comment, ", {words}");
    }
    let name = match slot.role {
        // A state may store two values of one name.
        Role::Argument => format!("captured_{}", slot.name),
        _ => slot.name.to_string(),
    };
    format!("{name}: {type_name}, // {comment}")
}

fn poll(machine: &Machine, own: &str) -> String {
    let mut code = format!(
        "impl Future for {own} {{\n    fn poll(self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Self::Output> {{\n        match self.state {{\n"
    );
    let suspends: Vec<&State> = machine.suspend_states().collect();
    let wait = |state: &State| {
        let line = state.place.as_ref().map_or(String::new(), |place| format!(" (line {})", place.line));
        format!("run to an `.await`, such as that of {}{line}", state.kind)
    };
    let first = suspends.first().map_or("run to the end".to_owned(), |state| wait(state));
    let _ = writeln!(code, "            Unresumed => {{ /* {first} */ }}");
    for state in suspends {
        let _ = writeln!(code, "            {} => {{", state.kind);
        if state.awaitee().is_some() {
            code.push_str("                // poll `__awaitee`; when it is not ready:\n                //     return Poll::Pending\n");
        }
        code.push_str("                /* drop it, and run to the next `.await` or to the end */\n            }\n");
    }
    code.push_str("            Returned => panic!(\"`async fn` resumed after completion\"),\n");
    code.push_str("            Panicked => panic!(\"`async fn` resumed after panicking\"),\n        }\n    }\n}\n");
    code
}
