//! The compiler's side: the machines of the measured packages, read from their libraries and their MIR.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};

use pinsight_layout::Sources;
use pinsight_machine::{Machine, Role, StateKind};

use crate::facts::{Body, Package};
use crate::{Result, shape};

/// Of the cache: one more whenever something else is written into it.
const FORMAT: u32 = 4;

/// What the compiler's wrapper wrote down about one measured crate.
struct Unit {
    crate_name: String,
    package: String,
    version: String,
    edition: u32,
    folder: String,
    library: PathBuf,
    mir: PathBuf,
}

/// Reads it from the cache, or from the built corpus, and then writes the cache.
pub(crate) fn packages(corpus: &Path) -> Result<Vec<Package>> {
    let cache = corpus.join("facts.json");
    let units = units(&corpus.join("records"))?;
    let changed = |path: &Path| fs::metadata(path).and_then(|data| data.modified());
    let is_fresh = changed(&cache)
        .is_ok_and(|written| units.iter().all(|unit| changed(&unit.library).is_ok_and(|built| built < written)));
    if is_fresh && let Ok((FORMAT, packages)) = serde_json::from_slice::<(u32, serde_json::Value)>(&fs::read(&cache)?) {
        return Ok(serde_json::from_value(packages)?);
    }
    let packages = read(&units)?;
    fs::write(&cache, serde_json::to_vec(&(FORMAT, &packages))?)?;
    Ok(packages)
}

fn units(records: &Path) -> Result<Vec<Unit>> {
    let mut units = Vec::new();
    let entries = fs::read_dir(records).map_err(|error| format!("{}: {error}", records.display()))?;
    let mut paths: Vec<PathBuf> = entries.filter_map(|entry| Some(entry.ok()?.path())).collect();
    paths.retain(|path| path.extension().is_some_and(|extension| extension == "unit"));
    paths.sort();
    for path in paths {
        let text = fs::read_to_string(&path)?;
        let [crate_name, package, version, edition, folder, library] = text.lines().collect::<Vec<_>>()[..] else {
            return Err(format!("{}: not as the wrapper writes it", path.display()).into());
        };
        units.push(Unit {
            crate_name: crate_name.into(),
            package: package.into(),
            version: version.into(),
            edition: edition.parse()?,
            folder: folder.into(),
            library: library.into(),
            mir: path.with_extension("mir"),
        });
    }
    Ok(units)
}

fn read(units: &[Unit]) -> Result<Vec<Package>> {
    // A generic function has its instances in the libraries that use it: each library is read for all measured crates.
    let mut bodies: BTreeMap<&str, BTreeMap<(String, u32, String), Body>> = BTreeMap::new();
    let mut foreign: BTreeMap<&str, BTreeSet<String>> = BTreeMap::new();
    for unit in units {
        eprintln!("accuracy: reading {}", unit.library.display());
        let sources = |mir| Sources { binary: unit.library.clone(), mir };
        // Only the MIR that is needed is parsed.
        let crates: BTreeSet<String> = {
            let program = pinsight_layout::read(&sources(Vec::new()), &|_, _| {})?;
            program.machines.iter().map(|machine| crate_of(machine).to_owned()).collect()
        };
        let mir = units.iter().filter(|unit| crates.contains(&unit.crate_name)).map(|unit| unit.mir.clone()).collect();
        let program = pinsight_layout::read(&sources(mir), &|_, _| {})?;
        for gap in &program.gaps {
            eprintln!("accuracy: {} times: {}", gap.count, gap.what);
        }
        for machine in &program.machines {
            let Some(owner) = units.iter().find(|unit| unit.crate_name == crate_of(machine)) else { continue };
            let location = machine.location.as_ref();
            let file = location.and_then(|location| shape::own_file(&location.file, &owner.folder));
            let (Some(file), Some(location)) = (file, location) else {
                foreign.entry(&owner.crate_name).or_default().insert(of_all_instances(&machine.id).to_owned());
                continue;
            };
            let body = body(machine, file, &owner.folder);
            // The columns are not known: two blocks of one line differ in their number, which is part of the key.
            let key = (body.file.clone(), location.line, of_all_instances(&machine.id).to_owned());
            match bodies.entry(&owner.crate_name).or_default().entry(key) {
                std::collections::btree_map::Entry::Vacant(entry) => {
                    entry.insert(body);
                }
                std::collections::btree_map::Entry::Occupied(mut entry) => merge(entry.get_mut(), body),
            }
        }
    }
    units
        .iter()
        // The driver is no measured package.
        .filter(|unit| !unit.package.starts_with("accuracy-"))
        .map(|unit| {
            Ok(Package {
                name: unit.package.clone(),
                version: unit.version.clone(),
                edition: unit.edition,
                folder: unit.folder.clone(),
                settings: fs::read_to_string(unit.mir.with_extension("cfg"))?,
                bodies: bodies.remove(&*unit.crate_name).unwrap_or_default().into_values().collect(),
                foreign_bodies: foreign.get(&*unit.crate_name).map_or(0, BTreeSet::len),
                in_mir: coroutines(&String::from_utf8_lossy(&fs::read(&unit.mir)?)),
            })
        })
        .collect()
}

fn crate_of(machine: &Machine) -> &str {
    machine.path.trim_start_matches('<').split("::").next().unwrap_or_default()
}

/// The name without the type arguments of the instance: what stands behind the first `{async_fn_env#0}`.
fn of_all_instances(id: &str) -> &str {
    let end = id.find("_env#").and_then(|at| Some(at + id[at..].find('}')? + 1));
    &id[..end.unwrap_or(id.len())]
}

fn body(machine: &Machine, file: String, folder: &str) -> Body {
    let remarks = &machine.remarks;
    // What the MIR explains has reasons: a machine that stores locals without any has not been joined.
    let mut kept = machine
        .suspend_states()
        .flat_map(|state| state.slots.iter())
        .filter(|slot| matches!(slot.role, Role::Local | Role::Temporary))
        .peekable();
    let is_joined = kept.peek().is_none() || kept.any(|slot| slot.reasons.iter().any(|it| shape::is_from_mir(&it.why)));
    let line = machine.location.as_ref().map_or(0, |location| location.line);
    let end =
        machine.state(StateKind::Returned).and_then(|state| state.location.as_ref()).map_or(u32::MAX, |it| it.line);
    // What an attribute has made of a function ends where it begins.
    let within = shape::Within { file: &file, folder, lines: line..=if end > line { end } else { u32::MAX } };
    Body {
        path: machine.path.to_string(),
        kind: machine.kind.to_string(),
        line,
        end,
        captured: machine
            .state(StateKind::Unresumed)
            .map(|state| state.slots.iter().map(|slot| slot.name.to_string()).collect())
            .unwrap_or_default(),
        suspends: machine.suspend_states().map(|state| shape::suspend(state, &within)).collect(),
        knows_references: is_joined && remarks.iter().all(|remark| !remark.contains("MIR")),
        file,
        opaque: Vec::new(),
    }
}

/// Two instances of one generic function: a value is stored if one of them stores it.
fn merge(into: &mut Body, other: Body) {
    into.knows_references |= other.knows_references;
    for (suspend, other) in into.suspends.iter_mut().zip(other.suspends) {
        for local in &other.locals {
            let count = other.named(&local.name).count();
            if suspend.named(&local.name).count() < count {
                suspend.locals.push(local.clone());
            }
        }
        for reference in other.references {
            if !suspend.references.contains(&reference) {
                suspend.references.push(reference);
            }
        }
    }
}

/// The coroutines in the text of a crate's MIR: functions whose first argument is a pinned body.
fn coroutines(mir: &str) -> usize {
    mir.lines()
        .filter(|line| line.starts_with("fn ") && line.contains("Pin<&mut {async ") && line.contains("Context<'_>"))
        .count()
}
