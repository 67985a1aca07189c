//! Opens the files, and joins what the debug info and the MIR say.

use pinsight_machine::Machine;

use crate::dwarf::{self, Store};
use crate::gaps::Gaps;
use crate::join::MirOfCrates;
use crate::{Error, Program, Sources};

pub(crate) fn read(sources: &Sources, progress: &(dyn Fn(u64, u64) + Sync)) -> Result<Program, Error> {
    let store = Store::default();
    let data = store.map(&sources.binary)?;
    read_data(sources, data, &store, progress)
}

pub(crate) fn read_bytes(bytes: &[u8]) -> Result<Program, Error> {
    read_data(&Sources::default(), bytes, &Store::default(), &|_, _| {})
}

fn read_data(
    sources: &Sources,
    data: &[u8],
    store: &Store,
    progress: &(dyn Fn(u64, u64) + Sync),
) -> Result<Program, Error> {
    let mut gaps = Gaps::default();
    let mut machines = dwarf::machines(&sources.binary, data, store, progress, &mut gaps)?;
    MirOfCrates::read(&sources.mir, &mut gaps).add_to(&mut machines, &mut gaps);
    machines.sort_by(|a, b| (&a.id, &a.location).cmp(&(&b.id, &b.location)));
    tell_apart(&mut machines);
    Ok(Program { machines, gaps: gaps.into_list() })
}

/// The ids of machines of two versions of a crate differ by the place only: the first keeps the plain one.
fn tell_apart(machines: &mut [Machine]) {
    let mut previous = None;
    for machine in machines.iter_mut() {
        let id = machine.id.clone();
        if previous.as_ref() == Some(&id) {
            let location = machine.location.as_ref().map_or_else(|| "?".to_owned(), ToString::to_string);
            machine.id = format!("{id} at {location}").into();
        }
        previous = Some(id);
    }
    machines.sort_by(|a, b| a.id.cmp(&b.id));
}
