//! What must not compile does not, and says why. `TRYBUILD=overwrite` blesses; read what you bless.

/// The compiler whose own words the cases in `compiler/` hold.
const PINNED: &str = "rustc 1.95.0 ";

#[test]
fn ui() {
    let cases = trybuild::TestCases::new();
    cases.compile_fail("messages/*.rs");
    cases.pass("pass/*.rs");
    let version = std::process::Command::new("rustc").arg("-V").output().expect("rustc runs").stdout;
    let version = String::from_utf8_lossy(&version);
    if version.starts_with(PINNED) {
        cases.compile_fail("compiler/*.rs");
    } else {
        eprintln!("skipped compiler/: its messages are those of {PINNED}and this is {version}");
    }
}
