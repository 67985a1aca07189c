//! Builds the chosen target in a way that can be read whole, and says where it and its MIR are.

use std::env;
use std::hash::{DefaultHasher, Hash, Hasher};
use std::io::{BufRead, BufReader};
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use anyhow::{Context, Result, bail};
use pinsight_layout::Sources;
use serde::Deserialize;

use super::metadata::{Metadata, cargo, manifest_flags};
use super::target::Chosen;
use super::{mir, rustc_wrapper};
use crate::arguments::{Input, Output};
use crate::error::Failure;

#[derive(Deserialize)]
struct Message {
    reason: String,
    #[serde(default)]
    package_id: String,
    target: Option<MessageTarget>,
    #[serde(default)]
    filenames: Vec<PathBuf>,
    executable: Option<PathBuf>,
}

#[derive(Deserialize)]
struct MessageTarget {
    name: String,
    kind: Vec<String>,
}

pub(crate) fn build(
    metadata: &Metadata,
    chosen: &Chosen<'_>,
    input: &Input,
    output: &Output,
    color: &str,
) -> Result<Sources> {
    let own: Vec<&Path> = metadata.packages.iter().filter_map(|package| package.manifest_path.parent()).collect();
    let folder = input.target_dir.clone().unwrap_or_else(|| metadata.target_directory.join("pinsight"));
    let folder = folder.join(settings_name(&own, input.all));
    std::fs::create_dir_all(&folder).with_context(|| {
        Failure::new(format!("cannot make the folder `{}`", folder.display()), "choose another with `--target-dir`")
    })?;

    let mut command = Command::new(cargo());
    command.arg("build").args(chosen.flags());
    command.arg("--message-format=json-render-diagnostics").arg("--target-dir").arg(&folder).args(["--color", color]);
    command.args(build_flags(input)).args(manifest_flags(input));
    if output.quiet {
        command.arg("--quiet");
    }
    if output.verbose {
        command.arg("--verbose");
    }
    command.env("RUSTC_WRAPPER", env::current_exe().context("cannot find the own program")?);
    command.env(rustc_wrapper::INNER, env::var_os("RUSTC_WRAPPER").unwrap_or_default());
    command.env(
        rustc_wrapper::OWN_PACKAGES,
        env::join_paths(own)
            .context(Failure::new("a package's folder has a separator of paths in its name", "move the package"))?,
    );
    if input.all {
        command.env(rustc_wrapper::ALL, "1");
    }
    command.env("CARGO_INCREMENTAL", "0");
    let mut child = command.stdout(Stdio::piped()).spawn().context("cannot start cargo")?;
    let mut files = Vec::new();
    let mut binary = None;
    for line in BufReader::new(child.stdout.take().context("cargo has no output")?).lines() {
        let line = line.context("cannot read the output of cargo")?;
        let Ok(message) = serde_json::from_str::<Message>(&line) else { continue };
        let Some(target) = message.target.filter(|_| message.reason == "compiler-artifact") else { continue };
        if !metadata.packages.iter().any(|package| package.id == message.package_id) {
            continue;
        }
        files.extend(message.executable.iter().chain(&message.filenames).cloned());
        if message.package_id == chosen.package.id
            && target.name == chosen.target.name
            && target.kind == chosen.target.kind
        {
            let library = message.filenames.iter().find(|file| {
                file.extension().is_some_and(|extension| {
                    extension == "rlib" || extension == "so" || extension == "dylib" || extension == "a"
                })
            });
            binary = message.executable.or_else(|| library.cloned());
        }
    }
    if !child.wait().context("cannot wait for cargo")?.success() {
        bail!(Failure::new("the build failed", "mend what cargo reports above, or choose another target"));
    }
    let Some(binary) = binary else {
        bail!(Failure::new(
            format!("cargo built `{}` and did not say where it is", chosen.target.name),
            "find the file, and read it with `--binary`",
        ));
    };
    Ok(Sources { mir: mir::of(&files), binary })
}

/// What is added to the settings of a build is not part of what cargo looks at when it decides whether something has to be
/// built again. A folder for each set of them keeps what was built with others from being taken for this.
fn settings_name(own: &[&Path], all: bool) -> String {
    let mut hasher = DefaultHasher::new();
    (env!("CARGO_PKG_VERSION"), rustc_wrapper::REVISION, own).hash(&mut hasher);
    format!("{}-{:08x}", if all { "all" } else { "own" }, hasher.finish() as u32)
}

fn build_flags(input: &Input) -> Vec<String> {
    let mut flags = Vec::new();
    for features in &input.features {
        flags.extend(["--features".to_owned(), features.clone()]);
    }
    let switches = [
        (input.all_features, "--all-features"),
        (input.no_default_features, "--no-default-features"),
        (input.release, "--release"),
    ];
    flags.extend(switches.iter().filter(|(on, _)| *on).map(|(_, flag)| (*flag).to_owned()));
    for (flag, value) in [("--profile", &input.profile), ("--target", &input.target), ("--jobs", &input.jobs)] {
        if let Some(value) = value {
            flags.extend([flag.to_owned(), value.clone()]);
        }
    }
    flags
}
