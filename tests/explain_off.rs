//! Who only derives projections does not pay for `#[explain]`.

use std::process::Command;

/// The packages of which the compiler makes something for a crate that depends on us.
fn packages(features: &[&str]) -> Vec<String> {
    let manifest = concat!(env!("CARGO_MANIFEST_DIR"), "/Cargo.toml");
    let output = Command::new(env!("CARGO"))
        .args(["tree", "--offline", "--package", "pinsight", "--edges", "normal,build", "--prefix", "none"])
        .args(["--manifest-path", manifest])
        .args(features)
        .output()
        .expect("cargo runs");
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    let text = String::from_utf8(output.stdout).expect("cargo prints text");
    let mut packages: Vec<String> =
        text.lines().filter_map(|line| line.split_whitespace().next()).map(str::to_owned).collect();
    packages.sort_unstable();
    packages.dedup();
    packages
}

#[test]
fn the_derive_alone_compiles_nothing_else() {
    assert_eq!(packages(&[]), ["pinsight", "pinsight-macros"]);
}

#[test]
fn explain_compiles_it() {
    let packages = packages(&["--features", "explain"]);
    for package in ["pinsight-lowering", "pinsight-machine", "quote", "syn"] {
        assert!(packages.iter().any(|other| other == package), "{package} is not among {packages:?}");
    }
    assert!(!packages.iter().any(|package| package == "serde"), "{packages:?}");
}
