//! The sources of a package, as cargo names them.

use std::path::{Path, PathBuf};

use anyhow::Result;
use pinsight_lowering::Edition;

use super::{SourceFile, Sources, edition, files};
use crate::arguments::Input;
use crate::error::Usage;
use crate::load::metadata;
use crate::load::target::{self, Chosen};

/// The files of all targets of the packages that the flags mean, or of the one target that they name. They are found by the
/// names of folders: which of them a crate declares as its modules only a build knows.
pub(super) fn sources(input: &Input, edition: Option<Edition>, color: &str) -> Result<Sources> {
    let metadata = metadata::read(input, color)?;
    let chosen = target::choose_sources(&metadata, input)?;
    let mut files: Vec<SourceFile> = Vec::new();
    // First the files that begin crates, so that none of them is taken for a module of another.
    for target in &chosen {
        add(&mut files, &target.target.src_path, target, edition, target.target.crate_name());
    }
    for target in &chosen {
        let roots: Vec<PathBuf> = target.package.targets.iter().map(|target| target.src_path.clone()).collect();
        for (folder, path) in modules(target, &roots) {
            if !roots.contains(&path) {
                let module = files::module(&path, &folder, &target.target.crate_name());
                add(&mut files, &path, target, edition, module);
            }
        }
    }
    if files.is_empty() {
        return Err(Usage::error("the package has no targets", "name a file of Rust source"));
    }
    files.sort_by(|one, other| one.path.cmp(&other.path));
    Ok(Sources {
        definitions: Vec::new(),
        files,
        path: None,
        root: metadata.workspace_root.display().to_string(),
        title: "the package".to_owned(),
    })
}

/// A file that several crates have as a module belongs to the first.
fn add(files: &mut Vec<SourceFile>, path: &Path, target: &Chosen<'_>, edition: Option<Edition>, module: String) {
    if files.iter().all(|file| file.path != path) {
        let edition = edition.unwrap_or_else(|| edition::named(&target.target.edition));
        files.push(SourceFile { path: path.to_owned(), edition, module });
    }
}

/// The files of the modules of a target, each with the folder in which the modules of its crate are.
fn modules(target: &Chosen<'_>, roots: &[PathBuf]) -> Vec<(PathBuf, PathBuf)> {
    let root = &target.target.src_path;
    let Some(folder) = root.parent() else { return Vec::new() };
    let has_own_folder = root.file_name().is_some_and(|name| name == "lib.rs" || name == "main.rs");
    let files = files::below(folder, roots);
    let is_module = |file: &PathBuf| {
        // Beside a program in a file of its own there are others, and the folders of modules that they share.
        has_own_folder || file.strip_prefix(folder).is_ok_and(|inside| shares(folder, inside))
    };
    files.into_iter().filter(is_module).map(|file| (folder.to_owned(), file)).collect()
}

/// Whether a file is in a folder that is a module itself: `tests/common/mod.rs`.
fn shares(folder: &Path, inside: &Path) -> bool {
    inside.components().count() > 1
        && inside.components().next().is_some_and(|first| folder.join(first).join("mod.rs").is_file())
}
