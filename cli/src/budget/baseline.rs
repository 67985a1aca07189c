//! The baseline: how large the machines were, in a file that is kept with the sources.

use std::collections::BTreeMap;
use std::path::Path;

use anyhow::{Context, Result, bail};
use pinsight_machine::Machine;
use serde::Deserialize;

use crate::error::Failure;
use crate::load::json::FORMAT_VERSION;

/// In the order of the ids, so that the same program always gives the same file.
#[derive(Debug, Deserialize)]
pub(crate) struct BaselineFile {
    machines: BTreeMap<String, Then>,
}

/// What a machine was.
#[derive(Clone, Copy, Debug, Deserialize, PartialEq, Eq)]
pub(super) struct Then {
    /// In bytes.
    pub(super) size: u64,
    /// How many states it had.
    pub(super) states: usize,
}

#[derive(Deserialize)]
struct Version {
    format_version: u32,
}

impl BaselineFile {
    /// Machines whose size is not known are left out: nothing could be compared.
    pub(crate) fn of(machines: &[&Machine]) -> Self {
        let then = |machine: &Machine| Some(Then { size: machine.size?, states: machine.states.len() });
        let machines = machines.iter().filter_map(|machine| Some((machine.id.to_string(), then(machine)?))).collect();
        BaselineFile { machines }
    }

    /// # Errors
    ///
    /// If the file cannot be read, or is no baseline of a version that is known.
    pub(crate) fn read(path: &Path) -> Result<Self> {
        let shown = path.display();
        let text = std::fs::read_to_string(path).with_context(|| {
            Failure::new(format!("cannot read `{shown}`"), "write a baseline with `cargo pinsight baseline`")
        })?;
        BaselineFile::parse(&text).with_context(|| {
            Failure::new(format!("`{shown}` is no baseline"), "write one with `cargo pinsight baseline`")
        })
    }

    fn parse(text: &str) -> Result<Self> {
        // The version first: what another one has beside it is not known.
        let Version { format_version } = serde_json::from_str(text)?;
        if format_version != FORMAT_VERSION {
            bail!("it has format version {format_version}, and only {FORMAT_VERSION} is known");
        }
        Ok(serde_json::from_str(text)?)
    }

    /// A line for each machine, so that a change of one machine is a change of one line.
    ///
    /// # Errors
    ///
    /// None that is known: the names of machines are text.
    pub(crate) fn text(&self) -> Result<String> {
        let mut lines = Vec::with_capacity(self.machines.len());
        for (id, Then { size, states }) in &self.machines {
            let id = serde_json::to_string(id)?;
            lines.push(format!("    {id}: {{ \"size\": {size}, \"states\": {states} }}"));
        }
        let machines = if lines.is_empty() { "{}".into() } else { format!("{{\n{}\n  }}", lines.join(",\n")) };
        Ok(format!("{{\n  \"format_version\": {FORMAT_VERSION},\n  \"machines\": {machines}\n}}\n"))
    }

    pub(super) fn get(&self, id: &str) -> Option<Then> {
        self.machines.get(id).copied()
    }

    pub(super) fn ids(&self) -> impl Iterator<Item = &str> {
        self.machines.keys().map(String::as_str)
    }

    pub(crate) fn len(&self) -> usize {
        self.machines.len()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use pinsight_machine::{MachineKind, State, StateKind};

    fn machine(id: &'static str, size: Option<u64>) -> Machine {
        let states = vec![State::new(StateKind::Unresumed), State::new(StateKind::Suspended(0))];
        Machine { id: id.into(), size, states: states.into(), ..Machine::new(MachineKind::AsyncFn) }
    }

    #[test]
    fn a_machine_is_a_line() {
        let machines = [machine("b\"", Some(7)), machine("a", Some(40)), machine("unknown", None)];
        let text = BaselineFile::of(&machines.iter().collect::<Vec<_>>()).text().unwrap();
        assert_eq!(
            text,
            "{\n  \"format_version\": 1,\n  \"machines\": {\n    \"a\": { \"size\": 40, \"states\": 2 },\n    \
             \"b\\\"\": { \"size\": 7, \"states\": 2 }\n  }\n}\n"
        );
        let read = BaselineFile::parse(&text).unwrap();
        assert_eq!((read.len(), read.get("a")), (2, Some(Then { size: 40, states: 2 })));
        assert_eq!(read.text().unwrap(), text);
        assert_eq!(BaselineFile::parse(&BaselineFile::of(&[]).text().unwrap()).unwrap().len(), 0);
    }

    #[test]
    fn what_is_no_baseline_is_an_error() {
        let error = |text: &str| format!("{:#}", BaselineFile::parse(text).unwrap_err());
        assert_eq!(error("{\"format_version\": 2, \"all\": 0}"), "it has format version 2, and only 1 is known");
        assert!(
            error("{\"format_version\": 1, \"machines\": {\"a\": {\"size\": -1, \"states\": 1}}}")
                .contains("invalid value")
        );
        assert!(error("{}").contains("format_version"));
        assert!(BaselineFile::read(Path::new("/no/such")).unwrap_err().to_string().contains("cargo pinsight baseline"));
    }
}
