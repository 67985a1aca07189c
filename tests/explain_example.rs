//! `examples/process_data.rs` prints its machine, and so does what it expands to.

use std::path::PathBuf;
use std::process::Command;

fn printed_by(example: &str) -> String {
    // `cargo test` builds the examples beside the tests.
    let tests: PathBuf = std::env::current_exe().expect("this is a program").parent().expect("in a folder").into();
    let program = tests.parent().expect("in another folder").join("examples").join(example);
    let output = Command::new(program).output().expect("cargo has built it");
    assert!(output.status.success());
    String::from_utf8(output.stdout).expect("it prints text")
}

#[test]
fn process_data_prints_its_machine() {
    let text = printed_by("process_data");
    for expected in [
        "async fn process_data::process_data",
        "examples/process_data.rs:16",
        "`val`: dropped in line 18, borrowed by `val_ref` in line 15\n",
        "`val_ref`: used in line 17; points at `val`\n",
    ] {
        assert!(text.contains(expected), "{expected:?} is not in {text}");
    }
    // Beside the two values there are only the future of `op`, which is empty, and the number of the state.
    let bytes: usize = text.split_whitespace().rev().nth(3).and_then(|word| word.parse().ok()).expect("a number");
    assert!((size_of::<(String, &String)>() + 1..=48).contains(&bytes), "{text}");
}

#[test]
fn the_expansion_prints_the_same() {
    let written = printed_by("process_data-expanded").replace("process_data_expanded", "process_data");
    assert_eq!(written.replace("process_data-expanded", "process_data"), printed_by("process_data"));
}
