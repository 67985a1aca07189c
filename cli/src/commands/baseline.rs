//! `baseline`: writes down how large the machines are.

use std::process::ExitCode;

use anyhow::Result;

use super::{print, write_file};
use crate::arguments::Baseline;
use crate::budget::BaselineFile;
use crate::program::Loaded;

pub(super) fn run(loaded: &Loaded, arguments: &Baseline) -> Result<ExitCode> {
    let baseline = BaselineFile::of(&loaded.machines());
    write_file(&arguments.output, &baseline.text()?)?;
    print(&format!("{} machines: {}", baseline.len(), arguments.output.display()))?;
    Ok(ExitCode::SUCCESS)
}
