//! What must not compile does not, and says why. `TRYBUILD=overwrite` blesses; read what you bless.

use std::path::PathBuf;

/// The compiler whose own words the cases in `compiler/` hold.
const PINNED: &str = "rustc 1.95.0 ";

#[test]
fn ui() {
    let cases = trybuild::TestCases::new();
    of_this_build("messages").for_each(|case| cases.compile_fail(case));
    of_this_build("pass").for_each(|case| cases.pass(case));
    let version = std::process::Command::new("rustc").arg("-V").output().expect("rustc runs").stdout;
    let version = String::from_utf8_lossy(&version);
    if version.starts_with(PINNED) {
        of_this_build("compiler").for_each(|case| cases.compile_fail(case));
    } else {
        eprintln!("skipped compiler/: its messages are those of {PINNED}and this is {version}");
    }
}

/// The cases in a folder, without those about `#[explain]` where that is off.
fn of_this_build(folder: &str) -> impl Iterator<Item = PathBuf> {
    let mut cases: Vec<_> = std::fs::read_dir(folder).expect(folder).map(|entry| entry.expect(folder).path()).collect();
    cases.retain(|path| path.extension().is_some_and(|extension| extension == "rs"));
    if cfg!(not(feature = "explain")) {
        cases.retain(|path| !path.file_name().is_some_and(|name| name.as_encoded_bytes().starts_with(b"explain_")));
    }
    cases.sort_unstable();
    cases.into_iter()
}
