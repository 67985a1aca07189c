//! What cargo says of the workspace: a few of the fields of `cargo metadata`.

use std::path::PathBuf;
use std::process::{Command, Stdio};

use anyhow::{Context, Result, bail};
use serde::Deserialize;

#[derive(Deserialize)]
pub(crate) struct Metadata {
    pub(crate) packages: Vec<Package>,
    pub(crate) target_directory: PathBuf,
    pub(crate) workspace_root: PathBuf,
    #[serde(default)]
    pub(crate) workspace_default_members: Vec<String>,
}

#[derive(Deserialize)]
pub(crate) struct Package {
    pub(crate) id: String,
    pub(crate) name: String,
    pub(crate) manifest_path: PathBuf,
    pub(crate) targets: Vec<Target>,
}

#[derive(Deserialize)]
pub(crate) struct Target {
    pub(crate) name: String,
    pub(crate) kind: Vec<String>,
    /// Its first file.
    #[serde(default)]
    pub(crate) src_path: PathBuf,
    #[serde(default)]
    pub(crate) edition: String,
}

impl Target {
    pub(crate) fn is_library(&self) -> bool {
        self.kind.iter().any(|kind| matches!(kind.as_str(), "lib" | "rlib" | "dylib" | "cdylib" | "staticlib"))
    }

    pub(crate) fn is(&self, kind: &str) -> bool {
        self.kind.iter().any(|own| own == kind)
    }

    /// As it is called in paths.
    pub(crate) fn crate_name(&self) -> String {
        self.name.replace('-', "_")
    }
}

/// Runs `cargo metadata` without its dependencies.
pub(crate) fn read(flags: &[String]) -> Result<Metadata> {
    let mut command = Command::new(cargo());
    command.args(["metadata", "--no-deps", "--format-version", "1"]).args(flags).stderr(Stdio::inherit());
    let output = command.output().context("cannot start cargo")?;
    if !output.status.success() {
        bail!("`cargo metadata` failed\nhelp: run it in a package, or name one with `--manifest-path`");
    }
    serde_json::from_slice(&output.stdout).context("cannot read the output of `cargo metadata`")
}

pub(crate) fn cargo() -> std::ffi::OsString {
    std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into())
}

impl Metadata {
    /// The names, as they begin paths, of the crates of all packages of the workspace.
    pub(crate) fn own_crates(&self) -> Vec<String> {
        let mut crates: Vec<String> =
            self.packages.iter().flat_map(|package| &package.targets).map(Target::crate_name).collect();
        crates.sort();
        crates.dedup();
        crates
    }
}
