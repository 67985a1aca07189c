//! A coroutine's body as what is told about it.

use std::collections::{BTreeMap, BTreeSet};

use super::body::{self, Body};
use super::builder::CellKind;
use super::call::Constructors;
use super::can_hold_borrow;
use super::flow::{self, Flow};
use super::functions::Function;
use super::memory::Memory;
use super::reasons::{self, Needed};
use super::statement::{Cell, Spot, Statement, Step};
use super::{MirMachine, MirReason, MirState, Place, PointsTo, Saved, Upvar};
use pinsight_machine::Certainty;

/// Steps that following a body may take, for each byte of its text. Of axum, hyper-util and tokio none takes more than
/// four.
const WORK: u64 = 16;

/// The machine, if the function is the body of one.
pub(super) fn read<'t>(
    function: &Function<'t>,
    constructors: &Constructors<'t>,
    unknown: &mut BTreeMap<String, u64>,
) -> Option<MirMachine> {
    let (self_type, pinned) = function.coroutine()?;
    let body = body::parse(function, pinned, constructors, unknown);
    let flow = flow::follow(&body, WORK * function.body.len() as u64);
    let needed = reasons::look_ahead(&body);
    let mut machine = MirMachine {
        header: function.name.to_owned(),
        self_type: self_type.to_owned(),
        unknown_lines: body.unknown_lines,
        incomplete: flow.incomplete || needed.is_none(),
        ..MirMachine::default()
    };
    places(&body, &mut machine);
    machine.states =
        suspensions(&body).into_iter().map(|variant| state(variant, &body, &flow, needed.as_ref())).collect();
    Some(machine)
}

/// The states in which the machine waits.
fn suspensions(body: &Body<'_>) -> BTreeSet<u32> {
    let suspend = |statement: &Statement| match statement {
        Statement::Suspend(variant) => Some(*variant),
        _ => None,
    };
    body.blocks.iter().flat_map(|block| &block.statements).filter_map(suspend).collect()
}

fn places(body: &Body<'_>, machine: &mut MirMachine) {
    let mut cells: Vec<(Place, Cell)> = reasons::machine_cells(body).map(|(cell, place)| (place, cell)).collect();
    cells.sort_unstable();
    let mut names: BTreeMap<Cell, Vec<String>> = BTreeMap::new();
    for (name, spot) in &body.variables {
        if names_whole(spot, &body.names.cells) {
            names.entry(spot.cell).or_default().push((*name).to_owned());
        }
    }
    for (place, cell) in cells {
        let type_name = body.names.types[cell as usize].unwrap_or("").to_owned();
        let names = names.remove(&cell).unwrap_or_default();
        match place {
            Place::Upvar(index) => machine.upvars.push(Upvar { index, type_name, name: names.into_iter().next() }),
            Place::Saved { variant, field } => machine.saved.push(Saved { variant, field, type_name, names }),
        }
    }
}

/// Whether a variable is the whole of the cell, or what was captured by reference.
fn names_whole(spot: &Spot, cells: &[CellKind]) -> bool {
    let upvar = matches!(cells.get(spot.cell as usize), Some(CellKind::Machine(Place::Upvar(_))));
    spot.whole().is_some() || (upvar && !spot.range && spot.paths.len() == 2 && spot.paths.iter().all(Vec::is_empty))
}

fn state(variant: u32, body: &Body<'_>, flow: &Flow, needed: Option<&Needed>) -> MirState {
    let mut state = MirState { variant, ..MirState::default() };
    let unreached = Memory::default();
    let memory = flow.states.get(&variant).unwrap_or(&unreached);
    let place = |cell: Cell| match body.names.cells.get(cell as usize) {
        Some(CellKind::Machine(place)) => Some(*place),
        _ => None,
    };
    let mut found: BTreeMap<(Place, Place, String), (Certainty, String)> = BTreeMap::new();
    for (cell, facts) in memory.iter() {
        // What another value of its enum could have held.
        if body.names.types.get(cell as usize).copied().flatten().is_some_and(can_hold_borrow::is_plain) {
            continue;
        }
        for fact in facts {
            let (Some(from), Some(to)) = (place(cell), place(fact.target)) else { continue };
            let told = match fact.certain && !flow.incomplete {
                true => (Certainty::Certain, String::new()),
                false => {
                    (Certainty::Possible, body.names.symbols.get(fact.through as usize).cloned().unwrap_or_default())
                }
            };
            let known = found.entry((from, to, part(&fact.part))).or_insert_with(|| told.clone());
            if told.0 > known.0 {
                *known = told;
            }
        }
    }
    let points_to = |((from, to, part), (certainty, through))| PointsTo { from, to, part, certainty, through };
    state.points_at = found.into_iter().map(points_to).collect();

    for (cell, place) in reasons::machine_cells(body) {
        if let (Some(needed), Some(&block)) = (needed, body.resume.get(&variant)) {
            state.reasons.extend(needed.used(block, cell).then_some((place, MirReason::UsedAfter)));
            state.reasons.extend(needed.dropped(block, cell).then_some((place, MirReason::DroppedAfter)));
        }
        state.reasons.extend(memory.borrowed.contains(&cell).then_some((place, MirReason::AddressTaken)));
    }
    state.reasons.sort_unstable();
    state
}

/// The variants are left out: which one it is, the target's type knows.
fn part(path: &[Step]) -> String {
    let step = |step: &Step| match step {
        Step::Field(index) => format!(".{index}"),
        Step::At(_) | Step::Any => "[_]".to_owned(),
        Step::Variant(_) => String::new(),
    };
    path.iter().map(step).collect()
}
