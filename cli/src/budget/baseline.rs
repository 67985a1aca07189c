//! The baseline: the sizes that the machines had, in a file that is kept with the sources.

use std::collections::BTreeMap;
use std::path::Path;

use anyhow::{Context, Result, bail};
use pinsight_machine::Machine;
use serde::{Deserialize, Serialize};

use crate::document::FORMAT_VERSION;

/// In the order of the ids and a line each, so that a change of one machine is a change of one line.
#[derive(Debug, Deserialize, Serialize)]
pub(crate) struct BaselineFile {
    format_version: u32,
    machines: BTreeMap<String, u64>,
}

impl BaselineFile {
    pub(crate) fn of(machines: &[&Machine]) -> Self {
        let machines = machines.iter().filter_map(|machine| Some((machine.id.to_string(), machine.size?))).collect();
        BaselineFile { format_version: FORMAT_VERSION, machines }
    }

    pub(crate) fn read(path: &Path) -> Result<Self> {
        let text = std::fs::read_to_string(path).with_context(|| format!("cannot read `{}`", path.display()))?;
        let file: BaselineFile = serde_json::from_str(&text).with_context(|| {
            format!("`{}` is no baseline\nhelp: write one with `cargo pinsight baseline`", path.display())
        })?;
        if file.format_version != FORMAT_VERSION {
            bail!(
                "`{}` has format version {}, and only {FORMAT_VERSION} is known",
                path.display(),
                file.format_version
            );
        }
        Ok(file)
    }

    pub(crate) fn text(&self) -> Result<String> {
        Ok(serde_json::to_string_pretty(self)? + "\n")
    }

    pub(crate) fn size(&self, id: &str) -> Option<u64> {
        self.machines.get(id).copied()
    }

    pub(crate) fn len(&self) -> usize {
        self.machines.len()
    }
}
