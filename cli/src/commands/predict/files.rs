//! Which files are below a folder.

use std::path::{Path, PathBuf};

/// All files of Rust source below a folder, sorted; not those of other packages and of hidden folders, and not those in folders
/// with one of these files, which begin crates of their own.
pub(super) fn below(folder: &Path, roots: &[PathBuf]) -> Vec<PathBuf> {
    let mut files = Vec::new();
    walk(folder, folder, roots, &mut files);
    files.sort();
    files
}

fn walk(folder: &Path, start: &Path, roots: &[PathBuf], files: &mut Vec<PathBuf>) {
    let is_other = folder != start
        && (folder.join("Cargo.toml").exists() || roots.iter().any(|root| root.parent() == Some(folder)));
    let Ok(entries) = std::fs::read_dir(folder) else { return };
    if is_other {
        return;
    }
    for entry in entries.flatten() {
        let path = entry.path();
        let name = entry.file_name();
        let is_skipped = name == "target" || name.as_encoded_bytes().starts_with(b".");
        // A link to a folder may lead back to it.
        if entry.file_type().is_ok_and(|kind| kind.is_dir()) {
            if !is_skipped {
                walk(&path, start, roots, files);
            }
        } else if path.extension().is_some_and(|extension| extension == "rs") && path.is_file() {
            files.push(path);
        }
    }
}

/// The module that a file is by its name, in the crate whose modules are in that folder: `app::net::tcp`.
pub(super) fn module(file: &Path, folder: &Path, crate_name: &str) -> String {
    let mut path = crate_name.to_owned();
    let inside = file.strip_prefix(folder).unwrap_or(file).with_extension("");
    for part in inside.iter().map(|part| part.to_string_lossy()).filter(|part| part != "mod") {
        path += "::";
        path += &part;
    }
    path
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn modules_are_named_by_their_files() {
        let folder = Path::new("/w/src");
        let of = |file: &str| module(&folder.join(file), folder, "app");
        assert_eq!(of("net.rs"), "app::net");
        assert_eq!(of("net/tcp.rs"), "app::net::tcp");
        assert_eq!(of("net/mod.rs"), "app::net");
    }
}
