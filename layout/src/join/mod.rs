//! Joins two sources: the MIR says why a value is stored and what points at what, the debug info says where the values are.

mod candidates;
mod compare;
mod shared_path;

use std::path::{Path, PathBuf};

use pinsight_machine::{Machine, PointsAt, Role, StateKind, Why};

use candidates::{Candidates, Choice};
use compare::slots;

use crate::gaps::Gaps;
use crate::mir::{self, MirMachine, MirReason, Place};

/// The MIR of the crates of a program.
pub(crate) struct MirOfCrates(Candidates);

const HELP: &str = "build the program and its MIR in one go, from the same sources with the same settings";

const MISSING: &str = "the MIR of its crate does not have this function, so that what points at what is not known";

const UNFIT: &str = "the MIR of this function does not fit its debug info, so that what points at what is not known";

const AMBIGUOUS: &str =
    "several functions in the MIR of its crate may be this one, so that what points at what is not known";

const UNKNOWN: &str = "a line of its MIR is not understood, so that a reference may be missing";

const INCOMPLETE: &str =
    "its MIR is too large to be followed to the end, so that references may be missing, and none is certain";

impl MirOfCrates {
    /// Reads the files, and the `.mir` files in the folders.
    pub(crate) fn read(paths: &[PathBuf], gaps: &mut Gaps) -> Self {
        let mut bodies = Candidates::default();
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
            bodies.add(crate_name(&path), file.machines);
        }
        MirOfCrates(bodies)
    }

    pub(crate) fn add_to(&self, machines: &mut [Machine], gaps: &mut Gaps) {
        let choices = self.0.choose(machines);
        for (machine, choice) in machines.iter_mut().zip(choices) {
            let (remark, gap, help) = match choice {
                Choice::NoMir => continue,
                Choice::Body(body) => {
                    self.add(machine, body);
                    continue;
                }
                Choice::Missing => (MISSING, "coroutine that is not in the MIR of its crate", HELP),
                Choice::Unfit => (UNFIT, "coroutine whose MIR and debug info cannot be joined", HELP),
                Choice::Ambiguous => (AMBIGUOUS, "coroutine that several functions in the MIR may be", ""),
            };
            machine.remarks.to_mut().push(remark.into());
            gaps.add(gap, help);
        }
    }

    fn add(&self, machine: &mut Machine, body: usize) {
        let mir = self.0.get(body);
        add(machine, mir);
        if mir.unknown_lines > 0 {
            machine.remarks.to_mut().push(UNKNOWN.into());
        }
        if mir.incomplete {
            machine.remarks.to_mut().push(INCOMPLETE.into());
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
                let (part, through) = (fact.part.clone().into(), fact.through.clone().into());
                (from, PointsAt { slot, part, certainty: fact.certainty, through })
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
        for (slot, reason) in reasons {
            // That it is awaited says all about an awaitee.
            if let Some(slot) = state.slots.to_mut().get_mut(slot).filter(|slot| slot.role != Role::Awaitee) {
                slot.add_reason(reason.into());
            }
        }
        for (from, target) in points {
            state.add_reference(from, target, None);
        }
        state.drop_needless_reasons();
    }
}
