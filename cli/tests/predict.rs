//! What `predict` prints, for the fixture and for source of its own. `SNAPSHOTS=overwrite` writes the golden files anew, as in
//! `output.rs`.

mod common;

use std::fs;
use std::path::PathBuf;
use std::process::Command;

use common::{errors, pinsight, run, target};
use serde_json::Value;
use snapbox::{Data, assert_data_eq, file};

/// In the folder of the fixture. There is no cargo to build with: a file needs none.
fn predict(arguments: &[&str]) -> Command {
    let mut command = pinsight(&["predict"]);
    command.args(arguments).env("CARGO", "/nowhere/cargo");
    command
}

fn check(arguments: &[&str], golden: Data) {
    assert_data_eq!(run(predict(arguments), 0), golden.raw());
}

/// A file outside of every package.
fn source(name: &str, text: &str) -> PathBuf {
    let folder = target("predict");
    fs::create_dir_all(&folder).unwrap();
    let path = folder.join(name);
    fs::write(&path, text).unwrap();
    path
}

fn of(path: &std::path::Path, function: &str) -> String {
    format!("{}::{function}", path.display())
}

#[test]
fn one_function() {
    check(&["src/main.rs::process_data"], file!["golden/predict.txt"]);
    check(&["src/main.rs::process_data", "--markdown"], file!["golden/predict.md"]);
    check(&["src/main.rs::process_data", "--mermaid"], file!["golden/predict.mmd"]);
}

/// The end of a path is enough, and what is inside of a function comes with it.
#[test]
fn children_follow_their_parent() {
    let text = run(predict(&["src/main.rs::serve", "--message-format", "short"]), 0);
    let names: Vec<&str> = text.lines().filter_map(|line| line.split(": ").nth(1)).collect();
    assert_eq!(names, ["async fn Server::serve", "async block Server::serve::{async block#0}"], "{text}");
    let child = run(predict(&["src/main.rs::serve::{async block#0}", "--message-format", "short"]), 0);
    assert_eq!(child.lines().count(), 1, "{child}");
}

#[test]
fn a_picture() {
    let picture = target("predict.svg");
    run(predict(&["src/main.rs::process_data", "--svg", &picture.to_string_lossy()]), 0);
    let svg = fs::read_to_string(&picture).unwrap();
    assert!(svg.starts_with("<svg") && svg.contains(">awaits operation()<"), "{svg}");
    assert!(!svg.contains(" bytes"), "{svg}");
}

#[test]
fn json() {
    let text = run(predict(&["src/main.rs", "--message-format", "json"]), 0);
    let document: Value = serde_json::from_str(&text).expect("it is JSON");
    assert_eq!(document["format_version"], 1);
    let machines = document["machines"].as_array().unwrap();
    assert_eq!(machines.len(), 8, "{text}");
    let machine = machines.iter().find(|machine| machine["path"] == "process_data").unwrap();
    let state = machine["states"].as_array().unwrap().last().unwrap();
    assert_eq!((&state["awaited"], &state["location"]["line"]), (&"operation()".into(), &10.into()));
    let slot = &state["slots"][1];
    assert_eq!((&slot["name"], &slot["evidence"]), (&"val_ref".into(), &"predicted".into()));
    assert_eq!((&slot["size"], &slot["points_at"][0]["slot"]), (&Value::Null, &0.into()));
}

/// It can be compared and asked as what a build gives.
#[test]
fn json_can_be_read_back() {
    let saved = target("predicted.json");
    fs::write(&saved, run(predict(&["src/main.rs", "--message-format", "json"]), 0)).unwrap();
    let saved = saved.to_string_lossy();
    let exact = |arguments: &[&str]| run(pinsight(&[arguments, &["--binary", &saved]].concat()), 0);
    assert!(exact(&["show", "process_data"]).starts_with("async fn process_data, at "));
    assert!(exact(&["why", "process_data", "val"]).contains("`val_ref` points at it"));
    assert_eq!(run(pinsight(&["diff", &saved, &saved]), 0), "no machine has changed\n");
}

#[test]
fn functions_that_are_written_twice_have_ids_of_their_own() {
    let path = source("twice.rs", "#[cfg(unix)]\nasync fn f() {}\n#[cfg(windows)]\nasync fn f() {}\n");
    let text = run(predict(&[&of(&path, "f"), "--message-format", "json"]), 0);
    let document: Value = serde_json::from_str(&text).unwrap();
    assert_eq!((&document["machines"][0]["id"], &document["machines"][1]["id"]), (&"f".into(), &"f#1".into()));
}

#[test]
fn what_only_a_type_decides_and_what_is_not_understood_is_said() {
    let text = "async fn f(app: App) {\n    let guard = app.guard();\n    op().await;\n}\n\
                async fn g() {\n    op().await;\n    mystery!(let x = );\n}\n";
    let path = source("maybe.rs", text);
    let text = run(predict(&[&of(&path, "f")]), 0);
    assert!(text.lines().any(|line| line.starts_with("  ?  guard")) && text.contains("maybe: stored if"), "{text}");
    let text = run(predict(&[&of(&path, "g")]), 0);
    assert!(text.contains("note: `mystery!` in line 7 is not understood"), "{text}");
    let text = run(predict(&[&of(&path, "g"), "--message-format", "short"]), 0);
    assert!(text.ends_with("async fn g: 1 suspend point, 1 remark\n"), "{text}");
}

/// Until edition 2021 what `if let` looks at lives on in `else`.
#[test]
fn the_edition_is_that_of_the_package() {
    let text = "async fn f(m: &std::sync::Mutex<Option<u8>>) {\n    if let Some(n) = m.lock().unwrap().as_ref() {\n        \
                drop(*n);\n    } else {\n        op().await;\n    }\n}\n";
    let keeps = |name: &str, arguments: &[&str]| {
        let path = target("predict").join(name).to_string_lossy().into_owned();
        let text = run(predict(&[&[&*path, "--message-format", "short"], arguments].concat()), 0);
        text.contains("maybe") || text.contains("stores up to")
    };
    let manifest = |name: &str, edition: &str| {
        fs::create_dir_all(target("predict").join(name).join("src")).unwrap();
        source(&format!("{name}/src/lib.rs"), text);
        source(&format!("{name}/Cargo.toml"), &format!("[package]\nname = \"{name}\"\n{edition}\n"));
    };
    manifest("old", "edition = \"2021\"");
    manifest("new", "edition = \"2024\"");
    manifest("none", "");
    assert_eq!(["old", "new", "none"].map(|name| keeps(&format!("{name}/src/lib.rs"), &[])), [true, false, true]);
    fs::create_dir_all(target("predict").join("inner/member/src")).unwrap();
    source("inner/Cargo.toml", "[workspace]\nmembers = [\"member\"]\n[workspace.package]\nedition = \"2018\"\n");
    source("inner/member/Cargo.toml", "[package]\nname = \"member\"\nedition.workspace = true\n");
    source("inner/member/src/lib.rs", text);
    assert!(keeps("inner/member/src/lib.rs", &[]), "it is that of the workspace");
    assert!(!keeps("inner/member/src/lib.rs", &["--edition", "2024"]), "the flag overrides it");
}

/// What another file of the package defines is known.
#[test]
fn definitions_of_the_package_count() {
    let folder = target("predict/defined/src");
    fs::create_dir_all(&folder).unwrap();
    source("defined/Cargo.toml", "[package]\nname = \"defined\"\nedition = \"2024\"\n");
    source(
        "defined/src/types.rs",
        "pub struct Loud;\nimpl Drop for Loud { fn drop(&mut self) {} }\n#[derive(Clone, Copy)]\npub struct Quiet;\n",
    );
    let text = "async fn f(one: crate::types::Loud, other: crate::types::Quiet) {\n    let loud: Loud = one;\n    \
                let quiet: Quiet = other;\n    op().await;\n}\n";
    let path = source("defined/src/lib.rs", text);
    let text = run(predict(&[&of(&path, "f")]), 0);
    assert!(text.contains("loud") && !text.contains("  quiet") && !text.contains("maybe"), "{text}");
}

/// All targets of a package with files below their folders, and one of them.
#[test]
fn a_package() {
    let folder = target("predict/package");
    for inner in ["src/net", "src/bin", "tests/common", "src/other/src"] {
        fs::create_dir_all(folder.join(inner)).unwrap();
    }
    source(
        "package/Cargo.toml",
        "[package]\nname = \"my-app\"\nversion = \"0.0.0\"\nedition = \"2024\"\n[workspace]\n",
    );
    for (file, function) in [
        ("src/lib.rs", "a"),
        ("src/net/mod.rs", "b"),
        ("src/net/tcp.rs", "c"),
        ("src/bin/tool.rs", "d"),
        ("tests/it.rs", "e"),
        ("tests/common/mod.rs", "f"),
        ("src/other/src/lib.rs", "of_another_package"),
    ] {
        source(&format!("package/{file}"), &format!("async fn {function}() {{}}\n"));
    }
    source("package/src/other/Cargo.toml", "[package]\nname = \"other\"\nversion = \"0.0.0\"\n");
    let paths = |arguments: &[&str]| {
        let mut command = pinsight(&["predict", "--offline", "--message-format", "short"]);
        command.args(arguments).current_dir(&folder);
        let text = run(command, 0);
        let paths = text.lines().filter_map(|line| line.split("async fn ").nth(1)?.split(": ").next());
        paths.map(str::to_owned).collect::<Vec<_>>()
    };
    assert_eq!(paths(&[]), ["tool::d", "my_app::a", "my_app::net::b", "my_app::net::tcp::c", "it::common::f", "it::e"]);
    assert_eq!(paths(&["-p", "my-app", "--lib"]), ["my_app::a", "my_app::net::b", "my_app::net::tcp::c"]);
    assert_eq!(paths(&["--bin", "tool"]), ["tool::d"]);
}

/// A file that does not parse is reported, and the others are shown all the same.
#[test]
fn a_package_with_a_file_that_does_not_parse() {
    let folder = target("predict/partly");
    fs::create_dir_all(folder.join("src")).unwrap();
    source("partly/Cargo.toml", "[package]\nname = \"partly\"\nversion = \"0.0.0\"\nedition = \"2024\"\n[workspace]\n");
    source("partly/src/lib.rs", "async fn a() {}\n");
    source("partly/src/wrong.rs", "async fn b() {\n    let x = ;\n}\n");
    let mut command = pinsight(&["predict", "--offline", "--message-format", "short"]);
    let output = command.current_dir(&folder).output().unwrap();
    assert_eq!(output.status.code(), Some(101));
    assert!(errors(&output).contains("error: expected an expression\n --> src/wrong.rs:2:13"), "{}", errors(&output));
    let text = common::text(&output);
    assert!(text.starts_with("src/lib.rs:1:") && text.ends_with("async fn partly::a: 0 suspend points\n"), "{text}");
}

/// It ends with the code, and says each of these.
fn fails(arguments: &[&str], code: i32, says: &[&str]) {
    let output = predict(arguments).output().unwrap();
    let text = errors(&output);
    assert_eq!(output.status.code(), Some(code), "{arguments:?}\n{text}");
    says.iter().for_each(|part| assert!(text.contains(part), "`{part}` is not in:\n{text}"));
    assert_eq!(common::text(&output), "", "an error has no output");
}

#[test]
fn text_that_is_no_rust() {
    let wrong = |name: &str, text: &str, says: &[&str]| {
        fails(&[&source(name, text).to_string_lossy()], 101, says);
    };
    wrong(
        "expression.rs",
        "async fn f() {\n    let ä = ;\n}\n",
        &["error: expected an expression", "expression.rs:2:13"],
    );
    wrong("delimiter.rs", "async fn f() {\n    g(1;\n}\n", &["error: unbalanced delimiter", "delimiter.rs:3:1"]);
    wrong("end.rs", "async fn f() {}\nfn g", &["error: unexpected end of input", "end.rs:2:5", "help: only source"]);
    let path = target("predict").join("bytes.rs");
    fs::write(&path, b"// \xff\n").unwrap();
    fails(&[&path.to_string_lossy()], 101, &["it is not UTF-8", "help: name a file of Rust source"]);
}

#[test]
fn files_and_paths_that_are_not_there() {
    fails(&["src/nothing.rs"], 101, &["cannot read `src/nothing.rs`", "help: name a file"]);
    fails(&["src/nothing.rs::f"], 101, &["cannot read `src/nothing.rs`"]);
    fails(&["process_data"], 2, &["there is no file `process_data`", "help: name a file of Rust source"]);
    fails(&["src"], 2, &["`src` is a folder", "help: name a file, or leave it out"]);
    fails(&["src/main.rs::proces_data"], 2, &["no machine `proces_data`", "help: did you mean", "  process_data"]);
    fails(&["src/main.rs::Server"], 2, &["`Server` can be one of 3 machines", "help: write more of the path"]);
    fails(&["src/main.rs::"], 2, &["the path is empty"]);
    let path = source("nothing.rs", "fn f() {}\n");
    fails(&[&of(&path, "f")], 2, &["no machine `f`", "has no async function, block or closure"]);
    assert!(run(predict(&[&path.to_string_lossy()]), 0).starts_with("no machines in "));
}

#[test]
fn flags_that_are_wrong() {
    fails(&["src/main.rs", "--edition", "2020"], 2, &["possible values: 2015, 2018, 2021, 2024"]);
    fails(&["src/main.rs", "--release"], 2, &["`--release` is about what is built", "help: leave out `--release`"]);
    fails(&["src/main.rs", "-p", "fixture"], 2, &["`--package` means the sources of a package", "help: leave out"]);
    fails(&["src/main.rs", "--markdown", "--mermaid"], 2, &["cannot be used with"]);
    fails(&["src/main.rs", "--message-format", "sarif"], 2, &["only `check` prints"]);
    fails(&["src/main.rs", "--svg", "x.svg"], 2, &["`--svg` draws one machine, and there are 8", "  process_data"]);
    fails(&["src/main.rs::process_data", "--svg", "/nowhere/x.svg"], 101, &["cannot write", "help: choose a file"]);
    fs::create_dir_all(target("predict/broken/src")).unwrap();
    source("broken/Cargo.toml", "[package\n");
    let path = source("broken/src/lib.rs", "async fn f() {}\n");
    fails(&[&path.to_string_lossy()], 101, &["cannot read the edition from", "help: give `--edition`"]);
    assert!(run(predict(&[&path.to_string_lossy(), "--edition", "2024"]), 0).contains("async fn f"));
}

#[test]
fn packages_that_are_not_there() {
    let fails = |arguments: &[&str], code, says: &str| {
        let output = pinsight(&["predict", "--offline"]).args(arguments).output().unwrap();
        assert_eq!(output.status.code(), Some(code), "{}", errors(&output));
        assert!(errors(&output).contains(says), "{}", errors(&output));
    };
    fails(&["-p", "nothing"], 2, "no package `nothing`");
    fails(&["--example", "nothing"], 2, "no such target");
    fails(&["--manifest-path", "/nowhere/Cargo.toml"], 101, "`cargo metadata` failed");
}
