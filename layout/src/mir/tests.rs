//! The reader against the compiler, on functions whose answers are known.

use std::collections::{BTreeMap, BTreeSet};
use std::path::PathBuf;
use std::process::Command;

use super::{MirFile, MirMachine, Place, read};
use pinsight_machine::Certainty;

const CASES: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/self_references/cases.rs");

/// The text of the MIR of the cases.
fn compile(opt_level: &str) -> String {
    let folder = std::env::temp_dir().join(format!("pinsight-self-references-{}-{opt_level}", std::process::id()));
    std::fs::create_dir_all(&folder).expect("a temporary folder");
    let output: PathBuf = folder.join("cases.mir");
    let compiler = std::env::var_os("RUSTC").unwrap_or_else(|| "rustc".into());
    let mut command = Command::new(compiler);
    command.args(["--edition", "2024", "--crate-type", "lib", "--emit=mir"]);
    command.arg(format!("-Copt-level={opt_level}")).arg("-o").arg(&output).arg(CASES);
    let run = command.output().expect("a Rust compiler");
    assert!(run.status.success(), "{command:?} failed:\n{}", String::from_utf8_lossy(&run.stderr));
    let text = std::fs::read_to_string(&output).expect("the compiler has written MIR");
    std::fs::remove_dir_all(&folder).expect("the temporary folder can be removed");
    text
}

/// What the comments say: by function and path inside of it, the facts.
fn expected() -> BTreeMap<Vec<String>, BTreeSet<String>> {
    let text = std::fs::read_to_string(CASES).expect("the cases can be read");
    let mut all = BTreeMap::new();
    let mut waiting: Vec<(&str, &str)> = Vec::new();
    for line in text.lines().map(str::trim) {
        if let Some(comment) = line.strip_prefix("//~ ") {
            let inner = comment.strip_prefix("in ").and_then(|comment| comment.split_once(' '));
            waiting.push(inner.unwrap_or(("", comment)));
        } else if let Some((_, name)) = line.split_once("async fn ") {
            let name = name.split(['(', '<']).next().unwrap_or(name);
            for (inner, fact) in waiting.drain(..) {
                let mut path = vec![name.to_owned(), "{closure#0}".to_owned()];
                path.extend((!inner.is_empty()).then(|| inner.to_owned()));
                let facts: &mut BTreeSet<String> = all.entry(path).or_default();
                facts.extend((fact != "none").then(|| fact.to_owned()));
            }
        }
    }
    all
}

/// The facts about what is kept in each state, as the comments write them.
fn found(machine: &MirMachine) -> BTreeSet<String> {
    let mut names: BTreeMap<Place, String> = BTreeMap::new();
    let mut seen: BTreeMap<&str, u32> = BTreeMap::new();
    for upvar in &machine.upvars {
        let name = upvar.name.as_deref().unwrap_or("{temporary}");
        names.insert(Place::Upvar(upvar.index), format!("^{name}"));
    }
    for saved in &machine.saved {
        let place = Place::Saved { variant: saved.variant, field: saved.field };
        let name = match saved.names.last() {
            None => "{temporary}".to_owned(),
            Some(name) if name == "__awaitee" => name.clone(),
            Some(name) => {
                let count = seen.entry(name).or_default();
                *count += 1;
                if *count == 1 { name.clone() } else { format!("{name}#{}", *count - 1) }
            }
        };
        names.insert(place, name);
    }
    let mut facts = BTreeSet::new();
    for state in &machine.states {
        let kept =
            |place: Place| matches!(place, Place::Upvar(_)) || state.reasons.iter().any(|(kept, _)| *kept == place);
        for fact in state.points_at.iter().filter(|fact| kept(fact.from) && kept(fact.to)) {
            let sure = match fact.certainty {
                Certainty::Certain => "certain",
                Certainty::Possible => "may",
            };
            let (from, to, part) = (&names[&fact.from], &names[&fact.to], &fact.part);
            facts.insert(format!("Suspend{}: {from} -> {to}{part} {sure}", state.variant - 3));
        }
    }
    facts
}

fn of<'m>(file: &'m MirFile, path: &[String]) -> Option<&'m MirMachine> {
    let path = path.join("::");
    file.machines.iter().find(|machine| {
        machine.header.strip_suffix(&path).is_some_and(|before| before.is_empty() || before.ends_with("::"))
    })
}

fn compare(opt_level: &str) {
    let text = compile(opt_level);
    let file = read(&text);
    assert!(file.unknown.is_empty(), "not understood: {:#?}", file.unknown);
    let cases = expected();
    assert!(cases.len() >= 40, "only {} cases are left", cases.len());
    let mut wrong = String::new();
    for (path, expected) in &cases {
        let Some(machine) = of(&file, path) else {
            wrong += &format!("{}: no such machine\n", path.join("::"));
            continue;
        };
        let found = found(machine);
        for missing in expected.difference(&found) {
            wrong += &format!("{}: missing   {missing}\n", path.join("::"));
        }
        for more in found.difference(expected) {
            wrong += &format!("{}: not true  {more}\n", path.join("::"));
        }
    }
    assert!(wrong.is_empty(), "at opt-level {opt_level}, in {CASES}:\n{wrong}");
}

#[test]
fn known_answers_unoptimised() {
    compare("0");
}

#[test]
fn known_answers_optimised() {
    compare("3");
}
