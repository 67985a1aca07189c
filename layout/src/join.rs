//! Joins what the MIR says of a coroutine, why a value is kept and what points at what, with where the debug info says that
//! the values are.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use pinsight_machine::{Machine, PointsAt, Role, StateKind, Why};

use crate::brackets;
use crate::gaps::Gaps;
use crate::mir::{self, Certainty, MirMachine, MirReason, Place};

/// The MIR of one crate, by the names that both sides share.
pub(crate) struct MirOfCrates(BTreeMap<String, Vec<MirMachine>>);

const HELP: &str = "build the program and its MIR in one go, from the same sources with the same settings";

const UNKNOWN: &str = "a line of its MIR is not understood, so that a reference may be missing";

const INCOMPLETE: &str =
    "its MIR is too large to be followed to the end, so that references may be missing, and none is certain";

impl MirOfCrates {
    /// Reads the files, and the `.mir` files in the folders.
    pub(crate) fn read(paths: &[PathBuf], gaps: &mut Gaps) -> Self {
        let mut machines: BTreeMap<String, Vec<MirMachine>> = BTreeMap::new();
        for path in paths.iter().flat_map(|path| files(path)) {
            let text = match std::fs::read(&path) {
                Ok(bytes) => String::from_utf8_lossy(&bytes).into_owned(),
                Err(error) => {
                    gaps.add(&format!("MIR file that cannot be read: {}: {error}", path.display()), HELP);
                    continue;
                }
            };
            let file = mir::read(&text);
            for (shape, count) in file.unknown {
                gaps.add_many(&format!("line of MIR that is not understood: `{shape}`"), "", count);
            }
            let name = crate_name(&path);
            for machine in file.machines {
                machines.entry(format!("{name}::{}", shared_name(&machine.header))).or_default().push(machine);
            }
        }
        MirOfCrates(machines)
    }

    pub(crate) fn add_to(&self, machine: &mut Machine, gaps: &mut Gaps) {
        let Some(found) = self.0.get(&shared_name(&machine.id)) else { return };
        let line = machine.place.as_ref().map(|place| place.line);
        let joined = match &found[..] {
            [only] => Some(only),
            several => nearest_impl(several, machine),
        };
        match joined.filter(|mir| fits(machine, mir, line)) {
            Some(mir) => {
                add(machine, mir);
                if mir.unknown_lines > 0 {
                    machine.remarks.to_mut().push(UNKNOWN.into());
                }
                if mir.incomplete {
                    machine.remarks.to_mut().push(INCOMPLETE.into());
                }
            }
            None => {
                let remark =
                    "the MIR of this function does not fit its debug info, so that what points at what is not known";
                machine.remarks.to_mut().push(remark.into());
                gaps.add("coroutine whose MIR and debug info cannot be joined", HELP);
            }
        }
    }
}

fn files(path: &Path) -> Vec<PathBuf> {
    if !path.is_dir() {
        return vec![path.to_owned()];
    }
    let mut files: Vec<PathBuf> = std::fs::read_dir(path)
        .into_iter()
        .flatten()
        .filter_map(|entry| Some(entry.ok()?.path()))
        .filter(|path| path.extension().is_some_and(|extension| extension == "mir"))
        .collect();
    files.sort();
    files
}

/// `app` of `target/debug/deps/app-0123abcd.mir`.
fn crate_name(path: &Path) -> String {
    let stem = path.file_stem().unwrap_or_default().to_string_lossy();
    stem.split('-').next().unwrap_or_default().to_owned()
}

/// What the compiler's debug info and its MIR call the same: `app::{impl}::run::{closure#0}`. Debug info numbers the impl
/// blocks, MIR gives their place; bodies are closures to MIR whatever they were written as.
fn shared_name(name: &str) -> String {
    let mut shared: Vec<String> = Vec::new();
    for segment in brackets::split(name, "::") {
        let is_impl = segment.starts_with("<impl at ") || segment.starts_with("{impl#");
        // The body of an async closure that takes what it captured by value: MIR has it twice.
        let is_other = segment.starts_with("{synthetic#");
        let number =
            segment.strip_prefix('{').and_then(|rest| rest.split_once('#')).and_then(|(_, rest)| rest.split_once('}'));
        shared.push(match number {
            _ if is_impl => "{impl}".into(),
            _ if is_other => segment.into(),
            Some((number, _)) => format!("{{closure#{number}}}"),
            None => segment.into(),
        });
    }
    shared.join("::")
}

/// Of functions of one name in several impl blocks: the one of the block that begins nearest before the machine.
fn nearest_impl<'m>(several: &'m [MirMachine], machine: &Machine) -> Option<&'m MirMachine> {
    let place = machine.place.as_ref()?;
    let begins = |mir: &MirMachine| {
        let (file, line) = place_of_impl(&mir.header)?;
        (place.file.ends_with(file) && line <= place.line).then_some(line)
    };
    let nearest = several.iter().filter_map(begins).max()?;
    let mut those = several.iter().filter(|mir| begins(mir) == Some(nearest));
    match (those.next(), those.next()) {
        (only, None) => only,
        _ => None,
    }
}

/// `src/a.rs` and 7 of `m::<impl at src/a.rs:7:1: 7:7>::run::{closure#0}`; of several blocks the innermost.
fn place_of_impl(header: &str) -> Option<(&str, u32)> {
    let (_, place) = header.rsplit_once("<impl at ")?;
    let (file, rest) = place.split_once(".rs:")?;
    let line = rest.split(':').next()?.parse().ok()?;
    Some((&place[..file.len() + 3], line))
}

/// Whether both say the same of everything that both know.
fn fits(machine: &Machine, mir: &MirMachine, line: Option<u32>) -> bool {
    // A block says where it begins.
    if let Some((_, place)) = mir.self_type.split_once(".rs:")
        && mir.self_type.contains('@')
        && place.split(':').next().and_then(|line| line.parse().ok()) != line
    {
        return false;
    }
    let suspends = machine.suspend_states().count();
    suspends == mir.states.len()
        && mir.saved.iter().all(|saved| {
            let slot = slots(machine, saved.variant).and_then(|slots| slots.get(saved.field as usize));
            slot.is_some_and(|slot| {
                saved.names.is_empty()
                    || saved.names.iter().any(|name| *name == slot.name)
                    || slot.name.starts_with("__")
            })
        })
}

fn slots(machine: &Machine, variant: u32) -> Option<&[pinsight_machine::Slot]> {
    let state = machine.states.iter().find(|state| state.discriminant == Some(u64::from(variant)))?;
    Some(&state.slots)
}

fn add(machine: &mut Machine, mir: &MirMachine) {
    let known = machine.clone();
    let captured = known.state(StateKind::Unresumed).map_or(0, |state| state.slots.len());
    for state in machine.states.to_mut() {
        let Some(facts) = mir.states.iter().find(|facts| state.discriminant == Some(u64::from(facts.variant))) else {
            continue;
        };
        // Where a value of the MIR is in this state, if it is in this state at all.
        let index = |place: Place| match place {
            Place::Upvar(number) => (state.slots.len() - captured.min(state.slots.len())).checked_add(number as usize),
            Place::Saved { variant, field } if variant == facts.variant => Some(field as usize),
            Place::Saved { variant, field } => {
                let there = slots(&known, variant)?.get(field as usize)?;
                state.slots.iter().position(|slot| slot.role != Role::Argument && slot.is_same_value(there))
            }
        };
        let points: Vec<(usize, PointsAt)> = facts
            .points_at
            .iter()
            .filter_map(|fact| Some((index(fact.from)?, index(fact.to)?, fact)))
            .filter(|(from, to, _)| *from < state.slots.len() && *to < state.slots.len())
            .map(|(from, slot, fact)| {
                let certainty = match fact.certainty {
                    Certainty::Certain => pinsight_machine::Certainty::Certain,
                    Certainty::Possible => pinsight_machine::Certainty::Possible,
                };
                let (part, through) = (fact.part.clone().into(), fact.through.clone().into());
                (from, PointsAt { slot, part, certainty, through })
            })
            .collect();
        let reasons: Vec<(usize, Why)> = facts
            .reasons
            .iter()
            .filter_map(|(place, reason)| Some((index(*place)?, *reason)))
            .map(|(slot, reason)| {
                let reason = match reason {
                    MirReason::UsedAfter => Why::UsedAfter,
                    MirReason::DroppedAfter => Why::DroppedAfter,
                    MirReason::AddressTaken => Why::AddressTaken,
                };
                (slot, reason)
            })
            .collect();
        let slots = state.slots.to_mut();
        for (slot, reason) in reasons {
            // That it is awaited says all about an awaitee.
            if let Some(slot) = slots.get_mut(slot)
                && slot.role != Role::Awaitee
                && !slot.is_kept_because(&reason)
            {
                slot.reasons.to_mut().push(reason.into());
            }
        }
        for (from, target) in points {
            let reason = Why::BorrowedBy(slots[from].name.clone());
            if !slots[target.slot].is_kept_because(&reason) {
                slots[target.slot].reasons.to_mut().push(reason.into());
            }
            slots[from].points_at.to_mut().push(target);
        }
        // It explains what nothing else explains.
        for slot in slots.iter_mut().filter(|slot| slot.reasons.len() > 1 && slot.is_kept_because(&Why::AddressTaken)) {
            slot.reasons.to_mut().retain(|reason| reason.why != Why::AddressTaken);
        }
    }
}
