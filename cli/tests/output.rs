//! What each command prints for the fixture. `SNAPSHOTS=overwrite cargo test -p cargo-pinsight --test output` writes the golden
//! files anew; they are to be read before they are believed.

mod common;

use common::{of_fixture, run, target};
use snapbox::{Data, assert_data_eq, file};

fn check(arguments: &[&str], code: i32, golden: Data) {
    assert_data_eq!(run(of_fixture(arguments), code), golden.raw());
}

#[test]
fn list() {
    check(&[], 0, file!["golden/list.txt"]);
    check(
        &["list", "--sort", "name", "--min-size", "100", "--message-format", "short"],
        0,
        file!["golden/list_short.txt"],
    );
}

#[test]
fn show() {
    check(&["show", "process_data"], 0, file!["golden/show.txt"]);
    check(&["show", "shadowed"], 0, file!["golden/show_shadowed.txt"]);
}

#[test]
fn show_in_other_forms() {
    check(&["show", "process_data", "--markdown"], 0, file!["golden/show.md"]);
    check(&["show", "process_data", "--mermaid"], 0, file!["golden/show.mmd"]);
    let picture = target("show.svg");
    run(of_fixture(&["show", "process_data", "--svg", &picture.to_string_lossy()]), 0);
    assert!(std::fs::read_to_string(picture).unwrap().starts_with("<svg"));
}

#[test]
fn tree() {
    check(&["tree", "serve"], 0, file!["golden/tree.txt"]);
}

#[test]
fn why() {
    check(&["why", "process_data", "val"], 0, file!["golden/why.txt"]);
}

#[test]
fn advice() {
    check(&["advice"], 0, file!["golden/advice.txt"]);
}

#[test]
fn expand() {
    check(&["expand", "process_data"], 0, file!["golden/expand.txt"]);
}

/// The fixture breaks one of its budgets.
#[test]
fn check_fails() {
    check(&["check"], 1, file!["golden/check.txt"]);
    check(&["check", "--message-format", "github"], 1, file!["golden/check_github.txt"]);
}

#[test]
fn baseline_and_diff() {
    let baseline = target("baseline.json");
    run(of_fixture(&["baseline", "--output", &baseline.to_string_lossy()]), 0);
    assert_data_eq!(std::fs::read_to_string(&baseline).unwrap(), file!["golden/baseline.json"].raw());

    let old = target("old.json");
    let text = run(of_fixture(&["list", "--message-format", "json"]), 0);
    std::fs::write(&old, &text).unwrap();
    let new = target("new.json");
    // As if `val` had been a larger type.
    std::fs::write(&new, text.replacen("\"size\": 56", "\"size\": 64", 1).replacen("\"size\": 24", "\"size\": 32", 1))
        .unwrap();
    let arguments = ["diff", &old.to_string_lossy(), &new.to_string_lossy(), "--verbose"];
    let printed = run(common::pinsight(&arguments), 0);
    assert!(printed.contains("2 changed inside"), "{printed}");
    let same = run(common::pinsight(&["diff", &old.to_string_lossy(), &old.to_string_lossy()]), 0);
    assert_eq!(same, "no machine has changed\n");
}

/// Every command can be read by a program.
#[test]
fn json() {
    for arguments in [
        &["list"][..],
        &["show", "process_data"],
        &["tree", "serve"],
        &["why", "process_data", "val"],
        &["advice"],
        &["expand", "process_data"],
    ] {
        let mut arguments = arguments.to_vec();
        arguments.extend(["--message-format", "json"]);
        let document: serde_json::Value = serde_json::from_str(&run(of_fixture(&arguments), 0)).expect("it is JSON");
        assert_eq!(document["format_version"], 1, "{arguments:?}");
    }
    for command in ["baseline", "report"] {
        let path = target(&format!("json-{command}"));
        let arguments = [command, "--output", &path.to_string_lossy(), "--message-format", "json"];
        let document: serde_json::Value = serde_json::from_str(&run(of_fixture(&arguments), 0)).expect("it is JSON");
        assert_eq!((&document["format_version"], &document["machines"]), (&1.into(), &9.into()), "{command}");
    }
    let sarif: serde_json::Value =
        serde_json::from_str(&run(of_fixture(&["check", "--message-format", "sarif"]), 1)).expect("it is JSON");
    assert_eq!(sarif["version"], "2.1.0");
    assert_eq!(sarif["runs"][0]["results"][0]["ruleId"], "self-references");
}

/// The pictures in README.md and cli/README.md are these.
#[test]
fn terminal_pictures() {
    for (arguments, golden) in [
        (&["list", "--color", "always"][..], file!["../../assets/list.term.svg"]),
        (&["show", "process_data", "--color", "always"], file!["../../assets/show.term.svg"]),
    ] {
        assert_data_eq!(run(of_fixture(arguments), 0), golden);
    }
}

/// The exact answer for a release build comes from a build without optimisation.
#[test]
fn release_is_what_release_is() {
    let quick = run(of_fixture(&["list", "--release", "--message-format", "short"]), 0);
    let folder = target("real-release");
    let mut cargo = std::process::Command::new(env!("CARGO"));
    cargo
        .args(["build", "--quiet", "--release", "--offline", "--target-dir"])
        .arg(&folder)
        .current_dir(common::fixture());
    cargo.env("CARGO_PROFILE_RELEASE_DEBUG", "2").env_remove("RUSTFLAGS");
    assert!(cargo.status().expect("cargo runs").success());
    let binary = folder.join("release/fixture");
    let real = run(
        common::pinsight(&["list", "fixture", "--message-format", "short", "--binary", &binary.to_string_lossy()]),
        0,
    );
    let quick: Vec<&str> = quick.lines().collect();
    assert!(!real.is_empty());
    for line in real.lines().filter(|line| line.contains("fixture::")) {
        assert!(quick.contains(&line), "the quick build has no `{line}`: {quick:?}");
    }
}
