//! A machine as the Rust code that it amounts to.

mod names;

use alloc::format;
use alloc::string::{String, ToString};
use core::fmt::{self, Write as _};

pub use names::{RustFieldNames, rust_type_name};

use super::words::{self, plain};
use super::{Bytes, ShortNames};
use crate::{Certainty, Evidence, Machine, MachineKind, Slot, State, StateKind, Why};

impl Machine {
    /// The machine as an enum and the implementation that polls it, as far as a person would write them. It is Rust to a
    /// parser; its types may not be in scope, or have no name.
    pub fn to_rust(&self) -> RustView<'_> {
        RustView { machine: self }
    }
}

/// Displays [`Machine::to_rust`].
#[derive(Clone, Copy, Debug)]
pub struct RustView<'a> {
    machine: &'a Machine,
}

impl fmt::Display for RustView<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let own = names::of_machine(self.machine);
        declaration(f, self.machine, &own)?;
        f.write_str("\n")?;
        implementation(f, self.machine, &own)
    }
}

fn declaration(f: &mut fmt::Formatter<'_>, machine: &Machine, own: &str) -> fmt::Result {
    let short = ShortNames::of(machine);
    let align = machine.align.map_or("?".to_string(), |align| align.to_string());
    let name = plain(&machine.full_name().to_string());
    writeln!(f, "/// `{name}`, as the compiler lowered it: {}, alignment {align}.", Bytes(machine.size))?;
    match machine.discriminant {
        Some((offset, 1)) => writeln!(f, "/// The byte at offset {offset} says which state it is in.")?,
        Some((offset, size)) => {
            writeln!(f, "/// The {} at offset {offset} say which state it is in.", Bytes(Some(size)))?;
        }
        None => {}
    }
    writeln!(f, "enum {own} {{")?;
    for state in machine.states.iter() {
        let (kind, line) = (state.kind, line(state));
        let number = state.discriminant.map_or(String::new(), |number| format!(" = {number}"));
        if state.slots.is_empty() || matches!(kind, StateKind::Returned | StateKind::Panicked) {
            writeln!(f, "    {kind}{number},{line}")?;
            continue;
        }
        writeln!(f, "    {kind} {{{line}")?;
        for (slot, name) in state.slots.iter().zip(names::fields(state)) {
            writeln!(f, "        {}", field(state, slot, &name, &short))?;
        }
        writeln!(f, "    }}{number},")?;
    }
    writeln!(f, "}}")
}

fn line(state: &State) -> String {
    state.location.as_ref().map_or(String::new(), |location| format!(" // line {}", location.line))
}

/// A value by which the state points into itself is a pointer: a reference could not be written.
fn field(state: &State, slot: &Slot, name: &str, short: &ShortNames) -> String {
    let known = slot.type_name.as_deref().map(|name| plain(&short.shorten(name)));
    let unknown = if slot.evidence == Evidence::Lost { "/* lost */ _" } else { "/* ? */ _" };
    let type_name = known.as_deref().map_or_else(|| unknown.to_string(), names::in_type);
    let certain = slot.points_at.iter().find(|target| target.certainty == Certainty::Certain);
    let type_name = match (certain, type_name.strip_prefix("&mut "), type_name.strip_prefix('&')) {
        (Some(_), Some(target), _) => format!("*mut {target}"),
        (Some(_), None, Some(target)) => format!("*const {target}"),
        _ => type_name,
    };
    let mut comment = match slot.bytes() {
        Some(bytes) => format!("{}..{}", bytes.start, bytes.end),
        None if slot.evidence == Evidence::Lost => "lost".to_string(),
        None => "?".to_string(),
    };
    // What could not be written as a type.
    for known in known.iter().filter(|known| known.contains('{')) {
        let _ = write!(comment, ", `{known}`");
    }
    for target in slot.points_at.iter() {
        let _ = write!(comment, ", {}", words::points_at(state, target));
    }
    // The awaited future is known by its name, and a borrow is told at the borrower.
    for reason in slot.reasons.iter().filter(|reason| !matches!(reason.why, Why::Awaited | Why::BorrowedBy(_))) {
        let _ = write!(comment, ", {}", words::reason(reason));
    }
    format!("{name}: {type_name}, // {comment}")
}

fn implementation(f: &mut fmt::Formatter<'_>, machine: &Machine, own: &str) -> fmt::Result {
    // The trait, its method, where it stops, and what rustc calls it.
    let (name, method, stop, called) = match machine.kind {
        MachineKind::AsyncFn | MachineKind::AsyncBlock | MachineKind::AsyncClosure => (
            "Future",
            "poll(self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Self::Output>",
            "`.await`",
            "`async fn`",
        ),
        MachineKind::GenFn | MachineKind::GenBlock | MachineKind::GenClosure => {
            ("Iterator", "next(&mut self) -> Option<Self::Item>", "`yield`", "`gen fn`")
        }
        MachineKind::AsyncGenFn | MachineKind::AsyncGenBlock | MachineKind::AsyncGenClosure => {
            let method = "poll_next(self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Option<Self::Item>>";
            ("AsyncIterator", method, "`.await` or `yield`", "`async gen fn`")
        }
        MachineKind::Coroutine => {
            let method = "resume(self: Pin<&mut Self>, argument: ()) -> CoroutineState<Self::Yield, Self::Return>";
            ("Coroutine", method, "`yield`", "coroutine")
        }
    };
    let (finished, panicked) = match name {
        "Iterator" => ("None".to_string(), "should just keep returning `None` after panicking"),
        _ => (format!("panic!(\"{called} resumed after completion\")"), "resumed after panicking"),
    };
    writeln!(f, "impl {name} for {own} {{\n    fn {method} {{")?;
    if method.contains("Pin<") {
        writeln!(f, "        // SAFETY: what is stored is never moved, until it is not needed any more.")?;
        writeln!(f, "        match unsafe {{ self.get_unchecked_mut() }} {{")?;
    } else {
        writeln!(f, "        match self {{")?;
    }
    let resume = match (machine.suspend_states().count(), stop) {
        (0, _) => "run to the end".to_string(),
        (1, stop) => format!("run on, to the {stop} or to the end"),
        (_, "`.await`") => "run on, to an `.await` or to the end".to_string(),
        (_, stop) => format!("run on, to the next {stop} or to the end"),
    };
    for state in machine.states.iter() {
        let kind = state.kind;
        let fields = if state.slots.is_empty() { "" } else { " { .. }" };
        match kind {
            StateKind::Returned => writeln!(f, "            {own}::{kind} => {finished},")?,
            StateKind::Panicked => writeln!(f, "            {own}::{kind} => panic!(\"{called} {panicked}\"),")?,
            StateKind::Unresumed => writeln!(f, "            {own}::{kind}{fields} => {{ /* {resume} */ }}")?,
            StateKind::Suspended(_) if state.awaitee().is_some() => {
                writeln!(f, "            {own}::{kind} {{ __awaitee, .. }} => {{{}", line(state))?;
                writeln!(
                    f,
                    "                let output = ready!(unsafe {{ Pin::new_unchecked(__awaitee) }}.poll(cx));"
                )?;
                writeln!(f, "                /* drop `__awaitee`, and {resume} */\n            }}")?;
            }
            StateKind::Suspended(_) => {
                writeln!(f, "            {own}::{kind}{fields} => {{ /* {resume} */ }}{}", line(state))?;
            }
        }
    }
    writeln!(f, "        }}\n    }}\n}}")
}
