//! Each kind of advice is followed, and what it saves is measured.

use std::path::{Path, PathBuf};
use std::process::Command;

use pinsight_layout::{Sources, read};
use pinsight_machine::Machine;

use super::{Advice, Kind, of};

const COMMON: &str = "
async fn op() { std::future::ready(()).await }
async fn small() -> u8 { op().await; 1 }
async fn large() -> u8 { let wide = [1u8; 900]; op().await; wide[3] }
fn look<T>(_: &T) {}
fn sum(wide: &[u8]) -> u32 { wide.iter().map(|byte| u32::from(*byte)).sum() }
fn poll<F: Future>(future: F) {
    let mut future = std::pin::pin!(future);
    let _ = future.as_mut().poll(&mut std::task::Context::from_waker(std::task::Waker::noop()));
}
";

struct Folder(PathBuf);

impl Drop for Folder {
    fn drop(&mut self) {
        let _ = std::fs::remove_dir_all(&self.0);
    }
}

/// The machine of the function `subject` in a program.
fn subject(name: &str, function: &str) -> Machine {
    let folder = Folder(std::env::temp_dir().join(format!("pinsight-advice-{name}-{}", std::process::id())));
    std::fs::create_dir_all(&folder.0).expect("a folder can be made");
    let source = folder.0.join("program.rs");
    std::fs::write(&source, format!("{COMMON}\n{function}\n")).expect("the source can be written");
    let mut command = Command::new("rustc");
    command.args(["--edition", "2024", "-Cdebuginfo=2", "--emit=link,mir", "--out-dir"]).arg(&folder.0).arg(&source);
    let output = command.output().expect("rustc runs");
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    let sources = Sources { binary: folder.0.join("program"), mir: vec![folder.0.join("program.mir")] };
    assert!(Path::new(&sources.binary).exists());
    let program = read(&sources, &|_, _| {}).expect("the program can be read");
    program
        .machines
        .into_iter()
        .find(|machine| machine.path.starts_with("program::subject"))
        .expect("it has the machine")
}

/// Checks that the first function gets one piece of advice of that kind, and that the second, which follows it, is smaller by
/// as much as was said.
fn followed(kind: Kind, name: &str, before: &str, after: &str) -> Advice {
    let machine = subject(&format!("{name}-before"), before);
    let list = of(&machine);
    let advice = list
        .iter()
        .find(|advice| advice.kind == kind)
        .unwrap_or_else(|| panic!("no {kind:?} in {list:?} for {machine:#?}"));
    let improved = subject(&format!("{name}-after"), after);
    let (old, new) = (machine.size.unwrap(), improved.size.unwrap());
    assert_eq!(old - new, advice.saves, "{old} -> {new}: {advice:?}");
    advice.clone()
}

#[test]
fn a_block_frees_what_is_not_used_any_more() {
    let advice = followed(
        Kind::Scope,
        "scope",
        "async fn subject() -> u32 { let wide = [7u8; 500]; let total = sum(&wide); op().await; total }
         fn main() { poll(subject()) }",
        "async fn subject() -> u32 { let total = { let wide = [7u8; 500]; sum(&wide) }; op().await; total }
         fn main() { poll(subject()) }",
    );
    assert_eq!(advice.slot, "wide");
}

/// Why the advice is a block: `drop` of a value that was borrowed leaves its place as it was.
#[test]
fn drop_alone_frees_nothing() {
    let kept = subject(
        "kept",
        "async fn subject() -> u8 { let wide = vec![7u8; 500]; look(&wide); op().await; 1 } fn main() { poll(subject()) }",
    );
    let dropped = subject(
        "dropped",
        "async fn subject() -> u8 { let wide = vec![7u8; 500]; look(&wide); drop(wide); op().await; 1 } fn main() { poll(subject()) }",
    );
    let scoped = subject(
        "scoped",
        "async fn subject() -> u8 { { let wide = vec![7u8; 500]; look(&wide); } op().await; 1 } fn main() { poll(subject()) }",
    );
    assert!(dropped.size >= kept.size, "{:?} {:?}", dropped.size, kept.size);
    assert!(scoped.size < kept.size, "{:?} {:?}", scoped.size, kept.size);
}

#[test]
fn an_async_block_stores_its_argument_once() {
    let advice = followed(
        Kind::StoredTwice,
        "twice",
        "async fn subject(wide: [u8; 300]) -> u8 { op().await; wide[3] } fn main() { poll(subject([1; 300])) }",
        "fn subject(wide: [u8; 300]) -> impl Future<Output = u8> { async move { op().await; wide[3] } }
         fn main() { poll(subject([1; 300])) }",
    );
    assert_eq!(advice.slot, "wide");
}

#[test]
fn a_large_child_goes_into_a_box() {
    followed(
        Kind::LargeChild,
        "child",
        "async fn subject() -> u8 { small().await + large().await } fn main() { poll(subject()) }",
        "async fn subject() -> u8 { small().await + Box::pin(large()).await } fn main() { poll(subject()) }",
    );
}

#[test]
fn what_was_moved_is_not_stored_again() {
    let advice = followed(
        Kind::Moved,
        "moved",
        "async fn subject() -> u8 { let first = [7u8; 400]; look(&first); let second = first; look(&second); op().await; second[1] }
         fn main() { poll(subject()) }",
        "async fn subject() -> u8 { let second = { let first = [7u8; 400]; look(&first); first }; look(&second); op().await; second[1] }
         fn main() { poll(subject()) }",
    );
    assert_eq!(advice.slot, "first");
}

/// What is needed has no advice.
#[test]
fn what_is_used_is_left_alone() {
    let machine = subject(
        "used",
        "async fn subject() -> u8 { let wide = [7u8; 500]; op().await; wide[3] } fn main() { poll(subject()) }",
    );
    assert_eq!(of(&machine), []);
}
