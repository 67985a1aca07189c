//! `advice`: what would make machines smaller.

use std::process::ExitCode;

use anyhow::Result;

use super::print;
use crate::arguments::{MessageFormat, OnePath, Output};
use crate::load::Loaded;
use crate::{advice, terminal};

pub(super) fn run(loaded: &Loaded, arguments: &OnePath, output: &Output) -> Result<ExitCode> {
    let machines = match &arguments.path {
        Some(path) => loaded.find(path)?,
        None => loaded.machines(),
    };
    let survey = advice::survey(&machines);
    print(&match output.message_format {
        MessageFormat::Json => serde_json::to_string_pretty(&advice::json(&survey))?,
        MessageFormat::Short => advice::short(&survey, &loaded.root()),
        _ => advice::human(&survey, &loaded.root(), terminal::has_color()),
    })?;
    Ok(ExitCode::SUCCESS)
}
