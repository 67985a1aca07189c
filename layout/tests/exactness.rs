//! The machines against the compiler's own `-Zprint-type-sizes`, for the fixture and an example of this repository. For large
//! programs there is `ci/exactness.sh`.

mod common;
#[path = "../examples/exactness/compare.rs"]
mod compare;
#[path = "../examples/exactness/print_type_sizes.rs"]
mod print_type_sizes;

use std::path::Path;
use std::process::Command;

use common::{Folder, read_binary};

fn assert_exact(name: &str, source: &str, flags: &[&str]) {
    let folder = Folder::new(&format!("exact-{name}"));
    let binary = folder.0.join("program");
    let mut command = Command::new("rustc");
    // The flag is unstable; nothing else here needs it.
    command.env("RUSTC_BOOTSTRAP", "1").args(["-Zprint-type-sizes", "--edition", "2024", "-Cdebuginfo=2", "-o"]);
    let output = command.arg(&binary).args(flags).arg(source).output().expect("rustc runs");
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    let sizes = print_type_sizes::parse(&String::from_utf8_lossy(&output.stdout));
    let program = read_binary(Path::new(&binary)).expect("the program can be read");
    let result = compare::compare(&program.machines, &sizes);
    assert!(result.both > 0, "{result}");
    assert_eq!(result.differences, [""; 0], "{flags:?}: {result}");
    assert_eq!((result.equal, result.lost), (result.both, 0), "{result}");
}

const FIXTURE: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/common/shapes.rs");

#[test]
fn the_fixture() {
    assert_exact("dev", FIXTURE, &[]);
    assert_exact("checks-off", FIXTURE, &["-Cdebug-assertions=off", "-Coverflow-checks=off"]);
}

#[test]
fn the_example_of_the_readme() {
    let example = concat!(env!("CARGO_MANIFEST_DIR"), "/../examples/memory_disaster.rs");
    // The package of this library does not have it.
    if Path::new(example).exists() {
        assert_exact("example", example, &[]);
        assert_exact("example-release", example, &["-Copt-level=3"]);
    }
}
