//! What `expand` prints is Rust, at least to a parser.

mod common;

use std::fs;
use std::process::Command;

use common::{of_fixture, pinsight, run, target};
use pinsight_machine::{Machine, MachineKind, Role, Slot, State, StateKind};

#[test]
fn every_machine_is_rust() {
    let list = run(of_fixture(&["list", "--all", "--message-format", "json"]), 0);
    let list: serde_json::Value = serde_json::from_str(&list).unwrap();
    let mut paths: Vec<&str> =
        list["machines"].as_array().unwrap().iter().map(|machine| machine["path"].as_str().unwrap()).collect();
    paths.dedup();
    assert!(paths.len() >= 8, "{paths:?}");
    // What is switched off is parsed and not looked at further.
    let modules: Vec<String> = paths
        .iter()
        .map(|path| {
            let code = run(of_fixture(&["expand", "--all", path]), 0);
            format!("#[cfg(any())]\nmod expanded {{\n{code}}}\n")
        })
        .collect();
    assert_parses("expanded", &modules.concat());
}

/// Names that are words of the language, and machines that are no futures.
#[test]
fn keywords_and_generators_are_rust() {
    let names = ["type", "self", "x", "x", "__0"];
    let slots: Vec<Slot> = names.iter().map(|name| Slot::new((*name).into(), Role::Local)).collect();
    let kinds = [
        (MachineKind::GenFn, "impl Iterator for Made", "Returned => None,"),
        (MachineKind::AsyncGenFn, "impl AsyncIterator for Made", "fn poll_next(self: Pin<&mut Self>"),
        (MachineKind::Coroutine, "impl Coroutine for Made", "fn resume(self: Pin<&mut Self>"),
        (MachineKind::AsyncBlock, "impl Future for Made", "fn poll(self: Pin<&mut Self>"),
    ];
    let mut modules = String::new();
    for (kind, implementation, method) in kinds {
        let states = [StateKind::Unresumed, StateKind::Returned, StateKind::Panicked, StateKind::Suspended(0)]
            .map(|kind| State { slots: slots.clone().into(), ..State::new(kind) });
        let machine = Machine {
            id: "app::made".into(),
            path: "app::made".into(),
            states: states.to_vec().into(),
            ..Machine::new(kind)
        };
        let file = target("made.json");
        fs::write(&file, serde_json::json!({ "format_version": 1, "machines": [machine] }).to_string()).unwrap();
        let code = run(pinsight(&["expand", "made", "--binary", file.to_str().unwrap()]), 0);
        for part in [implementation, method, " r#type: ", " self_: ", " x: ", " x_2: ", " __0: "] {
            assert!(code.contains(part), "{part} is missing:\n{code}");
        }
        modules += &format!("#[cfg(any())]\nmod made {{\n{code}}}\n");
    }
    assert_parses("made", &modules);
}

fn assert_parses(name: &str, text: &str) {
    let (source, out) = (target(&format!("{name}.rs")), target(&format!("{name}.rmeta")));
    fs::write(&source, text).unwrap();
    let mut rustc = Command::new("rustc");
    rustc.args(["--edition", "2024", "--crate-type", "lib", "--emit", "metadata", "-o"]).arg(&out).arg(&source);
    let output = rustc.output().unwrap();
    assert!(output.status.success(), "{}", common::errors(&output));
}
