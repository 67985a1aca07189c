//! The generated workspace: one crate for each kind, whose source is rewritten before each measurement.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use crate::Result;
use crate::child::{self, cargo};
use crate::kinds::Kind;

pub(crate) struct Scratch {
    root: PathBuf,
}

impl Scratch {
    pub(crate) fn new(kinds: &[Kind]) -> Result<Self> {
        // Beside the profile's folder, so inside whichever target folder this was built in.
        let root = std::env::current_exe()?
            .ancestors()
            .nth(2)
            .ok_or("this program is not in a target folder")?
            // Two runs at once disturb each other's figures, but not each other's files.
            .join(format!("pinsight-cost-{}", std::process::id()));
        let project = Path::new(env!("CARGO_MANIFEST_DIR")).parent().ok_or("this package is in no project")?;
        let scratch = Self { root };
        scratch.write_manifests(kinds, project)?;
        // The project's lock file already names the peers and all that they need: the same versions each time, and
        // nothing to ask a registry.
        fs::copy(project.join("Cargo.lock"), scratch.root.join("Cargo.lock"))?;
        for kind in kinds {
            scratch.write_source(*kind, 1, 0)?;
        }
        child::run(cargo().arg("fetch").current_dir(&scratch.root))?;
        Ok(scratch)
    }

    fn write_manifests(&self, kinds: &[Kind], project: &Path) -> Result<()> {
        let members: Vec<_> = kinds.iter().map(|kind| kind.slug()).collect();
        fs::create_dir_all(&self.root)?;
        fs::write(self.root.join("Cargo.toml"), format!("[workspace]\nresolver = \"3\"\nmembers = {members:?}\n"))?;
        for kind in kinds {
            let dependency = match kind.library() {
                None => String::new(),
                Some("pin-project") => "pin-project = \"=1.1.13\"".to_owned(),
                Some("pin-project-lite") => "pin-project-lite = \"=0.2.18\"".to_owned(),
                // A literal string, as a path may contain backslashes.
                Some(ours) => format!("{ours} = {{ path = '{}' }}", project.display()),
            };
            let folder = self.root.join(kind.slug());
            fs::create_dir_all(folder.join("src"))?;
            fs::write(
                folder.join("Cargo.toml"),
                format!(
                    "[package]\nname = \"{}\"\nversion = \"0.0.0\"\nedition = \"2021\"\n\n[dependencies]\n{dependency}\n",
                    package(*kind)
                ),
            )?;
        }
        Ok(())
    }

    /// Writes the crate anew, so that it is stale; `round` makes each text different.
    pub(crate) fn write_source(&self, kind: Kind, types: usize, round: usize) -> Result<()> {
        let source = format!("{}\n// Round {round}.\n", kind.source(types));
        fs::write(self.root.join(kind.slug()).join("src/lib.rs"), source)?;
        Ok(())
    }

    /// A cargo subcommand in the workspace, which never asks a registry.
    pub(crate) fn cargo(&self, subcommand: &str, target: &str) -> Command {
        let mut command = cargo();
        command.args([subcommand, "--offline", "--target-dir", target]).current_dir(&self.root);
        command
    }

    /// Removes a target folder of the workspace, or a part of it.
    pub(crate) fn remove(&self, folder: &str) -> Result<()> {
        match fs::remove_dir_all(self.root.join(folder)) {
            Err(error) if error.kind() != std::io::ErrorKind::NotFound => Err(error.into()),
            _ => Ok(()),
        }
    }
}

impl Drop for Scratch {
    fn drop(&mut self) {
        // What is left behind is in a target folder, so a failure needs no word.
        let _ = fs::remove_dir_all(&self.root);
    }
}

/// Named so that no generated package shares its name with the library that it measures.
pub(crate) fn package(kind: Kind) -> String {
    format!("measured-{}", kind.slug())
}
