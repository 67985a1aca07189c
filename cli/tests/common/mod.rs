//! Runs the command as cargo would.

#![allow(dead_code)]

use std::path::PathBuf;
use std::process::{Command, Output};

pub(crate) fn fixture() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("tests/fixture")
}

/// `cargo pinsight …`, with nothing of the caller's that would change what is printed.
pub(crate) fn pinsight(arguments: &[&str]) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_cargo-pinsight"));
    command.arg("pinsight").args(arguments).current_dir(fixture());
    for name in [
        "RUSTFLAGS",
        "CARGO_ENCODED_RUSTFLAGS",
        "RUSTC_WRAPPER",
        "CARGO_TERM_COLOR",
        "NO_COLOR",
        "CLICOLOR_FORCE",
        "CARGO_BUILD_TARGET",
    ] {
        command.env_remove(name);
    }
    command.env("COLUMNS", "100");
    command
}

/// The same, of the fixture.
pub(crate) fn of_fixture(arguments: &[&str]) -> Command {
    let mut command = pinsight(arguments);
    command.args(["--quiet", "--offline", "--target-dir"]).arg(target("fixture"));
    command
}

/// A folder for what is built; the tests share it, so that the fixture is built once.
pub(crate) fn target(name: &str) -> PathBuf {
    PathBuf::from(env!("CARGO_TARGET_TMPDIR")).join(name)
}

pub(crate) fn text(output: &Output) -> String {
    String::from_utf8_lossy(&output.stdout).into_owned()
}

pub(crate) fn errors(output: &Output) -> String {
    String::from_utf8_lossy(&output.stderr).into_owned()
}

/// What a command prints that has to end with this code.
pub(crate) fn run(mut command: Command, code: i32) -> String {
    let output = command.output().expect("the command runs");
    assert_eq!(output.status.code(), Some(code), "{command:?}\n{}{}", text(&output), errors(&output));
    text(&output)
}
