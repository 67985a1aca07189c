//! `expand`: one machine as the Rust code that it amounts to.

mod rust_names;

use std::fmt::Write;
use std::process::ExitCode;

use anyhow::Result;
use pinsight_machine::views::{Bytes, ShortNames};
use pinsight_machine::{Certainty, Evidence, Machine, Slot, State, StateKind, Why};
use serde_json::json;

use super::print;
use crate::arguments::{MessageFormat, Output, RequiredPath};
use crate::load::Loaded;
use crate::load::json;

pub(super) fn run(loaded: &Loaded, arguments: &RequiredPath, output: &Output) -> Result<ExitCode> {
    let machines = loaded.find(&arguments.path)?;
    let codes: Vec<(&Machine, String)> = machines.iter().map(|machine| (*machine, code(machine))).collect();
    let text = if output.message_format == MessageFormat::Json {
        let machines: Vec<_> =
            codes.iter().map(|(machine, code)| json!({ "machine": machine.id, "code": code })).collect();
        serde_json::to_string_pretty(&json!({ "format_version": json::FORMAT_VERSION, "machines": machines }))?
    } else {
        codes.iter().map(|(_, code)| code.as_str()).collect::<Vec<_>>().join("\n")
    };
    print(&text)?;
    Ok(ExitCode::SUCCESS)
}

fn code(machine: &Machine) -> String {
    let names = ShortNames::of(machine);
    let own = rust_names::of_machine(machine);
    let mut code = format!("/// `{}`, as the compiler lowered it: {}", machine.full_name(), Bytes(machine.size));
    let _ = write!(code, ", alignment {}.", machine.align.map_or("?".into(), |align| align.to_string()));
    if let Some((offset, size)) = machine.discriminant {
        let _ = write!(code, "\n/// Which state it is in says the byte at offset {offset} ({}).", Bytes(Some(size)));
    }
    let _ = write!(code, "\nenum {own} {{\n");
    for state in machine.states.iter() {
        let location =
            state.location.as_ref().map(|location| format!(" // line {}", location.line)).unwrap_or_default();
        if state.slots.is_empty() || matches!(state.kind, StateKind::Returned | StateKind::Panicked) {
            let _ = writeln!(code, "    {} = {},{location}", state.kind, discriminant(state));
            continue;
        }
        let _ = writeln!(code, "    {} {{{location}", state.kind);
        for (slot, name) in state.slots.iter().zip(rust_names::fields(state)) {
            let _ = writeln!(code, "        {}", field(state, slot, &name, &names));
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
fn field(state: &State, slot: &Slot, name: &str, names: &ShortNames) -> String {
    let known = slot.type_name.as_deref().map(|name| names.shorten(name));
    let type_name = known.as_deref().map_or_else(|| "/* lost */ _".to_owned(), rust_names::in_type);
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
    // What could not be written as a type.
    for known in known.iter().filter(|known| known.contains('{')) {
        let _ = write!(comment, ", `{known}`");
    }
    for target in slot.points_at.iter() {
        let name = state.slots.get(target.slot).map_or("?", |slot| &*slot.name);
        let words = if target.certainty == Certainty::Certain { "points at" } else { "may point at" };
        let _ = write!(comment, ", {words} `{name}{}`", target.part);
    }
    for reason in slot.reasons.iter() {
        let words = match reason.why {
            Why::Captured => "captured",
            Why::DroppedAfter => "dropped later",
            Why::UsedAfter => "used later",
            Why::AddressTaken => "its address was taken",
            Why::Awaited | Why::BorrowedBy(_) => continue,
        };
        let _ = write!(comment, ", {words}");
    }
    format!("{name}: {type_name}, // {comment}")
}

fn poll(machine: &Machine, own: &str) -> String {
    let mut code = format!(
        "impl Future for {own} {{\n    fn poll(self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Self::Output> {{\n        \
         // SAFETY: what is stored is never moved, until it is not needed any more.\n        \
         match unsafe {{ self.get_unchecked_mut() }} {{\n"
    );
    let line =
        |state: &State| state.location.as_ref().map_or(String::new(), |location| format!(" // line {}", location.line));
    let resume = match machine.suspend_states().count() {
        0 => "run to the end",
        1 => "run on, to the `.await` or to the end",
        _ => "run on, to an `.await` or to the end",
    };
    for state in machine.states.iter() {
        let kind = state.kind;
        let _ = match state.kind {
            StateKind::Unresumed if state.slots.is_empty() => {
                writeln!(code, "            {own}::{kind} => {{ /* {resume} */ }}")
            }
            StateKind::Unresumed => writeln!(code, "            {own}::{kind} {{ .. }} => {{ /* {resume} */ }}"),
            StateKind::Returned => {
                writeln!(code, "            {own}::{kind} => panic!(\"`{}` resumed after completion\"),", machine.kind)
            }
            StateKind::Panicked => {
                writeln!(code, "            {own}::{kind} => panic!(\"`{}` resumed after panicking\"),", machine.kind)
            }
            StateKind::Suspended(_) if state.awaitee().is_some() => writeln!(
                code,
                "            {own}::{kind} {{ __awaitee, .. }} => {{{}\n                \
                 let output = ready!(unsafe {{ Pin::new_unchecked(__awaitee) }}.poll(cx));\n                \
                 /* drop `__awaitee`, and {resume} */\n            }}",
                line(state)
            ),
            StateKind::Suspended(_) if state.slots.is_empty() => {
                writeln!(code, "            {own}::{kind} => {{ /* {resume} */ }}{}", line(state))
            }
            StateKind::Suspended(_) => {
                writeln!(code, "            {own}::{kind} {{ .. }} => {{ /* {resume} */ }}{}", line(state))
            }
        };
    }
    code.push_str("        }\n    }\n}\n");
    code
}
