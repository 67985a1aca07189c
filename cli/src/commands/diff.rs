use crate::arguments::*;
use anyhow::Result;
use std::process::ExitCode;
pub(super) fn run(_: &Diff, _: &Input, _: &Output) -> Result<ExitCode> {
    todo!()
}
