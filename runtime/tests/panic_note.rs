//! What is told on stderr when a task panics and nobody has asked to be told. In a child, whose stderr can be read.

#![cfg(not(loom))]

use pinsight_rt::LocalExecutor;
use std::process::Command;

#[test]
#[ignore = "run by `a_panic_is_told_with_the_name_and_the_place_of_its_task`"]
fn child_that_panics() {
    let executor = LocalExecutor::new();
    drop(executor.spawn_named("doomed", async { panic!("of the child") }));
    executor.run_until_stalled();
}

#[test]
fn a_panic_is_told_with_the_name_and_the_place_of_its_task() {
    let output = Command::new(std::env::current_exe().unwrap())
        .args(["--exact", "child_that_panics", "--ignored", "--nocapture"])
        .output()
        .unwrap();
    let stderr = String::from_utf8(output.stderr).unwrap();
    // The panic ends the task, and nothing else.
    assert!(output.status.success(), "{stderr}");
    let note = stderr.lines().find(|line| line.starts_with("note: the panic was in ")).expect(&stderr);
    assert!(note.contains("task `doomed`, spawned at ") && note.contains("panic_note.rs:"), "{note}");
}
