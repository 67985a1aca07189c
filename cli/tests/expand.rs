//! What `expand` prints is Rust, at least to a parser.

mod common;

use std::fs;
use std::process::Command;

use common::{of_fixture, run, target};

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
    let (source, out) = (target("expanded.rs"), target("expanded.rmeta"));
    fs::write(&source, modules.concat()).unwrap();
    let mut rustc = Command::new("rustc");
    rustc.args(["--edition", "2024", "--crate-type", "lib", "--emit", "metadata", "-o"]).arg(&out).arg(&source);
    let output = rustc.output().unwrap();
    assert!(output.status.success(), "{}", common::errors(&output));
}
