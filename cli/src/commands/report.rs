//! `report`: one HTML page.

use std::process::ExitCode;

use anyhow::Result;

use super::{print, write_file};
use crate::arguments::Report;
use crate::html;
use crate::program::Loaded;

pub(super) fn run(loaded: &Loaded, arguments: &Report) -> Result<ExitCode> {
    let machines = loaded.machines();
    let page = html::page(&loaded.title, &machines, &loaded.program, &loaded.root())?;
    write_file(&arguments.output, &page)?;
    print(&format!("{} machines: {}", machines.len(), arguments.output.display()))?;
    Ok(ExitCode::SUCCESS)
}
