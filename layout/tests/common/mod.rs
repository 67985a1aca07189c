//! Compiles the fixture in a given way, and reads what comes out.

#![allow(dead_code)]

use std::path::{Path, PathBuf};
use std::process::Command;

use pinsight_layout::{Error, Program, Sources, read};
use pinsight_machine::Machine;

/// A folder of its own for each test, removed at the end.
pub(crate) struct Folder(pub(crate) PathBuf);

impl Folder {
    pub(crate) fn new(name: &str) -> Self {
        let path = std::env::temp_dir().join(format!("pinsight-layout-{name}-{}", std::process::id()));
        let _ = std::fs::remove_dir_all(&path);
        std::fs::create_dir_all(&path).expect("a folder can be made");
        Folder(path)
    }

    /// Compiles the fixture into this folder with these flags, and returns the path of what was written.
    pub(crate) fn compile(&self, flags: &[&str]) -> PathBuf {
        self.compile_source(Path::new(concat!(env!("CARGO_MANIFEST_DIR"), "/tests/common/shapes.rs")), flags)
    }

    pub(crate) fn compile_source(&self, source: &Path, flags: &[&str]) -> PathBuf {
        let output = self.0.join("shapes");
        let mut command = Command::new("rustc");
        command.args(["--edition", "2024", "--crate-name", "shapes", "-Cdebuginfo=2", "-o"]).arg(&output);
        command.args(flags).arg(source).current_dir(&self.0);
        let result = command.output().expect("rustc runs");
        assert!(result.status.success(), "{command:?}\n{}", String::from_utf8_lossy(&result.stderr));
        output
    }
}

impl Drop for Folder {
    fn drop(&mut self) {
        let _ = std::fs::remove_dir_all(&self.0);
    }
}

pub(crate) fn read_binary(binary: &Path) -> Result<Program, Error> {
    read(&Sources { binary: binary.to_owned(), mir: Vec::new() }, &|_, _| {})
}

/// The fixture's own machines after compiling it with these flags; nothing may be left unexplained.
pub(crate) fn machines(name: &str, flags: &[&str]) -> Vec<Machine> {
    let folder = Folder::new(name);
    let binary = folder.compile(flags);
    let program = read_binary(&binary).unwrap_or_else(|error| panic!("{flags:?}: {error}"));
    assert_eq!(program.gaps, [], "{flags:?}");
    own(program)
}

pub(crate) fn own(program: Program) -> Vec<Machine> {
    program.machines.into_iter().filter(|machine| machine.id.starts_with("shapes::")).collect()
}

/// All that is known of each machine, without what only unoptimised code says.
pub(crate) fn facts(machines: &[Machine]) -> Vec<String> {
    let mut facts = Vec::new();
    for machine in machines {
        facts.push(format!(
            "{} {:?} {:?} {:?}",
            machine.full_name(),
            machine.size,
            machine.align,
            machine.discriminant
        ));
        for state in machine.states.iter() {
            let line = state.location.as_ref().map(|location| location.line);
            facts.push(format!("  {} {line:?}", state.kind));
            for slot in state.slots.iter() {
                facts.push(format!(
                    "    {:?}+{:?} {}: {:?} {:?} child {:?}",
                    slot.offset,
                    slot.size,
                    slot.name,
                    slot.type_name,
                    slot.role,
                    slot.child.as_ref().map(|child| (child.kind, child.size))
                ));
            }
        }
    }
    facts
}

pub(crate) fn find<'a>(machines: &'a [Machine], path: &str) -> &'a Machine {
    let mut found = machines.iter().filter(|machine| machine.path == path);
    match (found.next(), found.next()) {
        (Some(machine), None) => machine,
        (None, _) => panic!("no `{path}` among {:?}", machines.iter().map(|machine| &machine.path).collect::<Vec<_>>()),
        _ => panic!("several of `{path}`"),
    }
}
