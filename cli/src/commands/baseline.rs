//! `baseline`: writes down how large the machines are.

use std::process::ExitCode;

use anyhow::Result;

use super::{print_written, write_file};
use crate::arguments::{Baseline, Output};
use crate::budget::BaselineFile;
use crate::load::Loaded;

pub(super) fn run(loaded: &Loaded, arguments: &Baseline, output: &Output) -> Result<ExitCode> {
    let baseline = BaselineFile::of(&loaded.machines());
    write_file(&arguments.output, &baseline.text()?)?;
    print_written(&arguments.output, baseline.len(), output)?;
    Ok(ExitCode::SUCCESS)
}
