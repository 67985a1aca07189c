use std::collections::BTreeMap;
use std::path::PathBuf;
use std::process::Command;
use std::sync::LazyLock;

use pinsight_layout::{Sources, read};
use pinsight_machine::Machine;

use crate::advice::saving::Precision;
use crate::advice::{Advice, Kind, survey};

/// A function, and what became of it when the advice of that kind was followed.
struct Case {
    name: &'static str,
    advice: Option<(Kind, &'static str, Precision)>,
    before: &'static str,
    after: &'static str,
    argument: &'static str,
}

const CASES: &[Case] = &[
    Case {
        name: "a_block_frees_a_borrowed_array",
        advice: Some((Kind::Scope, "wide", Precision::Exact)),
        before: "async fn before() -> u32 { let wide = [7u8; 500]; let total = sum(&wide); op().await; total }",
        after: "async fn after() -> u32 { let total = { let wide = [7u8; 500]; sum(&wide) }; op().await; total }",
        argument: "",
    },
    Case {
        name: "a_block_frees_what_is_dropped_at_the_end",
        advice: Some((Kind::Scope, "big", Precision::Exact)),
        before: "async fn before() -> u64 { let big = Big::new(); let n = big.first(); op().await; small().await; n }",
        after: "async fn after() -> u64 { let n = { let big = Big::new(); big.first() }; op().await; small().await; n }",
        argument: "",
    },
    // Stored in all states: for its use in the first, and idle in the second.
    Case {
        name: "a_block_can_end_between_two_awaits",
        advice: Some((Kind::Scope, "wide", Precision::About)),
        before: "async fn before() -> u8 { let wide = [7u8; 500]; op().await; look(&wide); large().await }",
        after: "async fn after() -> u8 { { let wide = [7u8; 500]; op().await; look(&wide); } large().await }",
        argument: "",
    },
    Case {
        name: "a_value_of_a_match_gets_its_own_statement",
        advice: Some((Kind::Scope, "__0", Precision::Exact)),
        before: "async fn before() -> u8 { match Big::new().first() { 7 => { op().await; 1 } _ => 2 } }",
        after: "async fn after() -> u8 { let first = Big::new().first(); match first { 7 => { op().await; 1 } _ => 2 } }",
        argument: "",
    },
    Case {
        name: "drop_frees_nothing",
        advice: Some((Kind::Scope, "big", Precision::Exact)),
        before: "async fn before() -> u64 { let big = Big::new(); let n = big.first(); drop(big); op().await; n }",
        after: "async fn after() -> u64 { let n = { let big = Big::new(); big.first() }; op().await; n }",
        argument: "",
    },
    Case {
        name: "a_moved_array",
        advice: Some((Kind::Moved, "first", Precision::Exact)),
        before: "async fn before() -> u8 { let first = [7u8; 400]; look(&first); let second = first; look(&second); op().await; second[1] }",
        after: "async fn after() -> u8 { let second = { let first = [7u8; 400]; look(&first); first }; look(&second); op().await; second[1] }",
        argument: "",
    },
    Case {
        name: "a_moved_future",
        advice: Some((Kind::Moved, "future", Precision::AtLeast)),
        before: "async fn before() -> u8 { let future = large(); look(&future); future.await }",
        after: "async fn after() -> u8 { { let future = large(); look(&future); future }.await }",
        argument: "",
    },
    Case {
        name: "an_async_block_stores_its_argument_once",
        advice: Some((Kind::StoredTwice, "wide", Precision::Exact)),
        before: "async fn before(wide: [u8; 300]) -> u8 { op().await; wide[3] }",
        after: "fn after(wide: [u8; 300]) -> impl Future<Output = u8> { async move { op().await; wide[3] } }",
        argument: "[1; 300]",
    },
    Case {
        name: "an_argument_that_is_dropped",
        advice: Some((Kind::StoredTwice, "text", Precision::Exact)),
        before: "async fn before(text: String) -> usize { op().await; let n = text.len(); small().await; n }",
        after: "fn after(text: String) -> impl Future<Output = usize> { async move { op().await; let n = text.len(); small().await; n } }",
        argument: "String::new()",
    },
    Case {
        name: "a_large_child_goes_into_a_box",
        advice: Some((Kind::LargeChild, "__awaitee", Precision::Exact)),
        before: "async fn before() -> u8 { small().await + large().await }",
        after: "async fn after() -> u8 { small().await + Box::pin(large()).await }",
        argument: "",
    },
    Case {
        name: "a_large_child_that_is_awaited_twice",
        advice: Some((Kind::LargeChild, "__awaitee", Precision::Exact)),
        before: "async fn before(x: &u8) -> u8 { small().await + large().await + large().await + *x }",
        after: "async fn after(x: &u8) -> u8 { small().await + Box::pin(large()).await + Box::pin(large()).await + *x }",
        argument: "&1",
    },
    // What is needed is left alone.
    Case {
        name: "used_after",
        advice: None,
        before: "async fn before() -> u8 { let wide = [7u8; 500]; op().await; wide[3] }",
        after: "fn after() {}",
        argument: "",
    },
    Case {
        name: "borrowed_while_it_waits",
        advice: None,
        before: "async fn before() -> u8 { let wide = [7u8; 500]; let mut rest = wide.iter(); op().await; *rest.next().unwrap() }",
        after: "fn after() {}",
        argument: "",
    },
    Case {
        name: "borrowed_by_what_is_awaited",
        advice: None,
        before: "async fn before() -> u8 { let wide = [7u8; 500]; read(&wide).await }",
        after: "fn after() {}",
        argument: "",
    },
    Case {
        name: "children_of_one_size",
        advice: None,
        before: "async fn before() -> u8 { large().await + other().await }",
        after: "fn after() {}",
        argument: "",
    },
];

const COMMON: &str = "
#![allow(dead_code)]
async fn op() { std::future::ready(()).await }
async fn small() -> u8 { op().await; 1 }
async fn large() -> u8 { let wide = [1u8; 900]; op().await; wide[3] }
async fn kept() -> u64 { let big = Big::new(); let n = big.first(); op().await; n }
async fn other() -> u8 { let wide = [1u8; 800]; op().await; wide[3] }
async fn read(wide: &[u8]) -> u8 { op().await; wide[3] }
fn look<T>(_: &T) {}
fn sum(wide: &[u8]) -> u32 { wide.iter().map(|byte| u32::from(*byte)).sum() }
struct Big([u64; 50]);
impl Big { fn new() -> Self { Big([7; 50]) } fn first(&self) -> u64 { self.0[0] } }
impl Drop for Big { fn drop(&mut self) {} }
fn poll<F: Future>(future: F) -> usize {
    let mut future = std::pin::pin!(future);
    let _ = future.as_mut().poll(&mut std::task::Context::from_waker(std::task::Waker::noop()));
    size_of::<F>()
}
";

struct Folder(PathBuf);

impl Drop for Folder {
    fn drop(&mut self) {
        let _ = std::fs::remove_dir_all(&self.0);
    }
}

/// What is known of all cases: the machines of the functions as they were, and the measured sizes.
struct Measured {
    machines: Vec<Machine>,
    sizes: BTreeMap<String, u64>,
}

/// One program has all cases, so that the compiler runs once.
static MEASURED: LazyLock<Measured> = LazyLock::new(|| {
    let mut source = COMMON.to_owned();
    let mut main = "println!(\"kept {}\", poll(kept()));\n".to_owned();
    for Case { name, before, after, advice, argument } in CASES {
        source += &format!("mod {name} {{ use super::*;\npub {before}\npub {after}\n}}\n");
        let functions: &[&str] = if advice.is_some() { &["before", "after"] } else { &["before"] };
        for function in functions {
            main += &format!("println!(\"{name}::{function} {{}}\", poll({name}::{function}({argument})));\n");
        }
    }
    source += &format!("fn main() {{\n{main}}}\n");

    let folder = Folder(std::env::temp_dir().join(format!("pinsight-advice-{}", std::process::id())));
    std::fs::create_dir_all(&folder.0).expect("a folder can be made");
    let file = folder.0.join("program.rs");
    std::fs::write(&file, source).expect("the source can be written");
    let mut rustc = Command::new("rustc");
    rustc.args(["--edition", "2024", "-Cdebuginfo=2", "--emit=link,mir", "--out-dir"]).arg(&folder.0).arg(&file);
    let output = rustc.env_remove("RUSTC_BOOTSTRAP").output().expect("rustc runs");
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    let binary = folder.0.join("program");
    let output = Command::new(&binary).output().expect("the program runs");
    let text = String::from_utf8_lossy(&output.stdout).into_owned();
    let sizes = text.lines().filter_map(|line| line.split_once(' '));
    let sizes = sizes.map(|(name, size)| (name.to_owned(), size.parse().expect("a size"))).collect();
    let sources = Sources { binary, mir: vec![folder.0.join("program.mir")] };
    let machines = read(&sources, &|_, _| {}).expect("the program can be read").machines;
    Measured { machines, sizes }
});

fn advice(case: &Case) -> Vec<Advice> {
    let path = format!("program::{}::before", case.name);
    let machine = MEASURED.machines.iter().find(|machine| machine.path == path);
    let machine = machine.unwrap_or_else(|| panic!("there is no machine `{path}`"));
    assert_eq!(machine.size, MEASURED.sizes.get(&format!("{}::before", case.name)).copied());
    survey(&[machine]).advice
}

/// What is saved is what was said.
#[test]
fn advice_that_is_followed_saves_what_it_said() {
    let wrong: Vec<String> =
        CASES.iter().filter_map(|case| wrong(case).map(|what| format!("{}: {what}", case.name))).collect();
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

/// Why the advice is a block: what was borrowed keeps its place though it is dropped.
#[test]
fn drop_alone_frees_nothing() {
    assert!(MEASURED.sizes["drop_frees_nothing::before"] >= MEASURED.sizes["kept"]);
    assert!(MEASURED.sizes["drop_frees_nothing::after"] + 400 <= MEASURED.sizes["kept"]);
}

fn wrong(case: &Case) -> Option<String> {
    let list = advice(case);
    let Some((kind, slot, precision)) = case.advice else {
        return (!list.is_empty()).then(|| format!("there is advice: {list:#?}"));
    };
    let Some(found) = list.iter().find(|advice| advice.kind == kind && advice.slot == slot) else {
        return Some(format!("no such advice in {list:#?}"));
    };
    let size = |function| MEASURED.sizes[&format!("{}::{function}", case.name)];
    let saved = size("before") - size("after");
    // A drop flag is a byte.
    let most = found.saves.bytes + if precision == Precision::AtLeast { 8 } else { 0 };
    let is_right = found.saves.precision == precision && (found.saves.bytes..=most).contains(&saved);
    (!is_right).then(|| format!("{} -> {}: {}, expected {precision:?}", size("before"), size("after"), found.saves))
}
