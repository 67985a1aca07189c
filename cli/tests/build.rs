//! What is built is what the user builds, but for the settings that change no layout; and what is read belongs to this build.

mod common;

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use common::{pinsight, run, target};

/// A package of its own, made anew.
fn package(name: &str, manifest: &str, files: &[(&str, &str)]) -> PathBuf {
    let folder = target(name);
    let _ = fs::remove_dir_all(&folder);
    let manifest =
        format!("[package]\nname = \"{name}\"\nversion = \"0.0.0\"\nedition = \"2024\"\n\n[workspace]\n{manifest}");
    let manifest = ("Cargo.toml", manifest.as_str());
    for (path, text) in [manifest].iter().chain(files) {
        let path = folder.join(path);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, text).unwrap();
    }
    folder
}

fn in_folder(folder: &Path, arguments: &[&str]) -> Command {
    let mut command = pinsight(arguments);
    command.args(["--quiet", "--offline"]).current_dir(folder);
    command
}

fn printed(folder: &Path, arguments: &[&str]) -> String {
    run(in_folder(folder, arguments), 0)
}

/// Its size depends on the overflow checks, that of its dependency on the debug assertions.
const CHECKED: &str = "
use std::future::{Future, ready};
use std::pin::Pin;
use std::task::{Context, Waker};

async fn sum(a: usize) -> usize { a + one().await + one().await }
async fn one() -> usize { ready(1).await }
async fn hold() -> usize { let checked = dep::Checked::new(); ready(()).await; checked.size() }

fn main() {
    let futures: [Pin<Box<dyn Future<Output = usize>>>; 2] = [Box::pin(sum(std::env::args().count())), Box::pin(hold())];
    for mut future in futures {
        println!(\"{:?}\", future.as_mut().poll(&mut Context::from_waker(Waker::noop())));
    }
}
";
const DEPENDENCY: &str = "
pub struct Checked { #[cfg(debug_assertions)] pub checks: [u64; 4], value: u64 }
impl Checked {
    pub fn new() -> Self { Checked { #[cfg(debug_assertions)] checks: [0; 4], value: 1 } }
    pub fn size(&self) -> usize { self.value as usize + std::mem::size_of::<Self>() }
}
";

#[test]
fn every_profile_has_its_own_layout() {
    // The dependency is no member of the workspace.
    let manifest = "
exclude = [\"dep\"]

[dependencies]
dep = { path = \"dep\" }

[profile.release]
lto = true
strip = true
codegen-units = 1

[profile.checked]
inherits = \"release\"
lto = \"off\"
overflow-checks = true

[profile.asserted]
inherits = \"checked\"
debug-assertions = true
";
    let dep = "[package]\nname = \"dep\"\nversion = \"0.0.0\"\nedition = \"2024\"\n";
    let folder = package(
        "profiles",
        manifest,
        &[("src/main.rs", CHECKED), ("dep/Cargo.toml", dep), ("dep/src/lib.rs", DEPENDENCY)],
    );
    let mut all = Vec::new();
    for profile in ["dev", "release", "checked", "asserted"] {
        let quick = printed(&folder, &["list", "profiles::", "--profile", profile, "--message-format", "short"]);
        let built = folder.join("real");
        let mut cargo = Command::new(env!("CARGO"));
        cargo.args(["build", "--quiet", "--offline", "--profile", profile, "--target-dir"]).arg(&built);
        // Debug info and its being kept is all that is asked of the real build.
        cargo.args([
            "--config",
            &format!("profile.{profile}.debug=2"),
            "--config",
            &format!("profile.{profile}.strip=false"),
        ]);
        cargo.current_dir(&folder).env_remove("RUSTFLAGS");
        assert!(cargo.status().unwrap().success());
        let binary = built.join(if profile == "dev" { "debug" } else { profile }).join("profiles");
        let real = run(
            pinsight(&["list", "profiles::", "--message-format", "short", "--binary", &binary.to_string_lossy()]),
            0,
        );
        // Optimised, what is never polled is not in the real one.
        assert!(real.lines().count() >= 2, "{profile}: {real}");
        for line in real.lines() {
            assert!(quick.lines().any(|other| other == line), "{profile}: no `{line}` in\n{quick}");
        }
        all.push(quick);
    }
    let sizes = |index: usize| all[index].lines().map(|line| line.split(' ').next().unwrap()).collect::<Vec<_>>();
    assert_ne!(sizes(1), sizes(2), "overflow checks change a layout");
    assert_ne!(sizes(2), sizes(3), "debug assertions change a layout");
    assert_eq!(sizes(0), sizes(3));
}

#[test]
fn what_is_read_belongs_to_this_build() {
    let source = "
use std::future::{Future, ready};

async fn own() -> usize {
    let text = String::from(\"a\");
    #[cfg(feature = \"borrow\")]
    let view = &text;
    ready(()).await;
    #[cfg(feature = \"borrow\")]
    return view.len();
    #[cfg(not(feature = \"borrow\"))]
    text.len()
}

fn make(_: impl Future) {}
fn main() { make(own()); }
";
    let folder = package("features", "[features]\nborrow = []\n", &[("src/main.rs", source)]);
    let refers = |arguments: &[&str]| {
        let text = printed(&folder, &[&["show", "own"], arguments].concat());
        assert!(text.contains("dropped after"), "the MIR says why:\n{text}");
        text.contains("points at")
    };
    assert!(!refers(&[]));
    assert!(refers(&["--features", "borrow"]));
    // Both are there now, and cargo compiles nothing.
    assert!(!refers(&[]));
    assert!(refers(&["-F", "borrow"]));
    assert!(!refers(&["--all"]));
}

#[test]
fn a_library_is_read_whole() {
    let source = "
use std::future::ready;

pub async fn public() { ready(()).await }
async fn private() { ready(()).await }
pub async fn generic<T>(value: T) -> T { ready(()).await; value }
";
    let folder = package("library", "", &[("src/lib.rs", source)]);
    for release in [&[][..], &["--release"]] {
        let text = printed(&folder, &[&["list", "--message-format", "short", "--sort", "name"], release].concat());
        let names: Vec<&str> = text.lines().filter_map(|line| line.split(' ').nth(1)).collect();
        assert_eq!(names, ["library::private", "library::public"]);
    }
}

/// Without types in it, which is no fault of the user's settings.
#[test]
fn a_library_without_futures_has_no_machines() {
    let folder = package("nothing", "", &[("src/lib.rs", "pub const ONE: u8 = 1;\n")]);
    assert!(printed(&folder, &[]).starts_with("no machines\nhelp: "));
    assert_eq!(printed(&folder, &["--message-format", "short"]), "");
}

#[test]
fn the_package_where_the_user_is_comes_first() {
    let main = |name: &str| format!("async fn of_{name}() {{}}\nfn main() {{ drop(of_{name}()) }}\n");
    let member = "[package]\nname = \"inner\"\nversion = \"0.0.0\"\nedition = \"2024\"\n";
    let folder = package(
        "outer",
        "members = [\"inner\"]\n",
        &[("src/main.rs", &main("outer")), ("inner/Cargo.toml", member), ("inner/src/main.rs", &main("inner"))],
    );
    assert!(printed(&folder, &[]).contains("outer::of_outer"));
    assert!(printed(&folder.join("inner"), &[]).contains("inner::of_inner"));
    assert!(printed(&folder, &["--bin", "inner"]).contains("inner::of_inner"));
}

#[test]
#[cfg(unix)]
fn a_wrapper_of_the_users_still_runs() {
    use std::os::unix::fs::PermissionsExt;

    let folder = package("wrapped", "", &[("src/main.rs", "async fn f() {}\nfn main() { drop(f()) }\n")]);
    let (wrapper, log) = (folder.join("wrapper.sh"), folder.join("log"));
    fs::write(&wrapper, format!("#!/bin/sh\necho \"$@\" >> '{}'\nexec \"$@\"\n", log.display())).unwrap();
    fs::set_permissions(&wrapper, fs::Permissions::from_mode(0o755)).unwrap();
    let mut command = in_folder(&folder, &["list"]);
    command.env("RUSTC_WRAPPER", &wrapper);
    assert!(run(command, 0).contains("wrapped::f"));
    let log = fs::read_to_string(log).unwrap();
    assert!(log.lines().any(|line| line.contains("--crate-name wrapped") && line.ends_with("--emit=mir")), "{log}");
}

/// What cargo has built for the user stays, so that the next `cargo build` has nothing to do.
#[test]
fn the_users_own_build_is_not_disturbed() {
    let folder = package("apart", "", &[("src/main.rs", "async fn f() {}\nfn main() { drop(f()) }\n")]);
    let build = || {
        let mut cargo = Command::new(env!("CARGO"));
        let output = cargo.args(["build", "--offline"]).current_dir(&folder).env_remove("RUSTFLAGS").output().unwrap();
        String::from_utf8(output.stderr).unwrap()
    };
    assert!(build().contains("Compiling apart"));
    printed(&folder, &["list"]);
    assert!(!build().contains("Compiling"));
}
