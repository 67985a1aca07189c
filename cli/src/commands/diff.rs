//! `diff`: two programs, or one at two times.

use std::process::ExitCode;

use anyhow::Result;

use super::print;
use crate::arguments::{Diff, Input, MessageFormat, Output};
use crate::diff;
use crate::load;

pub(super) fn run(arguments: &Diff, input: &Input, output: &Output) -> Result<ExitCode> {
    let old = load::read_file(&arguments.old, input, output)?;
    let new = load::read_file(&arguments.new, input, output)?;
    let diff = diff::between(&old.machines, &new.machines);
    print(&match output.message_format {
        MessageFormat::Json => serde_json::to_string_pretty(&diff::json(&diff))?,
        MessageFormat::Short => diff::short(&diff),
        _ => diff::human(&diff, output.verbose),
    })?;
    Ok(ExitCode::SUCCESS)
}
