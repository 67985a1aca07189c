//! Whatever is wrong, the command says what, what to do, and ends with the code that its help promises.

mod common;

use std::fs;
use std::io::Read;
use std::path::{Path, PathBuf};
use std::process::Stdio;

use common::{errors, of_fixture, pinsight, target};

fn fails(mut command: std::process::Command, code: i32, says: &[&str]) {
    let output = command.output().expect("the command runs");
    let text = errors(&output);
    assert_eq!(output.status.code(), Some(code), "{command:?}\n{text}");
    for part in says {
        assert!(text.contains(part), "`{part}` is not in:\n{text}");
    }
    assert!(!text.contains("panicked"), "{text}");
}

fn package(name: &str, manifest: &str, files: &[(&str, &str)]) -> PathBuf {
    let folder = target(name);
    let _ = fs::remove_dir_all(&folder);
    fs::create_dir_all(&folder).unwrap();
    fs::write(folder.join("Cargo.toml"), manifest).unwrap();
    for (path, text) in files {
        let path = folder.join(path);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, text).unwrap();
    }
    folder
}

#[test]
fn paths_that_mean_nothing_or_too_much() {
    fails(
        of_fixture(&["show", "proces_data"]),
        2,
        &["no machine `proces_data`", "help: did you mean", "fixture::process_data"],
    );
    fails(of_fixture(&["show", "fixture"]), 2, &["can be one of", "help: write more of the path"]);
    fails(of_fixture(&["why", "process_data", "vall"]), 2, &["stores no `vall`", "help: it stores", "`val_ref`"]);
}

#[test]
fn flags_that_are_wrong() {
    fails(
        of_fixture(&["lst"]),
        2,
        &["no machine fits `lst`, and there is no such command", "did you mean `cargo pinsight list`?"],
    );
    fails(pinsight(&["list", "--sizes"]), 2, &["unexpected argument '--sizes'"]);
    fails(pinsight(&["list", "--sort", "weight"]), 2, &["possible values: size, states, name, location"]);
    fails(of_fixture(&["--example", "nothing"]), 2, &["no such target", "--bin fixture"]);
    fails(of_fixture(&["-p", "nothing"]), 2, &["no package `nothing`", "it has `fixture`"]);
}

#[test]
fn files_that_are_no_program() {
    fails(pinsight(&["--binary", "Cargo.toml"]), 101, &["it is no executable, object or library"]);
    fails(pinsight(&["--binary", "nowhere"]), 101, &["cannot read `nowhere`"]);
    let json = target("wrong.json");
    fs::write(&json, "{\"format_version\": 7, \"machines\": []}").unwrap();
    fails(pinsight(&["--binary", &json.to_string_lossy()]), 101, &["format version 7"]);
    fs::write(&json, "[]").unwrap();
    fails(pinsight(&["--binary", &json.to_string_lossy()]), 101, &["no JSON that a command printed"]);
}

#[test]
fn programs_without_debug_info() {
    let source = target("plain.rs");
    fs::write(&source, "fn main() {}").unwrap();
    for (flag, says) in [("-Cdebuginfo=1", "set `debug = 2`"), ("-Cstrip=symbols", "it is stripped")] {
        let binary = target("plain");
        let status =
            std::process::Command::new("rustc").arg(flag).arg("-o").arg(&binary).arg(&source).status().unwrap();
        assert!(status.success());
        fails(pinsight(&["--binary", &binary.to_string_lossy()]), 101, &["has no debug info about types", says]);
    }
}

#[test]
fn a_package_that_does_not_build() {
    let manifest = "[package]\nname = \"broken\"\nversion = \"0.0.0\"\nedition = \"2024\"\n\n[workspace]\n";
    let folder = package("broken", manifest, &[("src/main.rs", "fn main() { nothing() }\n")]);
    let mut command = pinsight(&["--offline"]);
    command.current_dir(&folder);
    fails(command, 101, &["cannot find function `nothing`", "error: the build failed"]);
}

#[test]
fn a_virtual_workspace_with_several_binaries() {
    let member = |name: &str| format!("[package]\nname = \"{name}\"\nversion = \"0.0.0\"\nedition = \"2024\"\n");
    let folder = package(
        "virtual",
        "[workspace]\nmembers = [\"one\", \"two\"]\nresolver = \"3\"\n",
        &[
            ("one/Cargo.toml", &member("one")),
            ("one/src/main.rs", "fn main() {}\n"),
            ("two/Cargo.toml", &member("two")),
            ("two/src/main.rs", "async fn f() {}\nfn main() { drop(f()) }\n"),
        ],
    );
    let mut command = pinsight(&["--offline"]);
    command.current_dir(&folder);
    fails(command, 2, &["there are several targets", "-p one --bin one", "-p two --bin two"]);
    let mut command = pinsight(&["--offline", "--quiet", "-p", "two"]);
    command.current_dir(&folder);
    assert!(common::run(command, 0).contains("two::f"));
}

#[test]
fn no_package_at_all() {
    let folder = target("empty");
    fs::create_dir_all(&folder).unwrap();
    // Outside of every workspace.
    let mut command = pinsight(&["--offline", "--manifest-path", &folder.join("Cargo.toml").to_string_lossy()]);
    command.current_dir(&folder);
    fails(command, 101, &["`cargo metadata` failed", "help:"]);
}

#[test]
fn output_that_cannot_be_written() {
    let nowhere = Path::new("/nowhere/at/all.html");
    fails(
        of_fixture(&["report", "--output", &nowhere.to_string_lossy()]),
        101,
        &["cannot write", "help: choose a file"],
    );
}

#[test]
fn budgets_that_are_wrong() {
    let manifest = "[package]\nname = \"budget\"\nversion = \"0.0.0\"\nedition = \"2024\"\n\n[workspace]\n";
    let folder = package("budget", manifest, &[("src/main.rs", "fn main() {}\n")]);
    let check = |text: Option<&str>, code, says: &[&str]| {
        let file = folder.join("pinsight.toml");
        let _ = fs::remove_file(&file);
        if let Some(text) = text {
            fs::write(&file, text).unwrap();
        }
        let mut command = pinsight(&["check", "--offline", "--quiet"]);
        command.current_dir(&folder);
        fails(command, code, says);
    };
    check(None, 2, &["there are no budgets", "help: write some in `pinsight.toml`"]);
    check(
        Some("[[budget]]\npath = \"a\"\nmax_size = 3\n"),
        101,
        &["unknown key `max_size` in a budget", "pinsight.toml:3:1", "help: write `max-size`"],
    );
    check(
        Some("[[budget]]\npath = \"a\"\nmax-growth = \"1 %\"\n"),
        2,
        &["there is no baseline", "cargo pinsight baseline"],
    );
}

#[test]
fn a_reader_that_leaves_early() {
    let mut child = of_fixture(&["list", "--message-format", "json"])
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .expect("the command runs");
    let mut first = [0; 1];
    child.stdout.take().unwrap().read_exact(&mut first).expect("something is printed");
    let output = child.wait_with_output().unwrap();
    assert_eq!((output.status.code(), errors(&output).as_str()), (Some(0), ""));
}

#[test]
fn colour_is_for_those_who_want_it() {
    let has_color = |mut command: std::process::Command| common::text(&command.output().unwrap()).contains('\u{1b}');
    assert!(!has_color(of_fixture(&["list"])), "no terminal");
    assert!(has_color(of_fixture(&["list", "--color", "always"])));
    let mut command = of_fixture(&["list"]);
    command.env("CARGO_TERM_COLOR", "always");
    assert!(has_color(command));
    let mut command = of_fixture(&["list"]);
    command.env("CLICOLOR_FORCE", "1").env("NO_COLOR", "1");
    assert!(!has_color(command), "NO_COLOR wins");
}
