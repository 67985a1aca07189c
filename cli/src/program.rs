//! From the flags to the machines.

use std::path::Path;

use anyhow::{Context, Result, anyhow};
use indicatif::{ProgressBar, ProgressStyle};
use pinsight_layout::{Program, Sources};
use pinsight_machine::Machine;

use crate::arguments::{Input, Output};
use crate::metadata::Metadata;
use crate::{build, document, metadata, terminal};

/// What is shown, and where it belongs.
pub(crate) struct Loaded {
    pub(crate) program: Program,
    /// The crates of the workspace; none: all crates are shown.
    own: Option<Vec<String>>,
    pub(crate) metadata: Option<Metadata>,
    /// What was read: the name of the target or of the file.
    pub(crate) title: String,
}

impl Loaded {
    /// The machines that are asked for: the workspace's own, or all.
    pub(crate) fn machines(&self) -> Vec<&Machine> {
        self.program.machines.iter().filter(|machine| self.is_own(machine)).collect()
    }

    fn is_own(&self, machine: &Machine) -> bool {
        let Some(own) = &self.own else { return true };
        let name = machine.id.split("::").next().unwrap_or_default();
        own.iter().any(|own| own == name)
    }

    /// The folder that places are shown relative to, with a slash at its end.
    pub(crate) fn root(&self) -> String {
        let root = self.metadata.as_ref().map(|metadata| metadata.workspace_root.clone());
        let root = root.or_else(|| std::env::current_dir().ok()).unwrap_or_default();
        format!("{}/", root.display())
    }
}

pub(crate) fn load(input: &Input, output: &Output, color: &str) -> Result<Loaded> {
    if let Some(binary) = &input.binary {
        let title = binary.file_name().unwrap_or_default().to_string_lossy().into_owned();
        return Ok(Loaded { program: read_file(binary, input, output)?, own: None, metadata: None, title });
    }
    let metadata = metadata::read(&build::manifest_flags(input))?;
    let chosen = build::choose(&metadata, input)?;
    let sources = build::build(&metadata, &chosen, input, output, color)?;
    let program = read(&sources, output)?;
    let own = (!input.all).then(|| metadata.own_crates());
    let title = chosen.name().to_owned();
    Ok(Loaded { program, own, metadata: Some(metadata), title })
}

/// A binary, or JSON that a command printed.
pub(crate) fn read_file(path: &Path, input: &Input, output: &Output) -> Result<Program> {
    if path.extension().is_some_and(|extension| extension == "json") {
        let text = std::fs::read_to_string(path).with_context(|| format!("cannot read `{}`", path.display()))?;
        return document::read(&text).with_context(|| format!("cannot use `{}`", path.display()));
    }
    read(&Sources { binary: path.to_owned(), mir: input.mir.clone() }, output)
}

fn read(sources: &Sources, output: &Output) -> Result<Program> {
    let bar = if terminal::shows_progress(output.quiet) {
        let style = ProgressStyle::with_template("{prefix:>12.green.bold} [{bar:27}] {bytes}/{total_bytes}")?;
        ProgressBar::new(0).with_style(style.progress_chars("=> ")).with_prefix("Reading")
    } else {
        ProgressBar::hidden()
    };
    let result = pinsight_layout::read(sources, &|done, total| {
        // Small files are read before a bar could be seen.
        if total > 8 << 20 {
            bar.set_length(total);
            bar.set_position(done);
        }
    });
    bar.finish_and_clear();
    result.map_err(|error| anyhow!("{error}"))
}
