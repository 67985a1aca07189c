//! Every lint of the compiler, and clippy's groups, can be forbidden in a crate that uses all the doors: nothing that is generated
//! sets a level that a `forbid` would clash with (E0453). The two lints that are left are named here, and are shown to clash.

use std::path::{Path, PathBuf};
use std::process::{Command, Output};

/// A crate of well-formed types, with docs, so that what is told of it is told of what is generated.
const EVERY_DOOR: &str = include_str!("lints/every_door.rs");

/// What a type without a pinned field gets a warning by, which is an error where the user asks for it.
const FORGOTTEN: &str = r#"
/// Warned about.
#[derive(PinProject, Debug)]
pub struct Forgotten<T> {
    /// Not pinned.
    pub first: T,
}
"#;

/// Has a lifetime, which each implementation has to declare.
const BORROWED: &str = r#"
/// Borrows.
#[derive(PinProject, Debug)]
pub struct Borrowed<'a, T> {
    /// Pinned.
    #[pin]
    pub first: T,
    /// Not pinned.
    pub second: &'a T,
    /// Not pinned.
    pub third: &'a T,
}
"#;

/// Lints that a projection cannot do without allowing.
const CANNOT_BE_FORBIDDEN: [&str; 2] = ["dead_code", "single_use_lifetimes"];

struct Package {
    folder: PathBuf,
}

impl Package {
    fn new(name: &str, source: &str) -> Self {
        let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join(format!("forbidden-{name}"));
        std::fs::create_dir_all(folder.join("src")).expect("the folder can be made");
        let manifest = format!(
            "[package]\nname = \"forbidden-{name}\"\nversion = \"0.1.0\"\nedition = \"2024\"\n[workspace]\n\
             [dependencies]\npinsight = {{ path = {:?} }}\n",
            env!("CARGO_MANIFEST_DIR")
        );
        std::fs::write(folder.join("Cargo.toml"), manifest).expect("the manifest can be written");
        std::fs::write(folder.join("src/lib.rs"), source).expect("the source can be written");
        // The versions that are there already.
        std::fs::copy(Path::new(env!("CARGO_MANIFEST_DIR")).join("Cargo.lock"), folder.join("Cargo.lock"))
            .expect("the lock file can be copied");
        Self { folder }
    }

    /// Checks the package with each of these lints forbidden. Its dependencies are compiled once for all.
    fn forbid<'a>(&self, command: &[&str], lints: impl IntoIterator<Item = &'a str>) -> Output {
        Command::new(env!("CARGO"))
            .args(command)
            .args(["--quiet", "--offline", "--lib", "--"])
            .args(lints.into_iter().flat_map(|lint| ["-F", lint]))
            .current_dir(&self.folder)
            .env("CARGO_TARGET_DIR", Path::new(env!("CARGO_TARGET_TMPDIR")).join("forbidden-target"))
            .env_remove("RUSTFLAGS")
            .stdin(std::process::Stdio::null())
            .output()
            .expect("cargo runs")
    }
}

const RUSTC: [&str; 3] = ["rustc", "--profile", "dev"];

fn errors(output: &Output) -> String {
    String::from_utf8_lossy(&output.stderr).into_owned()
}

/// The names of all lints that this compiler has and lets a stable crate name.
fn every_lint() -> Vec<String> {
    let output = Command::new("rustc").args(["-W", "help"]).output().expect("rustc runs");
    let text = String::from_utf8(output.stdout).expect("it is text");
    let table = text
        .lines()
        .skip_while(|line| !line.starts_with("Lint checks"))
        .take_while(|line| !line.contains("Lint groups"));
    let lints = table.filter_map(|line| {
        let mut words = line.split_whitespace();
        let (name, level) = (words.next()?, words.next()?);
        ["allow", "warn", "deny", "forbid"].contains(&level).then(|| name.replace('-', "_"))
    });
    lints.collect()
}

#[test]
fn every_lint_of_the_compiler() {
    let lints = every_lint();
    assert!(lints.len() > 200, "`rustc -W help` is not read as it should be: {lints:?}");
    // `warnings` is no lint but all that warn, and some are unstable, of which `unknown_lints` tells.
    let apart = |lint: &&str| !["warnings", "unknown_lints"].contains(lint) && !CANNOT_BE_FORBIDDEN.contains(lint);
    let package = Package::new("rustc", &format!("{EVERY_DOOR}{BORROWED}"));
    let output = package.forbid(&RUSTC, lints.iter().map(String::as_str).filter(apart));
    assert!(output.status.success(), "{}", errors(&output));
}

#[test]
fn every_group_of_clippy() {
    let package = Package::new("clippy", &format!("{EVERY_DOOR}{BORROWED}"));
    let output = package.forbid(&["clippy"], ["clippy::all", "clippy::pedantic", "clippy::nursery"]);
    let text = errors(&output);
    if text.contains("no such command") || text.contains("is not installed") {
        eprintln!("skipped: there is no clippy");
        return;
    }
    assert!(output.status.success(), "{text}");
    // Every crate breaks some of these; it is enough that none of them clashes.
    let output = package.forbid(&["clippy"], ["clippy::restriction"]);
    assert!(!errors(&output).contains("incompatible with previous forbid"), "{}", errors(&output));
}

#[test]
fn two_cannot_be_forbidden() {
    let package = Package::new("rest", &format!("{EVERY_DOOR}{BORROWED}"));
    for lint in CANNOT_BE_FORBIDDEN {
        let output = package.forbid(&RUSTC, [lint]);
        let clash = format!("error[E0453]: allow({lint}) incompatible with previous forbid");
        assert!(errors(&output).contains(&clash), "the docs say otherwise of {lint}: {}", errors(&output));
    }
}

/// It is a warning by default, and otherwise what the user says that it is.
#[test]
fn a_warning_has_the_level_of_deprecated() {
    let package = Package::new("warned", &format!("{EVERY_DOOR}{FORGOTTEN}"));
    let output = package.forbid(&RUSTC, ["non_upper_case_globals"]);
    assert!(output.status.success() && errors(&output).contains("warning: use of deprecated"), "{}", errors(&output));
    let output = package.forbid(&RUSTC, ["deprecated"]);
    let text = errors(&output);
    assert!(text.contains("error: use of deprecated constant `_::NO_FIELD_IS_PINNED`"), "{text}");
    assert!(!text.contains("E0453"), "{text}");
    let allowed = FORGOTTEN.replace("#[derive", "#[allow(deprecated)]\n#[derive");
    let output = Package::new("allowed", &format!("{EVERY_DOOR}{allowed}")).forbid(&RUSTC, ["non_upper_case_globals"]);
    assert!(output.status.success() && !errors(&output).contains("deprecated"), "{}", errors(&output));
}
