//! Walks all units on all cores, and puts together what they say.

use std::collections::BTreeMap;
use std::path::Path;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

use gimli::Section;
use pinsight_machine::Machine;
use rayon::prelude::*;

use super::assemble::Assembler;
use super::coroutine_names::NameOffsets;
use super::debug_info::DebugInfo;
use super::namespaces::Namespaces;
use super::object_file::Store;
use super::poll_functions::PollFunctions;
use super::raw::{FoundCoroutine, qualified};
use super::split_dwarf;
use super::types::Types;
use super::unit_reader::UnitReader;
use super::walk_unit::{self, UnitWalk};
use crate::Error;
use crate::gaps::Gaps;

/// The machines of the program with those bytes. `path` is where split debug info is looked for, and is named in errors.
pub(crate) fn machines<'a>(
    path: &Path,
    data: &'a [u8],
    store: &'a Store,
    progress: &(dyn Fn(u64, u64) + Sync),
    gaps: &mut Gaps,
) -> Result<Vec<Machine>, Error> {
    let mut info = DebugInfo::open(path, data, store, gaps)?;
    for part in split_dwarf::find(path, store, &info, gaps) {
        info.add(part.dwarf, Some(part.skeleton), gaps);
    }
    let walks = walk_all(&info, progress);

    let mut namespaces = BTreeMap::new();
    let mut coroutines: BTreeMap<CoroutineKey, FoundCoroutine<'_>> = BTreeMap::new();
    let mut poll_functions = PollFunctions::default();
    for (index, walk) in walks {
        gaps.merge(walk.gaps);
        namespaces.insert(index, Arc::new(walk.namespaces));
        for coroutine in walk.coroutines {
            coroutines.entry(CoroutineKey::new(&coroutine)).or_insert(coroutine);
        }
        for function in walk.poll_functions {
            poll_functions.add(function);
        }
    }
    if coroutines.is_empty() && !has_types(&info) {
        return Err(Error::NoDebugInfo {
            path: path.to_owned(),
            help: "it has line tables only: set `debug = 2` in the profile (or `CARGO_PROFILE_DEV_DEBUG=2`, \
                   `CARGO_PROFILE_RELEASE_DEBUG=2`)"
                .into(),
        });
    }

    Ok(assemble_all(&info, &namespaces, &poll_functions, coroutines.into_values().collect(), gaps))
}

/// Two crates of the same name, or two versions of one, give the same path; size and place tell them apart.
#[derive(PartialEq, Eq, PartialOrd, Ord)]
struct CoroutineKey {
    id: String,
    size: Option<u64>,
    line: Option<u32>,
}

impl CoroutineKey {
    fn new(raw: &FoundCoroutine<'_>) -> Self {
        CoroutineKey { id: qualified(&raw.namespaces, raw.name), size: raw.size, line: raw.line }
    }
}

/// Each thread has types of its own: what one machine says of a type the next one of the same unit says too.
fn assemble_all<'a>(
    info: &DebugInfo<'a>,
    namespaces: &BTreeMap<usize, Arc<Namespaces<'a>>>,
    poll_functions: &PollFunctions<'a>,
    mut coroutines: Vec<FoundCoroutine<'a>>,
    gaps: &mut Gaps,
) -> Vec<Machine> {
    coroutines.sort_by_key(|raw| raw.unit);
    // Small enough for all threads to end at the same time.
    let size = coroutines.len().div_ceil(8 * rayon::current_num_threads()).max(1);
    let parts: Vec<(Vec<Machine>, Gaps)> = coroutines
        .par_chunks(size)
        .map(|part| {
            let types = Types::new(info, namespaces.clone());
            let assembler = Assembler::new(info, &types, poll_functions);
            let mut gaps = Gaps::default();
            (part.iter().filter_map(|raw| assembler.machine(raw, &mut gaps)).collect(), gaps)
        })
        .collect();
    let mut machines = Vec::new();
    for (part, more) in parts {
        machines.extend(part);
        gaps.merge(more);
    }
    machines
}

fn walk_all<'a>(info: &DebugInfo<'a>, progress: &(dyn Fn(u64, u64) + Sync)) -> Vec<(usize, UnitWalk<'a>)> {
    let names: Vec<NameOffsets> =
        info.dwarfs.iter().map(|dwarf| NameOffsets::find(dwarf.debug_str.reader().slice())).collect();
    let done = AtomicU64::new(0);
    // The largest first, so that no thread begins a large unit when the others are done.
    let mut order: Vec<usize> = (0..info.units.len()).collect();
    order.sort_by_key(|index| std::cmp::Reverse(info.units[*index].end - info.units[*index].start));
    let mut walks: Vec<(usize, UnitWalk<'a>)> = order
        .into_par_iter()
        .with_max_len(1)
        .filter_map(|index| {
            let walk = walk_unit(info, &names, index);
            let size = (info.units[index].end - info.units[index].start) as u64;
            progress(done.fetch_add(size, Ordering::Relaxed) + size, info.total);
            walk.map(|walk| (index, walk))
        })
        .collect();
    walks.sort_by_key(|(index, _)| *index);
    walks
}

/// `None` for a unit without coroutines.
fn walk_unit<'a>(info: &DebugInfo<'a>, names: &[NameOffsets], index: usize) -> Option<UnitWalk<'a>> {
    let entry = &info.units[index];
    let names = &names[entry.dwarf as usize];
    let reader = match UnitReader::new(info, index) {
        Ok(reader) => reader,
        Err(error) => {
            let mut walk = UnitWalk::default();
            walk.gaps.add(&format!("unit that cannot be read: {error}"), "");
            return Some(walk);
        }
    };
    let mut walk = walk_unit::walk(&reader, names);
    if walk.coroutines.is_empty() {
        walk.namespaces = Default::default();
        let has_news = !walk.poll_functions.is_empty() || !walk.gaps.is_empty();
        return has_news.then_some(walk);
    }
    Some(walk)
}

/// Whether any unit describes a struct: with `debug = 1` and with line tables only there are none.
fn has_types(info: &DebugInfo<'_>) -> bool {
    info.units.iter().any(|entry| {
        let abbreviations = info.dwarfs[entry.dwarf as usize].abbreviations(&entry.header);
        let Ok(abbreviations) = abbreviations else { return false };
        (1..).map_while(|code| abbreviations.get(code)).any(|one| one.tag() == gimli::DW_TAG_structure_type)
    })
}
