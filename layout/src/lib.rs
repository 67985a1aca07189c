//! Reads the exact state machine of every future from a compiled program: an executable, object, rlib or shared library with
//! debug info, and optionally the text that `--emit=mir` wrote.

// The names of DWARF's tags and attributes are written as the standard writes them.
#![allow(non_upper_case_globals)]

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

/// What to read.
#[derive(Clone, Debug, Default)]
pub struct Sources {
    /// An executable, object, rlib or shared library.
    pub binary: PathBuf,
    /// Files that `--emit=mir` wrote, or folders of them. A file is named for its crate: `app.mir`, `app-0123abcd.mir`.
    pub mir: Vec<PathBuf>,
}

/// Reads every machine. `progress` is told how many bytes of debug info have been read, and how many there are; it may be
/// called from several threads.
///
/// # Errors
///
/// If the file cannot be read, is no object file, or has no types in its debug info. What is in it and not understood is
/// no error, but a [`Gap`].
pub fn read(sources: &Sources, progress: &(dyn Fn(u64, u64) + Sync)) -> Result<Program, Error> {
    read::read(sources, progress)
}

/// As [`read()`], from the bytes of a file that is not on disk. Debug info that was split off is not found.
///
/// # Errors
///
/// As [`read()`].
pub fn read_bytes(bytes: &[u8]) -> Result<Program, Error> {
    read::read_bytes(bytes)
}
