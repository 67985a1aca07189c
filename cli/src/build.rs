//! Builds the chosen target in a way that can be read whole, and says where it and its MIR are.

use std::env;
use std::io::{BufRead, BufReader};
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use anyhow::{Context, Result, bail};
use pinsight_layout::Sources;
use serde::Deserialize;

use crate::Usage;
use crate::arguments::{Input, Output};
use crate::metadata::{Metadata, Package, Target, cargo};
use crate::wrapper;

/// Which of the targets is read.
pub(crate) struct Chosen<'m> {
    package: &'m Package,
    target: &'m Target,
    /// Cargo's flag for it.
    flag: Vec<String>,
}

impl Chosen<'_> {
    pub(crate) fn name(&self) -> &str {
        &self.target.name
    }
}

/// The one target that the flags mean. If there are several, the error lists the flags for each.
pub(crate) fn choose<'m>(metadata: &'m Metadata, input: &Input) -> Result<Chosen<'m>> {
    let kinds = [("bin", &input.bin), ("example", &input.example), ("test", &input.test), ("bench", &input.bench)];
    let asked = kinds.iter().find_map(|(kind, name)| name.as_ref().map(|name| (*kind, name.as_str())));
    let is_default = |package: &Package| {
        metadata.workspace_default_members.is_empty() || metadata.workspace_default_members.contains(&package.id)
    };
    let packages: Vec<&Package> = match &input.package {
        Some(name) => metadata.packages.iter().filter(|package| package.name == *name).collect(),
        // A named target is looked for everywhere, as cargo does for examples and the like.
        None if asked.is_some_and(|(_, name)| !name.is_empty()) => metadata.packages.iter().collect(),
        None => metadata.packages.iter().filter(|package| is_default(package)).collect(),
    };
    if let (Some(name), []) = (&input.package, &packages[..]) {
        let names: Vec<&str> = metadata.packages.iter().map(|package| &*package.name).collect();
        return Err(Usage::error(
            format!("no package `{name}` in the workspace"),
            format!("it has `{}`", names.join("`, `")),
        ));
    }
    let mut found = Vec::new();
    for package in packages {
        for target in &package.targets {
            let flag = match asked {
                _ if input.lib => target.is_library().then(|| vec!["--lib".to_owned()]),
                Some((kind, name)) => (target.is(kind) && (name.is_empty() || name == target.name))
                    .then(|| vec![format!("--{kind}"), target.name.clone()]),
                None if target.is("bin") => Some(vec!["--bin".to_owned(), target.name.clone()]),
                None if target.is_library() => Some(vec!["--lib".to_owned()]),
                None => None,
            };
            found.extend(flag.map(|flag| Chosen { package, target, flag }));
        }
    }
    // A package with one binary beside its library means the binary: it has all of the library that it uses.
    let is_free = asked.is_none() && !input.lib;
    let binaries = found.iter().filter(|chosen| chosen.target.is("bin")).count();
    if is_free && binaries == 1 {
        found.retain(|chosen| chosen.target.is("bin"));
    }
    let lines: Vec<String> =
        found.iter().map(|chosen| format!("  -p {} {}", chosen.package.name, chosen.flag.join(" "))).collect();
    match (found.pop(), found.is_empty()) {
        (Some(only), true) => Ok(only),
        (Some(_), false) => Err(Usage::error(
            "there are several targets, and one is read at a time".into(),
            format!("choose one:\n{}", lines.join("\n")),
        )),
        (None, _) => {
            let all: Vec<String> = metadata
                .packages
                .iter()
                .flat_map(|package| package.targets.iter().map(move |target| (package, target)))
                .filter(|(_, target)| !target.is("custom-build") && !target.is("proc-macro"))
                .map(|(package, target)| {
                    let kind = if target.is_library() {
                        "--lib".to_owned()
                    } else {
                        format!("--{} {}", target.kind[0], target.name)
                    };
                    format!("  -p {} {kind}", package.name)
                })
                .collect();
            Err(Usage::error("no such target".into(), format!("the workspace has:\n{}", all.join("\n"))))
        }
    }
}

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
    let settings = if input.all { "all" } else { "own" };
    let folder = input.target_dir.clone().unwrap_or_else(|| metadata.target_directory.join("pinsight")).join(settings);
    let mir_folder = folder.join("mir");
    std::fs::create_dir_all(&mir_folder).with_context(|| {
        format!("cannot make the folder `{}`\nhelp: choose another with `--target-dir`", mir_folder.display())
    })?;
    let own: Vec<&Path> = metadata.packages.iter().filter_map(|package| package.manifest_path.parent()).collect();

    let mut command = Command::new(cargo());
    command.arg("build").args(&chosen.flag).arg("-p").arg(&chosen.package.name);
    command.arg("--message-format=json-render-diagnostics").arg("--target-dir").arg(&folder).args(["--color", color]);
    command.args(build_flags(input)).args(manifest_flags(input));
    if output.quiet {
        command.arg("--quiet");
    }
    if output.verbose {
        command.arg("--verbose");
    }
    command.env("RUSTC_WRAPPER", env::current_exe().context("cannot find the own program")?);
    command.env(wrapper::INNER, env::var_os("RUSTC_WRAPPER").unwrap_or_default());
    command.env(
        wrapper::OWN_PACKAGES,
        env::join_paths(own).context("a package's folder has a separator of paths in its name")?,
    );
    command.env(wrapper::MIR_FOLDER, &mir_folder);
    if input.all {
        command.env(wrapper::ALL, "1");
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
        bail!("the build failed");
    }
    let Some(binary) = binary else { bail!("cargo built `{}` and did not say where it is", chosen.target.name) };
    Ok(Sources { mir: mir_files(&mir_folder, &files), binary })
}

/// The MIR of the crates that were built: a crate that was built with other features has left another file there.
fn mir_files(folder: &Path, built: &[PathBuf]) -> Vec<PathBuf> {
    let mut names: Vec<String> = Vec::new();
    for file in built {
        for twin in hard_links(file) {
            let stem = twin.file_stem().unwrap_or_default().to_string_lossy().into_owned();
            names.push(stem.strip_prefix("lib").unwrap_or(&stem).to_owned());
            names.push(stem);
        }
    }
    names.sort();
    names.dedup();
    names.iter().map(|name| folder.join(format!("{name}.mir"))).filter(|path| path.exists()).collect()
}

/// Cargo links what it built from `deps`, where names have a hash, to the place where the user looks for it.
#[cfg(unix)]
fn hard_links(file: &Path) -> Vec<PathBuf> {
    use std::os::unix::fs::MetadataExt;

    let mut links = vec![file.to_owned()];
    let Ok(metadata) = std::fs::metadata(file) else { return links };
    let Some(parent) = file.parent() else { return links };
    let deps = if parent.ends_with("examples") { parent.to_owned() } else { parent.join("deps") };
    for entry in std::fs::read_dir(deps).into_iter().flatten().flatten() {
        if entry.metadata().is_ok_and(|other| other.ino() == metadata.ino() && other.dev() == metadata.dev()) {
            links.push(entry.path());
        }
    }
    links
}

#[cfg(not(unix))]
fn hard_links(file: &Path) -> Vec<PathBuf> {
    vec![file.to_owned()]
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

pub(crate) fn manifest_flags(input: &Input) -> Vec<String> {
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
