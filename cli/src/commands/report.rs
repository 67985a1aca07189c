//! `report`: one HTML page.

use std::process::ExitCode;

use anyhow::Result;

use super::{print, write_file};
use crate::arguments::Report;
use crate::program::Loaded;
use crate::report;

pub(super) fn run(loaded: &Loaded, arguments: &Report) -> Result<ExitCode> {
    let machines = loaded.machines();
    let page = report::page(&loaded.title, &machines, &loaded.program, &loaded.root());
    write_file(&arguments.output, &page)?;
    print(&format!("{} machines: {}", machines.len(), arguments.output.display()))?;
    Ok(ExitCode::SUCCESS)
}
