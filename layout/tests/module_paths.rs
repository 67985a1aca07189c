//! MIR names a function by as little of its path as is needed, debug info by all of it: each body is joined with its own
//! machine, or with none.

mod common;

use std::path::{Path, PathBuf};
use std::process::Command;

use common::Folder;
use pinsight_layout::{Program, Sources, read};
use pinsight_machine::Machine;

const FOLDER: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/module_paths");

/// Compiles the cases as `cargo` compiles a member of a workspace: with the path from there.
fn compile(folder: &Folder, flags: &[&str], whole_paths: bool) -> PathBuf {
    let mut command = Command::new("rustc");
    command.args(["--edition", "2024", "--crate-name", "cases", "-Cdebuginfo=2", "--emit=link,mir", "--out-dir"]);
    command.arg(&folder.0).args(flags).arg("cases.rs").current_dir(FOLDER);
    if whole_paths {
        command.arg("-Ztrim-diagnostic-paths=no").env("RUSTC_BOOTSTRAP", "1");
    }
    let result = command.output().expect("rustc runs");
    assert!(result.status.success(), "{command:?}\n{}", String::from_utf8_lossy(&result.stderr));
    folder.0.join("cases")
}

fn join(binary: &Path) -> Program {
    let sources = Sources { binary: binary.to_owned(), mir: vec![binary.with_extension("mir")] };
    read(&sources, &|_, _| {}).expect("the program can be read")
}

/// The machines in which `r` points at something.
fn own(program: &Program) -> Vec<&Machine> {
    let has_r = |machine: &&Machine| machine.states.iter().flat_map(|state| &*state.slots).any(|slot| slot.name == "r");
    program.machines.iter().filter(|machine| machine.id.starts_with("cases::")).filter(has_r).collect()
}

/// The name of what `r` points at.
fn target(machine: &Machine) -> Option<&str> {
    machine.states.iter().find_map(|state| {
        let r = state.slots.iter().find(|slot| slot.name == "r")?;
        Some(&*state.slots[r.points_at.first()?.slot].name)
    })
}

/// What the source has, where the body says it: `&a` or `&b`.
fn expected(machine: &Machine) -> Option<&'static str> {
    let location = machine.location.as_ref().expect("debug info has the place of each body");
    let text = std::fs::read_to_string(Path::new(FOLDER).join(&*location.file)).expect("the cases can be read");
    let line = text.lines().nth(location.line as usize - 1).expect("the line is in the file");
    match (line.contains("let r = &a;"), line.contains("let r = &b;")) {
        (true, false) => Some("a"),
        (false, true) => Some("b"),
        _ => None,
    }
}

fn check(name: &str, flags: &[&str], whole_paths: bool) {
    let folder = Folder::new(name);
    let program = join(&compile(&folder, flags, whole_paths));
    let (mut joined, mut left) = (Vec::new(), Vec::new());
    for machine in own(&program) {
        let expected = match machine.path.as_ref() {
            "<cases::made::First as cases::made::Named>::named" => Some("a"),
            "<cases::made::Second as cases::made::Named>::named" => Some("b"),
            _ => expected(machine),
        };
        match target(machine) {
            Some(found) => {
                assert_eq!(Some(found), expected, "{} is joined with the body of another", machine.id);
                joined.push(machine.full_name().to_string());
            }
            None => left.push(machine),
        }
    }
    let names: Vec<_> = left.iter().map(|machine| machine.full_name().to_string()).collect();
    assert_eq!(joined.len(), 28, "joined are {joined:#?}\nleft are {names:#?}");
    assert_eq!(left.len(), 7, "left are {names:#?}");
    for machine in left {
        assert!(machine.id.starts_with("cases::ambiguous::"), "{} is not joined", machine.id);
        let remark = machine.remarks.iter().any(|remark| remark.contains("several functions"));
        assert!(remark, "{} does not say why it has no facts: {:?}", machine.id, machine.remarks);
    }
    let gaps: Vec<_> = program.gaps.iter().map(|gap| (gap.what.as_str(), gap.count)).collect();
    assert_eq!(gaps, [("coroutine that several functions in the MIR may be", 7)]);
}

#[test]
fn shortened_paths() {
    check("shortened", &[], false);
}

#[test]
fn shortened_paths_and_new_symbol_mangling() {
    check("shortened-v0", &["-Csymbol-mangling-version=v0"], false);
}

#[test]
fn whole_paths() {
    check("whole", &[], true);
}
