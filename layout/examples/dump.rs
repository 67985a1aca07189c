//! Prints the states and slots of every machine in a compiled program, one line each.

use std::path::PathBuf;
use std::process::ExitCode;

use pinsight_layout::{Sources, read};

fn main() -> ExitCode {
    let mut arguments = std::env::args_os().skip(1).map(PathBuf::from);
    let Some(binary) = arguments.next() else {
        eprintln!("usage: dump BINARY [MIR]...");
        return ExitCode::from(2);
    };
    let program = match read(&Sources { binary, mir: arguments.collect() }, &|_, _| {}) {
        Ok(program) => program,
        Err(error) => {
            eprintln!("error: {error}");
            return ExitCode::from(101);
        }
    };
    for machine in &program.machines {
        println!("{} {} size {:?} align {:?}", machine.kind, machine.full_name(), machine.size, machine.align);
        for state in machine.states.iter() {
            let location = state.location.as_ref().map(ToString::to_string).unwrap_or_default();
            println!("  {} = {:?} {location}", state.kind, state.discriminant);
            for slot in state.slots.iter() {
                let type_name = slot.type_name.as_deref().unwrap_or("?");
                println!(
                    "    {:?}+{:?} {}: {type_name} {:?} {:?} {:?} {:?}",
                    slot.offset, slot.size, slot.name, slot.role, slot.evidence, slot.reasons, slot.points_at
                );
            }
        }
    }
    for gap in &program.gaps {
        println!("gap: {} ({} times) {}", gap.what, gap.count, gap.help);
    }
    ExitCode::SUCCESS
}
