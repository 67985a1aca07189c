//! Runs the examples, and checks all that they print.
//!
//! `cargo test` builds the examples beside the tests, so their programs are looked for there: that
//! works with every profile and target directory, and nobody has to wait for a second cargo.
//!
//! Where numbers are the story, the expected text has `$name` in their place. A name that is there
//! twice stands for the same number both times, and the numbers are given back, so that a test can
//! say how they have to relate.

mod built;

use built::profile_folder;
use std::collections::BTreeMap;
use std::ffi::OsString;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::{env, fs};

const RETRY: &str = "\
a server that refuses twice, 3 retries:
  attempt 1 keeps its request at $place
  attempt 1 fails
  attempt 2 keeps its request at $place
  attempt 2 fails
  attempt 3 keeps its request at $place
  attempt 3 succeeds
  got the answer to `GET /3`, in 4 polls
a server that refuses nine times, 1 retry:
  attempt 1 keeps its request at $other_place
  attempt 1 fails
  attempt 2 keeps its request at $other_place
  attempt 2 fails
  gave up: connection refused, in 3 polls
";

/// Each attempt stands where the one before it stood, and there is one poll for each wake-up.
#[test]
fn retry() {
    numbers(&printed_by("retry"), RETRY);
}

const MEMORY_DISASTER: &str = "\
polled for the first time, the machine runs
  and is now suspended at its await
the machine points into itself
  it starts at    $machine, $size bytes
  val lies at     $val, $val_offset bytes into it
  val_ref lies at $val_ref, $val_ref_offset bytes into it
  val_ref holds   $val
what a move would do to it
  it would start at $target
  val would lie at $moved_val
  val_ref would lie at $moved_val_ref
  val_ref would still say $val: freed memory
once it is pinned, the compiler refuses to move it
  let moved = *machine;
  error[E0507]: cannot move out of dereference of `Pin<Box<impl Future<Output = ()>>>`
  let moved = Pin::into_inner(machine);
  error[E0277]: `{async fn body of process_data()}` cannot be unpinned
the `Pin<Box<_>>` may be moved
  the box lies at $box
  now it lies at  $moved_box
  the machine was at $machine, and is at $machine
polled again, the machine goes on
  val_ref reads \"still here\"
  and has finished
";

#[test]
fn memory_disaster() {
    let of = numbers(&printed_by("memory_disaster"), MEMORY_DISASTER);
    let machine = of["machine"]..of["machine"] + of["size"];
    let moved = of["target"]..of["target"] + of["size"];

    // Both lie in the machine, from their first byte to their last, and apart from each other.
    let val = of["val"]..of["val"] + size_of::<String>();
    let val_ref = of["val_ref"]..of["val_ref"] + size_of::<&String>();
    for local in [&val, &val_ref] {
        assert!(machine.start <= local.start && local.end <= machine.end);
    }
    assert!(val.end <= val_ref.start || val_ref.end <= val.start);
    assert_eq!(of["val_offset"], val.start - machine.start);
    assert_eq!(of["val_ref_offset"], val_ref.start - machine.start);

    // The move would be to another place, and what `val_ref` holds would not be in it.
    assert!(machine.end <= moved.start || moved.end <= machine.start);
    assert_eq!(of["moved_val"] - moved.start, of["val_offset"]);
    assert_eq!(of["moved_val_ref"] - moved.start, of["val_ref_offset"]);
    assert!(!moved.contains(&val.start));

    assert_ne!(of["box"], of["moved_box"]);
}

const STACK_AND_HEAP: &str = "\
Box::pin(value)
  allocations: 1
  the value takes $size bytes, the allocation has $size
  the value lies at $value, the allocation at $value
  returned from the function that pinned it: yes
  stored in a collection: yes
  the value was at $value, and is at $value
  polled to its end: 3 polls
pin!(value)
  allocations: 0
  the value lies at $pinned, another local of the frame at $local
  returned from the function that pinned it: no
    error[E0515]: cannot return value referencing temporary value
  stored in a collection that outlives the frame: no
    error[E0716]: temporary value dropped while borrowed
  polled to its end: 3 polls
";

#[test]
fn stack_and_heap() {
    let of = numbers(&printed_by("stack_and_heap"), STACK_AND_HEAP);
    // Far more than the frame of a small function, far less than there is between stack and heap.
    let near = 64 * 1024;
    assert!(of["pinned"].abs_diff(of["local"]) < near);
    assert!(of["value"].abs_diff(of["local"]) > near);
}

const CHEAT_SHEET: &str = "\
the type | wrapped in `Pin`? | can safe code move it?
-------- | ----------------- | ----------------------
Unpin    | no                | yes
         |                   |   `mem::swap` made it right, left
Unpin    | yes               | yes, `Pin` is transparent
         |                   |   out of the pin came right 2
!Unpin   | no                | yes (and it is dangerous once it points into itself)
         |                   |   moved twice before its first poll, it answers 42
!Unpin   | yes               | no
         |                   |   error[E0277]: `{async fn body of answer()}` cannot be unpinned
         |                   |   but the pins can be swapped: right, left
         |                   |   and an unpinned field can be written: renamed
";

#[test]
fn cheat_sheet() {
    assert_eq!(printed_by("cheat_sheet"), CHEAT_SHEET);
}

const PROCESS_DATA: &str = "\
async fn process_data::process_data, at examples/process_data.rs:13:29

Unresumed at examples/process_data.rs:13:29: stores nothing

Returned: stores nothing
Panicked: stores nothing

Suspend0 at examples/process_data.rs:16:10, awaits op()
     name       type    why
     val        String  dropped in line 18, borrowed by val_ref in line 15
     val_ref    ?       used in line 17  -> points at val
     __awaitee  ?       awaited

`val`: dropped in line 18, borrowed by `val_ref` in line 15
`val_ref`: used in line 17; points at `val`
and the compiler made a future of $size bytes of it
";

/// The machine as a value, and of the twin, in which `#[explain]` is expanded, the same.
#[test]
fn process_data() {
    let of = numbers(&printed_by("process_data"), PROCESS_DATA);
    assert!(of["size"] > size_of::<(String, &String)>(), "there is also the number of the state");
    let twin = printed_by("process_data-expanded");
    let twin = twin.replace("process_data_expanded::", "process_data::").replace("data-expanded.rs", "data.rs");
    numbers(&twin, PROCESS_DATA);
}

/// The forms of the derive: what each example prints, and its expanded twin too.
const FORMS: [(&str, &str); 6] = [
    ("struct-default", "pinned: 2, unpinned: two\n"),
    ("enum-default", "both: 1, changed\npinned: 2\nstill pinned: 2\nnothing\n"),
    (
        "named",
        "pinned: 2, unpinned: made and changed\n\
         taken out: made and changed\n\
         pinned: 3, unpinned: new\n",
    ),
    ("pinned_drop", "before: two\ndropped with 1\nafter: three\ndropped with 2\n"),
    ("not_unpin", "pinned: 2, unpinned: two\n"),
    ("unsafe_unpin", "pinned: 2, unpinned: two\nnot to be pinned by `Pin::new`: 3\n"),
];

#[test]
fn forms_of_the_derive() {
    for (name, expected) in FORMS {
        assert_eq!(printed_by(name), expected, "of {name}");
        let twin = format!("{name}-expanded");
        assert_eq!(printed_by(&twin), expected, "of {twin}");
    }
}

/// An example that nobody added to this file would be run by nobody.
#[test]
fn no_example_is_left_out() {
    let stories =
        ["retry", "memory_disaster", "stack_and_heap", "cheat_sheet", "process_data", "process_data-expanded"];
    let twins = FORMS.map(|(name, _)| format!("{name}-expanded"));
    let mut tested: Vec<String> = stories.map(String::from).to_vec();
    tested.extend(FORMS.map(|(name, _)| String::from(name)));
    tested.extend(twins);
    tested.sort();
    assert_eq!(sources().into_keys().collect::<Vec<_>>(), tested);
}

/// The examples say of commented lines that they are refused, and with which error. Each is put
/// in place, alone, and handed to the compiler.
#[test]
fn refused_lines_are_refused() {
    let mut count = 0;
    for (name, source) in sources() {
        let lines: Vec<_> = source.lines().collect();
        for index in 1..lines.len() {
            let Some(error) = lines[index].trim_start().strip_prefix("// ^ ") else {
                continue;
            };
            let refused = lines[index - 1].trim_start().strip_prefix("// ");
            let refused = refused.unwrap_or_else(|| panic!("{name}: nothing above `{error}`"));
            let mut lines = lines.clone();
            lines[index - 1] = refused;
            let at = format!(":{index}:");
            let said = errors_of(&format!("{name}_{index}"), &lines.join("\n"));
            assert!(!said.is_empty(), "{name}: `{refused}` compiles");
            for said in said {
                assert!(
                    said.contains(error) && said.contains(&at),
                    "{name}: `{refused}` is expected to fail with\n{error}\nand fails with\n{said}"
                );
            }
            count += 1;
        }
    }
    assert_eq!(count, 10, "refused lines in all examples");
}

/// Runs an example.
fn printed_by(name: &str) -> String {
    built::printed_by(Path::new(env!("CARGO_MANIFEST_DIR")), name)
}

/// The sources of the examples, by name.
fn sources() -> BTreeMap<String, String> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("examples");
    let entries = fs::read_dir(&folder).expect("the package has examples");
    let paths = entries.map(|entry| entry.expect("the folder can be read").path());
    paths
        .filter(|path| path.extension().is_some_and(|extension| extension == "rs"))
        .map(|path| {
            let name = path.file_stem().unwrap_or_default().to_string_lossy();
            let source = fs::read_to_string(&path).expect("an example can be read");
            (name.into_owned(), source)
        })
        .collect()
}

/// The errors that the compiler has for this source, one a line, with their places.
fn errors_of(name: &str, source: &str) -> Vec<String> {
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR"));
    let file = folder.join(format!("{name}.rs"));
    fs::write(&file, source).expect("the folder for tests can be written");
    let profile = profile_folder();
    let dependencies = profile.join("deps");
    // With `cargo test --target`, the macros are in the folder of the host: beside that of the
    // target, not in it.
    let host = profile.join("../..").join(profile.file_name().unwrap_or_default());
    let output = Command::new(env::var_os("RUSTC").unwrap_or_else(|| OsString::from("rustc")))
        .args(["--edition=2024", "--crate-name=refused", "--crate-type=bin"])
        .args(["--emit=metadata", "--error-format=short", "--cap-lints=allow"])
        .arg("--extern")
        .arg(format!("pinsight={}", newest_library(&dependencies).display()))
        .arg("-L")
        .arg(format!("dependency={}", dependencies.display()))
        .arg("-L")
        .arg(format!("dependency={}", host.join("deps").display()))
        .arg("-o")
        .arg(folder.join(format!("{name}.rmeta")))
        .arg(&file)
        .output()
        .expect("the compiler starts");
    let said = String::from_utf8_lossy(&output.stderr);
    let errors = said.lines().filter(|line| line.contains(": error"));
    let errors: Vec<_> = errors.map(String::from).collect();
    // Whatever it is that has gone wrong then, it is not the source.
    assert_eq!(output.status.success(), errors.is_empty(), "{said}");
    errors
}

/// The library that this test was linked with is the one that was built last.
fn newest_library(folder: &Path) -> PathBuf {
    let entries = fs::read_dir(folder).expect("a test lies in `deps`");
    let libraries = entries.filter_map(Result::ok).filter(|entry| {
        let name = entry.file_name();
        let name = name.to_string_lossy();
        name.starts_with("libpinsight-") && name.ends_with(".rlib")
    });
    let newest = libraries.max_by_key(|entry| entry.metadata().and_then(|data| data.modified()).ok());
    newest.expect("the library was built for this test").path()
}

/// Compares `printed` with `expected`, and gives the numbers that stand where it has `$name`.
fn numbers(printed: &str, expected: &str) -> BTreeMap<String, usize> {
    match read_numbers(printed, expected) {
        Ok(numbers) => numbers,
        Err(why) => panic!("{why}\nprinted:\n{printed}\nexpected:\n{expected}"),
    }
}

fn read_numbers(mut printed: &str, expected: &str) -> Result<BTreeMap<String, usize>, String> {
    let mut numbers = BTreeMap::new();
    let mut parts = expected.split('$');
    let start = parts.next().unwrap_or_default();
    printed = after(printed, start)?;
    for part in parts {
        let end_of_name = part.find(|c: char| !(c.is_ascii_lowercase() || c == '_'));
        let (name, text) = part.split_at(end_of_name.unwrap_or(part.len()));
        let end = printed.find(|c: char| !c.is_ascii_alphanumeric());
        let (digits, rest) = printed.split_at(end.unwrap_or(printed.len()));
        let number = match digits.strip_prefix("0x") {
            Some(digits) => usize::from_str_radix(digits, 16),
            None => digits.parse(),
        };
        let number = number.map_err(|_| format!("`${name}` is `{digits}`, not a number"))?;
        let before = *numbers.entry(name.to_owned()).or_insert(number);
        if before != number {
            return Err(format!("`${name}` is {before:#x} first, and {number:#x} then"));
        }
        printed = after(rest, text)?;
    }
    if printed.is_empty() { Ok(numbers) } else { Err(format!("nothing is expected at: {printed}")) }
}

fn after<'a>(printed: &'a str, text: &str) -> Result<&'a str, String> {
    let rest = printed.strip_prefix(text);
    rest.ok_or_else(|| format!("expected `{text}` at: {printed}"))
}

#[test]
fn numbers_are_compared() {
    let read = |printed| read_numbers(printed, "a $one, b $two, c $one\n");
    let expected = [("one", 31), ("two", 7)].map(|(name, number)| (name.to_owned(), number));
    assert_eq!(read("a 0x1f, b 7, c 0x1f\n"), Ok(BTreeMap::from(expected)));
    assert!(read("a 0x1f, b 7, c 0x20\n").is_err());
    assert!(read("a 0x1f, b here, c 0x1f\n").is_err());
    assert!(read("a 0x1f, d 7, c 0x1f\n").is_err());
    assert!(read("a 0x1f, b 7, c 0x1f\nmore\n").is_err());
    assert!(read("a 0x1f, b 7, c 0x1f").is_err());
}
