//! The JSON in which machines are printed and read back.

use anyhow::{Context, Result, bail};
use pinsight_layout::{Gap, Program};
use pinsight_machine::Machine;
use serde::{Deserialize, Serialize};

pub(crate) const FORMAT_VERSION: u32 = 1;

#[derive(Serialize)]
struct Printed<'a> {
    format_version: u32,
    machines: &'a [&'a Machine],
    gaps: Vec<PrintedGap>,
}

#[derive(Deserialize)]
struct Read {
    format_version: u32,
    machines: Vec<Machine>,
    #[serde(default)]
    gaps: Vec<PrintedGap>,
}

#[derive(Serialize, Deserialize)]
struct PrintedGap {
    what: String,
    count: u64,
    help: String,
}

pub(crate) fn print(machines: &[&Machine], gaps: &[Gap]) -> Result<String> {
    let gaps = gaps
        .iter()
        .map(|gap| PrintedGap { what: gap.what.clone(), count: gap.count, help: gap.help.clone() })
        .collect();
    Ok(serde_json::to_string_pretty(&Printed { format_version: FORMAT_VERSION, machines, gaps })?)
}

pub(crate) fn read(text: &str) -> Result<Program> {
    let document: Read = serde_json::from_str(text).context("it is no JSON that a command printed")?;
    if document.format_version != FORMAT_VERSION {
        bail!("it has format version {}, and only {FORMAT_VERSION} is known here", document.format_version);
    }
    let gaps = document.gaps.into_iter().map(|gap| Gap { what: gap.what, count: gap.count, help: gap.help }).collect();
    let mut machines = document.machines;
    machines.sort_by(|a, b| a.id.cmp(&b.id));
    Ok(Program { machines, gaps })
}
