//! The examples, as the programs that cargo has built beside the tests.

use std::path::{Path, PathBuf};
use std::process::Command;
use std::{env, fs};

/// Where cargo puts what it builds with the profile of this test: `target/<profile>`.
pub(crate) fn profile_folder() -> PathBuf {
    let this = env::current_exe().expect("a test knows where it lies");
    let folder = this.ancestors().nth(2).expect("a test lies in `deps`");
    folder.to_owned()
}

/// Runs an example of the package in that folder, and returns what it prints.
pub(crate) fn printed_by(package: &Path, name: &str) -> String {
    let file = format!("{name}{}", env::consts::EXE_SUFFIX);
    let program = profile_folder().join("examples").join(file);
    let source = package.join(format!("examples/{name}.rs"));
    let written = |path: &Path| fs::metadata(path).and_then(|data| data.modified()).ok();
    // Asked for certain targets, cargo does not build the examples as programs, and an old one
    // proves nothing.
    assert!(
        written(&program).is_some_and(|built| written(&source) <= Some(built)),
        "{} is missing or older than its source: run `cargo build --examples` with the same \
         profile, or `cargo test` without naming targets",
        program.display()
    );
    let output = Command::new(program).output().expect("an example starts");
    let complaint = String::from_utf8_lossy(&output.stderr);
    assert!(output.status.success(), "{name} fails: {complaint}");
    assert_eq!(complaint, "", "{name} complains");
    String::from_utf8(output.stdout).expect("an example prints text")
}
