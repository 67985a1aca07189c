//! `report`: one HTML page.

use std::process::ExitCode;

use anyhow::Result;

use super::{print_written, write_file};
use crate::arguments::{Output, Report};
use crate::load::Loaded;
use crate::report;

pub(super) fn run(loaded: &Loaded, arguments: &Report, output: &Output) -> Result<ExitCode> {
    let machines = loaded.machines();
    let page = report::page(&loaded.title, &machines, &loaded.program, &loaded.root());
    write_file(&arguments.output, &page)?;
    print_written(&arguments.output, machines.len(), output)?;
    Ok(ExitCode::SUCCESS)
}
