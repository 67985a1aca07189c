//! The optimised machine code of `project()` and a field access is that of hand-written `unsafe`.
//!
//! Each version is a crate of its own: in one crate LLVM would merge functions that are equal, and the test would
//! compare a function with itself.

#![cfg(all(unix, not(miri)))]

use std::collections::BTreeMap;
use std::env;
use std::fs;
use std::path::Path;
use std::process::Command;

/// The types, and one function for each shape. `VERSION` and `STEP` are what differs between the crates.
const SHAPES: &str = r#"
use core::marker::PhantomPinned;
use core::pin::Pin;

pub const STEP: u64 = 1;

pub struct Leaf {
    left: u64,
    _pinned: PhantomPinned,
}

pub trait Step {
    fn step(self: Pin<&mut Self>) -> u64;
    fn left(self: Pin<&Self>) -> u64;
}

impl Step for Leaf {
    fn step(self: Pin<&mut Self>) -> u64 {
        let this = unsafe { self.get_unchecked_mut() };
        this.left = this.left.wrapping_sub(STEP);
        this.left
    }
    fn left(self: Pin<&Self>) -> u64 {
        self.left.wrapping_add(STEP)
    }
}

#[derive(pinsight::PinProject)]
#[pin(project_ref)]
pub struct Retry {
    flags: u8,
    #[pin]
    attempt: Leaf,
    polls: u64,
    #[pin]
    spare: Option<Leaf>,
}

#[unsafe(no_mangle)]
pub fn struct_VERSION(future: Pin<&mut Retry>) -> u64 {
    let this = future.project();
    *this.polls = this.polls.wrapping_add(STEP);
    this.attempt.step()
}

#[unsafe(no_mangle)]
pub fn struct_ref_VERSION(future: Pin<&Retry>) -> u64 {
    let this = future.project_ref();
    *this.polls ^ this.attempt.left()
}

#[unsafe(no_mangle)]
pub fn option_VERSION(future: Pin<&mut Retry>) -> u64 {
    let this = future.project();
    *this.flags |= STEP as u8;
    this.spare.as_pin_mut().map_or(0, Leaf::step)
}

#[derive(pinsight::PinProject)]
#[pin(project = PhaseProjection)]
pub enum Phase {
    Attempting {
        #[pin]
        attempt: Leaf,
        polls: u64,
    },
    Waiting(#[pin] Leaf, u32),
    Done,
}

#[unsafe(no_mangle)]
pub fn enum_VERSION(future: Pin<&mut Phase>) -> u64 {
    match future.project() {
        PhaseProjection::Attempting { attempt, polls } => {
            *polls = polls.wrapping_add(STEP);
            attempt.step()
        }
        PhaseProjection::Waiting(leaf, ticks) => {
            *ticks ^= STEP as u32;
            leaf.step()
        }
        PhaseProjection::Done => 0,
    }
}

#[derive(pinsight::PinProject)]
pub struct Pair<F, T> {
    #[pin]
    future: F,
    value: T,
}

fn advance<F: Step, T: Copy + Into<u64>>(pair: Pin<&mut Pair<F, T>>) -> u64 {
    let this = pair.project();
    this.future.step() ^ (*this.value).into()
}

#[unsafe(no_mangle)]
pub fn generic_VERSION(pair: Pin<&mut Pair<Leaf, u32>>) -> u64 {
    advance(pair)
}
"#;

/// What the derive stands for.
const BY_HAND: &str = r#"
pub struct RetryProjection<'p> {
    flags: &'p mut u8,
    attempt: Pin<&'p mut Leaf>,
    polls: &'p mut u64,
    spare: Pin<&'p mut Option<Leaf>>,
}

pub struct RetryProjectionRef<'p> {
    attempt: Pin<&'p Leaf>,
    polls: &'p u64,
}

impl Retry {
    fn project(self: Pin<&mut Self>) -> RetryProjection<'_> {
        unsafe {
            let this = self.get_unchecked_mut();
            RetryProjection {
                flags: &mut this.flags,
                attempt: Pin::new_unchecked(&mut this.attempt),
                polls: &mut this.polls,
                spare: Pin::new_unchecked(&mut this.spare),
            }
        }
    }
    fn project_ref(self: Pin<&Self>) -> RetryProjectionRef<'_> {
        let this = self.get_ref();
        unsafe { RetryProjectionRef { attempt: Pin::new_unchecked(&this.attempt), polls: &this.polls } }
    }
}

pub enum PhaseProjection<'p> {
    Attempting { attempt: Pin<&'p mut Leaf>, polls: &'p mut u64 },
    Waiting(Pin<&'p mut Leaf>, &'p mut u32),
    Done,
}

impl Phase {
    fn project(self: Pin<&mut Self>) -> PhaseProjection<'_> {
        unsafe {
            match self.get_unchecked_mut() {
                Self::Attempting { attempt, polls } => {
                    PhaseProjection::Attempting { attempt: Pin::new_unchecked(attempt), polls }
                }
                Self::Waiting(leaf, ticks) => PhaseProjection::Waiting(Pin::new_unchecked(leaf), ticks),
                Self::Done => PhaseProjection::Done,
            }
        }
    }
}

pub struct PairProjection<'p, F, T> {
    future: Pin<&'p mut F>,
    value: &'p mut T,
}

impl<F, T> Pair<F, T> {
    fn project(self: Pin<&mut Self>) -> PairProjection<'_, F, T> {
        unsafe {
            let this = self.get_unchecked_mut();
            PairProjection { future: Pin::new_unchecked(&mut this.future), value: &mut this.value }
        }
    }
}
"#;

const FUNCTIONS: [&str; 5] = ["struct", "struct_ref", "option", "enum", "generic"];

/// What begins a comment. Elsewhere than on x86, `#` begins a number.
const COMMENT: &str = if cfg!(any(target_arch = "x86", target_arch = "x86_64")) {
    "#"
} else if cfg!(target_vendor = "apple") {
    ";"
} else {
    "//"
};

/// Instructions of the functions, by the name without its version.
type Bodies = BTreeMap<&'static str, Vec<String>>;

#[test]
fn projections_compile_to_the_instructions_of_hand_written_ones() {
    let workspace = workspace();
    let [ours, by_hand, changed] = ["pinsight", "hand", "changed"].map(|version| {
        let assembly = compile(&workspace, version);
        FUNCTIONS
            .into_iter()
            .map(|name| (name, instructions(&assembly, &format!("{name}_{version}"))))
            .collect::<Bodies>()
    });
    for name in FUNCTIONS {
        let [ours, by_hand, changed] = [&ours, &by_hand, &changed].map(|bodies| &bodies[name]);
        assert_eq!(ours, by_hand, "`{name}` differs from the hand-written one");
        // The control: one constant differs, and so must the instructions, or the comparison above says nothing.
        assert_ne!(by_hand, changed, "a change of `{name}` must be seen in its instructions");
    }
}

/// Writes the crates, and returns their folder.
fn workspace() -> std::path::PathBuf {
    let project = Path::new(env!("CARGO_MANIFEST_DIR"));
    let root = Path::new(env!("CARGO_TARGET_TMPDIR")).join("assembly");
    let mut shapes_by_hand: String = SHAPES
        .lines()
        .filter(|line| !line.starts_with("#[derive(pinsight") && !line.starts_with("#[pin("))
        .map(|line| line.replace("#[pin]", "") + "\n")
        .collect();
    shapes_by_hand.push_str(BY_HAND);
    let changed = shapes_by_hand.replace("STEP: u64 = 1", "STEP: u64 = 3");
    let dependency = format!("pinsight = {{ path = '{}' }}", project.display());
    for (version, source, dependency) in
        [("pinsight", SHAPES, &*dependency), ("hand", &shapes_by_hand, ""), ("changed", &changed, "")]
    {
        let folder = root.join(version);
        fs::create_dir_all(folder.join("src")).unwrap();
        let source = source.replace("VERSION", version);
        fs::write(folder.join("src/lib.rs"), format!("#![allow(dead_code)]\n{source}")).unwrap();
        let manifest = format!(
            "[package]\nname = \"assembly-{version}\"\nversion = \"0.0.0\"\nedition = \"2024\"\n\n[dependencies]\n{dependency}\n"
        );
        fs::write(folder.join("Cargo.toml"), manifest).unwrap();
    }
    let manifest = "[workspace]\nresolver = \"3\"\nmembers = [\"pinsight\", \"hand\", \"changed\"]\n";
    fs::write(root.join("Cargo.toml"), manifest).unwrap();
    // The versions that this test was itself built with are at hand without a network.
    if let Ok(lock) = fs::read(project.join("Cargo.lock")) {
        fs::write(root.join("Cargo.lock"), lock).unwrap();
    }
    root
}

/// The optimised assembly of one crate.
fn compile(workspace: &Path, version: &str) -> String {
    let file = workspace.join(version).join("optimised.s");
    let output = Command::new(env::var_os("CARGO").unwrap_or("cargo".into()))
        .args(["rustc", "--release", "--offline", "--lib"])
        .args(["-p", &format!("assembly-{version}"), "--target-dir"])
        .arg(workspace.join("target"))
        .args(["--", "-Ccodegen-units=1", "-Cdebuginfo=0"])
        .arg(format!("--emit=asm={}", file.display()))
        .current_dir(workspace)
        // The flags of a sanitizer or of a coverage run would be compared otherwise.
        .env_remove("RUSTFLAGS")
        .env_remove("CARGO_ENCODED_RUSTFLAGS")
        .output()
        .unwrap();
    let errors = String::from_utf8_lossy(&output.stderr);
    assert!(output.status.success(), "the crate `{version}` does not compile:\n{errors}");
    fs::read_to_string(file).unwrap()
}

/// The instructions of a function and the constants that they load, without directives and comments, and with its
/// labels numbered as they appear.
fn instructions(assembly: &str, function: &str) -> Vec<String> {
    let mut labels = Vec::new();
    // The second spelling is that of Mach-O.
    let mut body: Vec<_> = after_label(assembly, &[function, &format!("_{function}")])
        .take_while(|line| !line.contains("Lfunc_end"))
        .filter(|line| !line.starts_with('.') || line.ends_with(':'))
        .map(|line| number_labels(line, &mut labels))
        .collect();
    let count = body.iter().filter(|line| !line.ends_with(':')).count();
    assert!(count > 1, "no body of `{function}` in:\n{assembly}");
    // A constant may be in a pool, and the instruction then names no more than its place. What the constants name in
    // turn, as a jump table does, comes after them.
    let mut number = 0;
    while number < labels.len() {
        let label = labels[number].clone();
        body.push(format!("label{number} holds"));
        for line in after_label(assembly, &[&label]).take_while(|line| is_data(line)) {
            body.push(number_labels(line, &mut labels));
        }
        number += 1;
    }
    body
}

/// The lines that follow a label of one of these names, without comments.
fn after_label<'a>(assembly: &'a str, names: &[&str]) -> impl Iterator<Item = &'a str> {
    assembly
        .lines()
        .skip_while(|line| line.split_once(':').is_none_or(|(label, _)| !names.contains(&label)))
        .skip(1)
        .map(|line| line.split(COMMENT).next().unwrap_or(line).trim())
        .filter(|line| !line.is_empty())
}

fn is_data(line: &str) -> bool {
    let directive = line.split_whitespace().next();
    directive.is_some_and(|directive| {
        [
            ".byte", ".short", ".hword", ".word", ".long", ".quad", ".xword", ".octa", ".zero", ".ascii", ".asciz",
            ".space",
        ]
        .contains(&directive)
    })
}

/// Replaces `.LBB0_3` by what says only how many others came before it.
fn number_labels(line: &str, labels: &mut Vec<String>) -> String {
    let is_name = |c: char| c.is_ascii_alphanumeric() || matches!(c, '_' | '.' | '$');
    let mut numbered = String::new();
    let mut rest = line;
    while !rest.is_empty() {
        let end = rest.find(|c| !is_name(c)).unwrap_or(rest.len());
        let (name, after) = rest.split_at(end);
        if [".L", "LBB", "LJTI"].iter().any(|start| name.starts_with(start)) {
            let number = labels.iter().position(|label| label == name);
            let number = number.unwrap_or_else(|| {
                labels.push(name.to_owned());
                labels.len() - 1
            });
            numbered.push_str(&format!("label{number}"));
        } else {
            numbered.push_str(name);
        }
        let next = after.find(is_name).unwrap_or(after.len());
        numbered.push_str(&after[..next]);
        rest = &after[next..];
    }
    numbered
}
