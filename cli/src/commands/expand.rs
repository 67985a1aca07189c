//! `expand`: one machine as the Rust code that it amounts to.

use std::process::ExitCode;

use anyhow::Result;
use pinsight_machine::Machine;
use serde_json::json;

use super::print;
use crate::arguments::{MessageFormat, Output, RequiredPath};
use crate::load::Loaded;
use crate::load::json;

pub(super) fn run(loaded: &Loaded, arguments: &RequiredPath, output: &Output) -> Result<ExitCode> {
    let machines = loaded.find(&arguments.path)?;
    let codes: Vec<(&Machine, String)> =
        machines.iter().map(|machine| (*machine, machine.to_rust().to_string())).collect();
    let text = if output.message_format == MessageFormat::Json {
        let machines: Vec<_> =
            codes.iter().map(|(machine, code)| json!({ "machine": machine.id, "code": code })).collect();
        serde_json::to_string_pretty(&json!({ "format_version": json::FORMAT_VERSION, "machines": machines }))?
    } else {
        codes.iter().map(|(_, code)| code.as_str()).collect::<Vec<_>>().join("\n")
    };
    print(&text)?;
    Ok(ExitCode::SUCCESS)
}
