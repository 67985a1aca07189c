//! `check`: the budgets.

use std::path::Path;
use std::process::ExitCode;

use anyhow::Result;

use super::print;
use crate::arguments::{Check, MessageFormat, Output};
use crate::budget::{self, BaselineFile, Config};
use crate::error::Usage;
use crate::load::Loaded;
use crate::terminal;

pub(super) fn run(loaded: &Loaded, arguments: &Check, output: &Output) -> Result<ExitCode> {
    let root = loaded.root();
    let manifests: Vec<&Path> =
        loaded.metadata.iter().flat_map(|metadata| &metadata.packages).map(|package| &*package.manifest_path).collect();
    let config = Config::of_workspace(Path::new(&root), &manifests)?;
    if config.budget.is_empty() {
        return Err(Usage::error(
            "there are no budgets",
            "write some in `pinsight.toml`:\n  [[budget]]\n  path = \"my_crate::*\"\n  max-size = \"4 KiB\"",
        ));
    }
    let baseline = if arguments.baseline.exists() {
        Some(BaselineFile::read(&arguments.baseline)?)
    } else if config.budget.iter().any(|budget| budget.max_growth.is_some()) {
        return Err(Usage::error(
            format!("there is no baseline `{}`, and a budget has `max-growth`", arguments.baseline.display()),
            "write it with `cargo pinsight baseline`, and keep it with the sources",
        ));
    } else {
        None
    };
    let outcome = budget::check(&loaded.machines(), &config, baseline.as_ref());
    let text = match output.message_format {
        MessageFormat::Human => budget::human(&outcome, &root, terminal::has_color()),
        MessageFormat::Short => budget::short(&outcome, &root),
        MessageFormat::Json => serde_json::to_string_pretty(&budget::json(&outcome))?,
        MessageFormat::Github => budget::github(&outcome, &root),
        MessageFormat::Sarif => serde_json::to_string_pretty(&budget::sarif(&outcome, &root))?,
    };
    if !text.is_empty() {
        print(&text)?;
    }
    Ok(ExitCode::from(u8::from(!outcome.violations.is_empty())))
}
