//! Finds the MIR of the crates that were built.

use std::fs::{self, File};
use std::io::{BufReader, Read};
use std::path::{Path, PathBuf};

/// The MIR that lies beside what was built. The names there have a hash of cargo's: MIR that an earlier build with other
/// features or another profile has left has another one.
pub(super) fn of(built: &[PathBuf]) -> Vec<PathBuf> {
    let mut files: Vec<PathBuf> = built.iter().flat_map(|file| twins(file)).filter_map(|file| beside(&file)).collect();
    files.sort();
    files.dedup();
    files
}

/// It is `app-0123.mir` for `libapp-0123.rlib` and for `app-0123`.
fn beside(file: &Path) -> Option<PathBuf> {
    let stem = file.file_stem()?.to_str()?;
    let names = [Some(stem), stem.strip_prefix("lib")];
    names.into_iter().flatten().map(|name| file.with_file_name(format!("{name}.mir"))).find(|path| path.exists())
}

/// The file, and what it was linked or copied from: cargo builds in `deps`, where names have a hash, and puts what the user
/// looks for where it is found.
fn twins(file: &Path) -> Vec<PathBuf> {
    let mut found = vec![file.to_owned()];
    let (Some(folder), Some(length)) = (file.parent(), fs::metadata(file).ok().map(|of| of.len())) else {
        return found;
    };
    let extension = file.extension();
    for folder in [folder.join("deps"), folder.to_owned()] {
        let files = fs::read_dir(folder).into_iter().flatten().flatten().map(|entry| entry.path());
        found.extend(files.filter(|other| {
            other != file
                && other.extension() == extension
                && fs::metadata(other).is_ok_and(|of| of.is_file() && of.len() == length)
                && are_same(file, other)
        }));
    }
    found
}

fn are_same(a: &Path, b: &Path) -> bool {
    #[cfg(unix)]
    {
        use std::os::unix::fs::MetadataExt;
        if let (Ok(a), Ok(b)) = (fs::metadata(a), fs::metadata(b))
            && (a.dev(), a.ino()) == (b.dev(), b.ino())
        {
            return true;
        }
    }
    have_same_bytes(a, b).unwrap_or(false)
}

/// Cargo copies where it cannot link.
fn have_same_bytes(a: &Path, b: &Path) -> std::io::Result<bool> {
    let (mut a, mut b) = (BufReader::new(File::open(a)?), BufReader::new(File::open(b)?));
    let (mut from_a, mut from_b) = (Vec::new(), Vec::new());
    loop {
        from_a.clear();
        from_b.clear();
        let length = a.by_ref().take(1 << 16).read_to_end(&mut from_a)?;
        b.by_ref().take(1 << 16).read_to_end(&mut from_b)?;
        if from_a != from_b {
            return Ok(false);
        }
        if length == 0 {
            return Ok(true);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_the_mir_of_what_was_built_is_found() {
        let folder = std::env::temp_dir().join(format!("pinsight-mir-{}", std::process::id()));
        let deps = folder.join("deps");
        fs::create_dir_all(&deps).unwrap();
        for (name, text) in [
            ("deps/app-01", "new program"),
            ("deps/app-01.mir", ""),
            // It has the same length, but is of another build.
            ("deps/app-02", "old program"),
            ("deps/app-02.mir", ""),
            ("deps/libcore-03.rlib", "library"),
            ("deps/core-03.mir", ""),
            // Copied, as on a file system without links.
            ("app", "new program"),
        ] {
            fs::write(folder.join(name), text).unwrap();
        }
        fs::hard_link(deps.join("libcore-03.rlib"), folder.join("libcore.rlib")).unwrap();
        let found = of(&[folder.join("app"), folder.join("libcore.rlib")]);
        assert_eq!(found, [deps.join("app-01.mir"), deps.join("core-03.mir")]);
        fs::remove_dir_all(folder).unwrap();
    }
}
