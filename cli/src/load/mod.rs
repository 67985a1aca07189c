//! From the flags to the machines.

pub(crate) mod build;
pub(crate) mod find;
pub(crate) mod json;
pub(crate) mod metadata;
mod mir;
pub(crate) mod rustc_wrapper;
pub(crate) mod target;

use std::path::Path;

use anyhow::{Context, Result, bail};
use indicatif::{ProgressBar, ProgressStyle};
use pinsight_layout::{Error, Program, Sources};
use pinsight_machine::Machine;

use metadata::Metadata;

use crate::arguments::{Input, Output};
use crate::error::Failure;
use crate::terminal;

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

    /// The instances of the machine that the path means. Who names a machine of a dependency means it, though it is not listed.
    pub(crate) fn find(&self, path: &str) -> Result<Vec<&Machine>> {
        find::find(&self.machines(), &self.program.machines.iter().collect::<Vec<_>>(), path)
    }

    fn is_own(&self, machine: &Machine) -> bool {
        let Some(own) = &self.own else { return true };
        let name = machine.id.split("::").next().unwrap_or_default();
        own.iter().any(|own| own == name)
    }

    /// The folder that locations are shown relative to.
    pub(crate) fn root(&self) -> String {
        let root = self.metadata.as_ref().map(|metadata| metadata.workspace_root.clone());
        let root = root.or_else(|| std::env::current_dir().ok()).unwrap_or_default();
        root.display().to_string()
    }
}

pub(crate) fn load(input: &Input, output: &Output, color: &str) -> Result<Loaded> {
    if let Some(binary) = &input.binary {
        let title = binary.file_name().unwrap_or_default().to_string_lossy().into_owned();
        return Ok(Loaded { program: read_file(binary, input, output)?, own: None, metadata: None, title });
    }
    let metadata = metadata::read(input, color)?;
    let chosen = target::choose(&metadata, input)?;
    let sources = build::build(&metadata, &chosen, input, output, color)?;
    // What was built here has debug info. If it has no types, no code was made: of generics only, or of nothing at all.
    let program = match read(&sources, output) {
        Err(Error::NoDebugInfo { .. }) => Program::default(),
        result => explain(result)?,
    };
    let own = (!input.all).then(|| metadata.own_crates());
    let title = chosen.name().to_owned();
    Ok(Loaded { program, own, metadata: Some(metadata), title })
}

/// A binary, or JSON that a command printed.
pub(crate) fn read_file(path: &Path, input: &Input, output: &Output) -> Result<Program> {
    if path.extension().is_some_and(|extension| extension == "json") {
        let shown = path.display();
        let text = std::fs::read_to_string(path).with_context(|| {
            let help = "save there what `cargo pinsight list --message-format json` prints";
            Failure::new(format!("cannot read `{shown}`"), help)
        })?;
        return json::read(&text).with_context(|| {
            let help = "save anew what a command prints with `--message-format json`";
            Failure::new(format!("cannot use `{shown}`"), help)
        });
    }
    if let Some(missing) = input.mir.iter().find(|path| !path.exists()) {
        let help = "give `--mir` a file that `--emit=mir` wrote, or a folder of them";
        bail!(Failure::new(format!("there is no `{}`", missing.display()), help));
    }
    explain(read(&Sources { binary: path.to_owned(), mir: input.mir.clone() }, output))
}

/// Says what to do where the reader cannot know it.
fn explain(result: Result<Program, Error>) -> Result<Program> {
    match result {
        Err(error @ Error::Unreadable { .. }) => {
            let help = "name an executable, object or library, or JSON that a command of `cargo pinsight` printed";
            bail!(Failure::new(error.to_string(), help))
        }
        Err(error) => bail!("{error}"),
        Ok(program) => Ok(program),
    }
}

fn read(sources: &Sources, output: &Output) -> Result<Program, Error> {
    let bar = if terminal::shows_progress(output.quiet) {
        let style = ProgressStyle::with_template("{prefix:>12.green.bold} [{bar:27}] {bytes}/{total_bytes}")
            .map(|style| style.progress_chars("=> "))
            .unwrap_or_else(|_| ProgressStyle::default_bar());
        ProgressBar::new(0).with_style(style).with_prefix("Reading")
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
    result
}
