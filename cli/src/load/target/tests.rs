use super::*;

fn metadata(default: &[&str]) -> Metadata {
    let target = |kind: &str, name: &str| serde_json::json!({ "kind": [kind], "name": name });
    let package = |name: &str, targets: &[serde_json::Value]| serde_json::json!({ "id": name, "name": name, "manifest_path": format!("/w/{name}/Cargo.toml"), "targets": targets });
    let packages = [
        package("app", &[target("lib", "app"), target("bin", "app"), target("example", "demo"), target("test", "it")]),
        package("tools", &[target("bin", "make"), target("bin", "tell"), target("example", "other")]),
        package(
            "core",
            &[target("rlib", "core_"), target("custom-build", "build-script-build"), target("example", "demo")],
        ),
        package("derive", &[target("proc-macro", "derive")]),
    ];
    let text = serde_json::json!({
        "packages": packages, "target_directory": "/w/target", "workspace_root": "/w", "workspace_default_members": default,
    });
    serde_json::from_value(text).unwrap()
}

fn chosen(default: &[&str], input: Input) -> String {
    match choose(&metadata(default), &input) {
        Ok(chosen) => chosen.flags().join(" "),
        Err(error) => error.to_string(),
    }
}

fn of(flags: &[(&str, &str)]) -> Input {
    let mut input = Input::default();
    for (flag, value) in flags {
        match *flag {
            "-p" => input.package = Some((*value).into()),
            "--bin" => input.bin = Some((*value).into()),
            "--example" => input.example = Some((*value).into()),
            _ => input.lib = true,
        }
    }
    input
}

#[test]
fn a_binary_beside_its_library_is_meant() {
    assert_eq!(chosen(&["app"], of(&[])), "-p app --bin app");
    assert_eq!(chosen(&["app"], of(&[("--lib", "")])), "-p app --lib");
    assert_eq!(chosen(&["core"], of(&[])), "-p core --lib");
}

#[test]
fn several_are_listed_with_their_flags() {
    assert_eq!(
        chosen(&["tools"], of(&[])),
        "there are several targets, and one is read at a time\nhelp: choose one:\n  -p tools --bin make\n  -p tools --bin tell"
    );
    assert_eq!(chosen(&["tools"], of(&[("--bin", "tell")])), "-p tools --bin tell");
    // A virtual workspace without default members.
    assert!(chosen(&[], of(&[])).contains("  -p core --lib\n") || chosen(&[], of(&[])).ends_with("  -p core --lib"));
}

#[test]
fn a_name_is_enough_wherever_it_is() {
    assert_eq!(chosen(&["app"], of(&[("--example", "other")])), "-p tools --example other");
    // The package where the user is comes first.
    assert_eq!(chosen(&["app"], of(&[("--example", "demo")])), "-p app --example demo");
    assert_eq!(chosen(&["app"], of(&[("--example", "demo"), ("-p", "core")])), "-p core --example demo");
}

#[test]
fn packages_are_named_as_cargo_names_them() {
    assert_eq!(chosen(&["app"], of(&[("-p", "core@0.1.0")])), "-p core --lib");
    assert_eq!(
        chosen(&["app"], of(&[("-p", "tool")])),
        "no package `tool` in the workspace\nhelp: it has `tools`, `core`, `app`, `derive`"
    );
}

#[test]
fn what_is_not_there_lists_what_is() {
    assert_eq!(
        chosen(&["app"], of(&[("--example", "dmo")])),
        "no such target: no example `dmo`\nhelp: the workspace has:\n  -p app --example demo\n  -p core --example demo\n  \
         -p tools --example other"
    );
    assert!(chosen(&["app"], of(&[("-p", "derive")])).starts_with("no such target: no binary and no library\nhelp: "));
}
