//! Reads the budgets, and says of every mistake where it is and what to write.

mod read;
#[cfg(test)]
mod tests;

use std::fmt;
use std::path::Path;

use anyhow::{Context, Result};
use pinsight_machine::Location;

use super::size::{Growth, Size};

use crate::error::Failure;

/// What is checked.
#[derive(Debug, Default)]
pub(crate) struct Config {
    /// In order: the last one that fits a machine and sets a limit decides.
    pub(crate) budget: Vec<Budget>,
}

/// One `[[budget]]`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Budget {
    pub(crate) path: String,
    pub(crate) max_size: Option<Size>,
    pub(crate) self_references: Option<SelfReferences>,
    pub(crate) max_growth: Option<Growth>,
    /// Where its `path` is written.
    pub(crate) location: Location,
}

/// Whether a machine may certainly hold a reference into itself.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum SelfReferences {
    Allow,
    Deny,
}

/// What is wrong with a configuration: every mistake, in order.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Mistakes(Vec<Mistake>);

/// One mistake.
#[derive(Debug, PartialEq, Eq)]
struct Mistake {
    message: String,
    location: Location,
    help: String,
}

impl fmt::Display for Mistakes {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (index, Mistake { message, location, help }) in self.0.iter().enumerate() {
            let before = if index == 0 { "" } else { "\nerror: " };
            write!(f, "{before}{message}\n --> {location}\nhelp: {help}")?;
        }
        Ok(())
    }
}

impl std::error::Error for Mistakes {}

impl Config {
    /// The budgets of a workspace: of its manifest, of `pinsight.toml`, and of the manifests of its packages.
    ///
    /// # Errors
    ///
    /// If a file cannot be read, or with the [`Mistakes`] in what it says.
    pub(crate) fn of_workspace(root: &Path, manifests: &[&Path]) -> Result<Self> {
        let mut config = Config::default();
        let mut mistakes = Vec::new();
        let (own, file) = (root.join("Cargo.toml"), root.join("pinsight.toml"));
        let mut take = |path: &Path| -> Result<()> {
            let text = std::fs::read_to_string(path).with_context(|| {
                Failure::new(format!("cannot read `{}`", path.display()), "make it a readable text file")
            })?;
            let shown = path.strip_prefix(root).unwrap_or(path).display().to_string();
            read::read(&text, &shown, path != file, &mut config.budget, &mut mistakes);
            Ok(())
        };
        for path in [&*own, &*file] {
            if path.exists() {
                take(path)?;
            }
        }
        for path in manifests.iter().filter(|path| **path != own) {
            take(path)?;
        }
        if mistakes.is_empty() { Ok(config) } else { Err(Mistakes(mistakes).into()) }
    }

    /// The text of a `pinsight.toml`, or of a manifest.
    #[cfg(test)]
    pub(super) fn parse(text: &str, file: &str) -> Result<Self, Mistakes> {
        let (mut config, mut mistakes) = (Config::default(), Vec::new());
        read::read(text, file, file.ends_with("Cargo.toml"), &mut config.budget, &mut mistakes);
        if mistakes.is_empty() { Ok(config) } else { Err(Mistakes(mistakes)) }
    }
}
