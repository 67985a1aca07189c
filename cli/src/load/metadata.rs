//! What cargo says of the workspace: a few of the fields of `cargo metadata`.

use std::path::PathBuf;
use std::process::{Command, Stdio};

use anyhow::{Context, Result, bail};
use serde::Deserialize;

use crate::arguments::Input;
use crate::error::Failure;

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

/// Runs `cargo metadata` for the workspace that the flags mean, without its dependencies.
pub(crate) fn read(input: &Input, color: &str) -> Result<Metadata> {
    let mut command = Command::new(cargo());
    command.args(["metadata", "--no-deps", "--format-version", "1"]).args(manifest_flags(input));
    command.args(["--color", color]).stderr(Stdio::inherit());
    let output = command.output().context("cannot start cargo")?;
    if !output.status.success() {
        bail!(Failure::new("`cargo metadata` failed", "run it in a package, or name one with `--manifest-path`"));
    }
    serde_json::from_slice(&output.stdout).context("cannot read the output of `cargo metadata`")
}

/// Those of cargo's flags that say which workspace is meant, and how cargo may find its dependencies.
pub(super) fn manifest_flags(input: &Input) -> Vec<String> {
    let mut flags = Vec::new();
    if let Some(path) = &input.manifest_path {
        flags.extend(["--manifest-path".to_owned(), path.to_string_lossy().into_owned()]);
    }
    let switches = [(input.locked, "--locked"), (input.offline, "--offline"), (input.frozen, "--frozen")];
    flags.extend(switches.iter().filter(|(on, _)| *on).map(|(_, flag)| (*flag).to_owned()));
    for config in &input.config {
        flags.extend(["--config".to_owned(), config.clone()]);
    }
    for flag in &input.unstable {
        flags.extend(["-Z".to_owned(), flag.clone()]);
    }
    flags
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
