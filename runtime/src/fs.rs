//! Files, on the thread pool: each function is the one of `std::fs` with that name, in [`unblock`].
//!
//! For anything else, open the file inside `unblock` too: the system cannot wait for files, so there is nothing to gain.

use crate::unblock;
use std::ffi::OsString;
use std::fs::{self, Metadata};
use std::io;
use std::path::{Path, PathBuf};

macro_rules! on_the_pool {
    ($($(#[$doc:meta])* $name:ident($($argument:ident: $Type:ty),*) -> $Output:ty;)*) => {$(
        $(#[$doc])*
        ///
        /// # Errors
        ///
        /// What the system says.
        pub async fn $name($($argument: impl AsRef<$Type>),*) -> io::Result<$Output> {
            $(let $argument = $argument.as_ref().to_owned();)*
            unblock(move || fs::$name($($argument),*)).await
        }
    )*};
}

on_the_pool! {
    /// The whole of a file.
    read(path: Path) -> Vec<u8>;
    /// The whole of a file, as text.
    read_to_string(path: Path) -> String;
    /// Makes or replaces a file.
    write(path: Path, contents: [u8]) -> ();
    /// Copies a file with its permissions. Returns the number of bytes.
    copy(from: Path, to: Path) -> u64;
    /// Renames a file, and replaces one that has the new name.
    rename(from: Path, to: Path) -> ();
    /// Removes a file.
    remove_file(path: Path) -> ();
    /// Makes a folder, and those above it.
    create_dir_all(path: Path) -> ();
    /// Removes a folder with all that is in it.
    remove_dir_all(path: Path) -> ();
    /// What the system knows of a file.
    metadata(path: Path) -> Metadata;
    /// The absolute path without links.
    canonicalize(path: Path) -> PathBuf;
}

/// The names in a folder, in no order.
///
/// # Errors
///
/// What the system says.
pub async fn names(path: impl AsRef<Path>) -> io::Result<Vec<OsString>> {
    let path = path.as_ref().to_owned();
    unblock(move || fs::read_dir(path)?.map(|entry| Ok(entry?.file_name())).collect()).await
}
