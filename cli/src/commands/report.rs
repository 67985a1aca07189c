use crate::arguments::*;
use crate::program::Loaded;
use anyhow::Result;
use std::process::ExitCode;
pub(super) fn run(_: &Loaded, _: &Report) -> Result<ExitCode> {
    todo!()
}
