//! Reads what a compiled program says of its futures: for each `async fn`, block and closure the machine that the compiler made
//! of it, with the bytes of everything that it stores while it waits. Nothing has to be annotated, and stable Rust is enough:
//! the facts are in the debug info, and, as far as references are concerned, in the text that `--emit=mir` writes.
//!
//! ```
//! use pinsight_layout::{Sources, read};
//!
//! # let folder = std::env::temp_dir().join(format!("pinsight-layout-{}", std::process::id()));
//! # std::fs::create_dir_all(&folder)?;
//! # let (source, binary) = (folder.join("app.rs"), folder.join("app"));
//! # std::fs::write(&source, "async fn op() {} async fn tick(name: String) { let first = &name; op().await; drop(first) }
//! #     fn main() { drop(tick(String::new())) }")?;
//! # let mut rustc = std::process::Command::new("rustc");
//! # rustc.args(["--edition", "2024", "-Cdebuginfo=2", "--emit=link,mir", "--out-dir"]).arg(&folder).arg(&source);
//! # assert!(rustc.status()?.success());
//! // `binary` was built with `-C debuginfo=2 --emit=link,mir`, into `folder`.
//! let sources = Sources { binary, mir: vec![folder.clone()] };
//! let program = read(&sources, &|done, total| println!("{done} of {total} bytes"))?;
//!
//! let tick = program.machines.iter().find(|machine| machine.path == "app::tick").expect("it is in the program");
//! let waiting = tick.suspend_states().next().expect("it awaits once");
//! let first = waiting.slots.iter().find(|slot| !slot.points_at.is_empty()).expect("a reference is stored");
//! assert_eq!((&*first.name, first.size), ("first", Some(8)));
//! print!("{tick}");
//! # std::fs::remove_dir_all(&folder)?;
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```
//!
//! What is met and not understood is a [`Gap`], and what could not be found out of a machine is a remark of it. Neither becomes a
//! figure: a figure is what the compiler wrote down.

// The names of DWARF's tags and attributes are written as the standard writes them.
#![allow(non_upper_case_globals)]
#![warn(clippy::self_named_module_files)]

mod brackets;
mod dwarf;
mod error;
mod gaps;
mod join;
mod mir;
mod program;
mod read;

pub use error::Error;
pub use program::{Gap, Program};

use std::path::PathBuf;

/// The files to read.
#[derive(Clone, Debug, Default)]
pub struct Sources {
    /// An executable, object, rlib or shared library.
    pub binary: PathBuf,
    /// Files that `--emit=mir` wrote, or folders of them. A file is named for its crate: `app.mir`, `app-0123abcd.mir`.
    pub mir: Vec<PathBuf>,
}

/// Reads every machine of a program. `progress` is told how many bytes of debug info have been read, and how many there are; it may be
/// called from several threads.
///
/// # Errors
///
/// [`Error::Unreadable`] if the file cannot be read or is no object file, and [`Error::NoDebugInfo`] if its debug info has no
/// types. What is in it and not understood is no error, but a [`Gap`].
pub fn read(sources: &Sources, progress: &(dyn Fn(u64, u64) + Sync)) -> Result<Program, Error> {
    read::read(sources, progress)
}

/// Does what [`read()`] does, from the bytes of a file that is not on disk. Debug info that was split off is not found.
///
/// # Errors
///
/// The same as those of [`read()`].
pub fn read_bytes(bytes: &[u8]) -> Result<Program, Error> {
    read::read_bytes(bytes)
}
