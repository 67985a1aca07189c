//! Holds that each listing of a chapter is its program in `examples/`, and that what stands below it is what that prints.
//!
//! `PINSIGHT_BLESS=1` writes both into the chapters. Addresses differ from run to run; two texts are taken for the same if their
//! addresses are the same in the same places, and different in the others.

#[path = "../../tests/built/mod.rs"]
mod built;

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};
use std::{env, fs};

const PROGRAM: &str = "<!-- program: ";
const END: &str = "<!-- end of program -->";

#[test]
fn listings_are_the_programs() {
    let mut shown = BTreeSet::new();
    for chapter in chapters() {
        let text = fs::read_to_string(&chapter).expect("it can be read");
        let mut rebuilt = String::new();
        let mut rest = &*text;
        while let Some((before, after)) = rest.split_once(PROGRAM) {
            let (name, after) = after.split_once(" -->").expect("the marker ends");
            let (block, after) = after.split_once(END).expect("the program ends");
            let new = listing(name, block);
            rebuilt.extend([before, PROGRAM, name, " -->", &new, END]);
            shown.insert(name.to_owned());
            rest = after;
        }
        rebuilt.push_str(rest);
        if rebuilt == text {
            continue;
        }
        assert!(
            env::var_os("PINSIGHT_BLESS").is_some(),
            "{}: run with PINSIGHT_BLESS=1, and read:\n{rebuilt}",
            chapter.display()
        );
        fs::write(&chapter, rebuilt).expect("it can be written");
    }
    assert_eq!(shown, programs(), "each program is shown, and each that is shown is there");
}

/// What has to stand between the markers. What stands there is kept if it differs in addresses only.
fn listing(name: &str, block: &str) -> String {
    let source = fs::read_to_string(root().join(format!("examples/{name}.rs"))).expect("the program is there");
    let printed = built::printed_by(root(), name);
    let new = format!("\n\n```rust\n{source}```\n\n<!-- prints -->\n\n```text\n{printed}```\n\n");
    if numbered(&new) == numbered(block) { block.to_owned() } else { new }
}

/// The text with each address replaced by the number of its first place.
fn numbered(text: &str) -> String {
    let mut numbers = BTreeMap::new();
    let mut parts = text.split("0x");
    let mut result = parts.next().unwrap_or_default().to_owned();
    for part in parts {
        let end = part.find(|character: char| !character.is_ascii_hexdigit()).unwrap_or(part.len());
        let next = numbers.len();
        let number = *numbers.entry(&part[..end]).or_insert(next);
        result.push_str(&format!("<address {number}>{}", &part[end..]));
    }
    result
}

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

fn files(folder: &Path, extension: &str) -> Vec<PathBuf> {
    let entries = fs::read_dir(folder).expect("it is there").map(|entry| entry.expect("it can be read").path());
    let mut files: Vec<_> = entries.filter(|path| path.extension().is_some_and(|found| found == extension)).collect();
    files.sort();
    files
}

fn chapters() -> Vec<PathBuf> {
    files(root(), "md")
}

fn programs() -> BTreeSet<String> {
    let stems =
        files(&root().join("examples"), "rs").into_iter().map(|path| path.file_stem().map(|stem| stem.to_owned()));
    stems.map(|stem| stem.expect("a file has a name").into_string().expect("it is UTF-8")).collect()
}

#[test]
fn addresses_are_told_apart() {
    assert_eq!(numbered("a 0x1f, b 0x2, a 0x1f."), numbered("a 0x7, b 0x9, a 0x7."));
    assert_ne!(numbered("a 0x1f, b 0x2, a 0x1f."), numbered("a 0x7, b 0x7, a 0x7."));
}
