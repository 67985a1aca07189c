//! The generated workspaces: one for each library, with one crate whose source is rewritten before each measurement.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use crate::Result;
use crate::child;
use crate::kinds::Kind;
use crate::library::Library;
use crate::shapes::Shape;
use crate::source;

/// The generated crate, named so that it shares its name with no library.
pub(crate) const PACKAGE: &str = "measured";

/// The target folder of whatever checks the crate.
pub(crate) const CHECK: &str = "target-check";

pub(crate) struct Scratch {
    root: PathBuf,
    rustc: PathBuf,
    /// Whether the derive makes `project_ref` only for those who ask for it.
    asks: bool,
}

impl Scratch {
    /// Workspaces for the libraries of these kinds; `pinsight` is the folder of the checkout to measure.
    pub(crate) fn new(kinds: &[Kind], pinsight: &Path) -> Result<Self> {
        // Beside the profile's folder, so inside whichever target folder this was built in.
        let target = std::env::current_exe()?;
        let target = target.ancestors().nth(2).ok_or("this program is not in a target folder")?;
        // Two runs at once disturb each other's clock, but not each other's files. As paths are part of what the
        // compiler works through, all have the same length.
        let root = target.join(format!("pinsight-cost-{:010}", std::process::id()));
        let mut scratch = Self { root, rustc: child::rustc()?, asks: false };
        let mut libraries: Vec<_> = kinds.iter().map(|kind| kind.library()).collect();
        // Whatever is measured by the clock is compared with code that needs no library.
        libraries.push(Library::None);
        libraries.sort_unstable();
        libraries.dedup();
        for library in libraries {
            scratch.write_workspace(library, pinsight)?;
        }
        if kinds.contains(&Kind::DeriveRef) {
            scratch.asks = scratch.has_to_ask()?;
        }
        Ok(scratch)
    }

    fn write_workspace(&self, library: Library, pinsight: &Path) -> Result<()> {
        let folder = self.folder(library);
        fs::create_dir_all(folder.join("src"))?;
        let dependency = library.dependency(pinsight);
        let manifest = format!(
            "[package]\nname = \"{PACKAGE}\"\nversion = \"0.0.0\"\nedition = \"2021\"\n\n[dependencies]\n{dependency}\n\n\
             [workspace]\nresolver = \"3\"\n"
        );
        fs::write(folder.join("Cargo.toml"), manifest)?;
        fs::write(folder.join("src/lib.rs"), "//! Generated.\n")?;
        // With a lock file there is nothing to ask a registry.
        match library.lock() {
            Some(lock) => fs::write(folder.join("Cargo.lock"), lock)?,
            None if library == Library::Pinsight => {
                fs::copy(pinsight.join("Cargo.lock"), folder.join("Cargo.lock"))?;
            }
            None => {}
        }
        child::run(child::cargo(&self.rustc).arg("fetch").current_dir(&folder))?;
        Ok(())
    }

    /// Tries it: a derive either takes the argument or makes both methods without it.
    fn has_to_ask(&self) -> Result<bool> {
        let checks = |asks| -> Result<()> {
            fs::write(self.folder(Library::Pinsight).join("src/lib.rs"), source::probe(asks))?;
            child::run(&mut self.cargo(Library::Pinsight, "check", CHECK)).map(drop)
        };
        match checks(true) {
            Ok(()) => Ok(true),
            Err(_) => checks(false).map(|()| false),
        }
    }

    /// What `derive-ref` is, for the tables.
    pub(crate) fn describe_project_ref(&self) -> &'static str {
        if self.asks {
            "`project_ref` is made for `#[pin(project_ref)]`."
        } else {
            "This derive makes `project_ref` for every type, so with it is the same as without."
        }
    }

    pub(crate) fn folder(&self, library: Library) -> PathBuf {
        self.root.join(library.title().replace(' ', "-"))
    }

    pub(crate) fn rustc(&self) -> &Path {
        &self.rustc
    }

    /// All folders are in this one, and so is every macro that was built for a measurement.
    pub(crate) fn root(&self) -> &Path {
        &self.root
    }

    pub(crate) fn source(&self, kind: Kind, shape: Shape, types: usize) -> String {
        source::of(kind, shape, types, self.asks)
    }

    /// Writes the crate of the kind anew, so that it is stale; `round` makes each text different.
    pub(crate) fn write_source(&self, kind: Kind, types: usize, round: usize) -> Result<()> {
        let source = format!("{}\n// Round {round}.\n", self.source(kind, Shape::Four, types));
        fs::write(self.folder(kind.library()).join("src/lib.rs"), source)?;
        Ok(())
    }

    /// A cargo subcommand in a workspace, which never asks a registry.
    pub(crate) fn cargo(&self, library: Library, subcommand: &str, target: &str) -> Command {
        let mut command = child::cargo(&self.rustc);
        command.args([subcommand, "--offline", "--target-dir", target]).current_dir(self.folder(library));
        command
    }

    /// Removes a target folder of a workspace, or a part of it.
    pub(crate) fn remove(&self, library: Library, folder: &str) -> Result<()> {
        match fs::remove_dir_all(self.folder(library).join(folder)) {
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
