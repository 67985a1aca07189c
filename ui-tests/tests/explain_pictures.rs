//! The pictures of `#[explain]` in README.md: `assets/explain-warnings.term.svg` is what the compiler prints, and is compared;
//! `assets/explain-docs-*.png` are taken of the page by `PINSIGHT_BLESS=1 cargo test -p pinsight-ui-tests --test explain_docs`.

use std::path::Path;
use std::process::Command;

use snapbox::assert_data_eq;
use snapbox::file;

/// The compiler whose own words are in the picture.
const PINNED: &str = "rustc 1.95.0 ";

const PROGRAM: &str = "\
use pinsight::explain;

async fn op() {}

#[explain(warn)]
pub async fn process_data() {
    let val: String = String::from(\"Hello\");
    let val_ref = &val;
    op().await;
    println!(\"{val_ref}\");
}

fn main() {
    drop(process_data());
}
";

#[test]
fn warnings() {
    let version = Command::new("rustc").arg("-V").output().expect("rustc runs").stdout;
    if !version.starts_with(PINNED.as_bytes()) {
        eprintln!("skipped: the picture has the words of {PINNED}");
        return;
    }
    let workspace = Path::new(env!("CARGO_MANIFEST_DIR")).parent().expect("it is in a workspace");
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join("explain-pictures");
    std::fs::create_dir_all(folder.join("src")).expect("the folder can be made");
    let manifest = format!(
        "[package]\nname = \"app\"\nversion = \"0.1.0\"\nedition = \"2024\"\n[workspace]\n\
         [dependencies]\npinsight = {{ path = {workspace:?}, features = [\"explain\"] }}\n"
    );
    std::fs::write(folder.join("Cargo.toml"), manifest).expect("it can be written");
    std::fs::write(folder.join("src/main.rs"), PROGRAM).expect("it can be written");
    // The versions that are there already.
    std::fs::copy(workspace.join("Cargo.lock"), folder.join("Cargo.lock")).expect("it can be copied");
    let output = Command::new(env!("CARGO"))
        .args(["check", "--quiet", "--offline", "--color", "always", "--target-dir"])
        .arg(folder.join("target"))
        .current_dir(&folder)
        .env_remove("RUSTFLAGS")
        .output()
        .expect("cargo runs");
    let printed = String::from_utf8(output.stderr).expect("it is text");
    assert!(output.status.success(), "{printed}");
    assert_data_eq!(printed, file!["../../assets/explain-warnings.term.svg"]);
}
