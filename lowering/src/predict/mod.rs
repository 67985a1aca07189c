//! The predicted [`Machine`] of a graph.

mod reasons;
mod verdict;

use std::borrow::Cow;

use pinsight_machine::{Certainty, Evidence, Location, Machine, PointsAt, Role, Slot, State, StateKind, Why};
use proc_macro2::Span;

use reasons::Reasons;
use verdict::{Verdict, verdict};

use crate::flow::{self, Run};
use crate::graph::{Graph, LocalId, LocalKind, Lowered, Suspension};
use crate::types::{KnownType, type_text};
use crate::{Prediction, Source};

/// The predictions of bodies, in their order.
pub(crate) fn all(bodies: Vec<Lowered>, source: &Source) -> Vec<Prediction> {
    bodies.into_iter().map(|body| predict(body, source)).collect()
}

fn predict(body: Lowered, source: &Source) -> Prediction {
    let Lowered { mut graph, kind, path, spans: (span, begins) } = body;
    flow::narrow_mutable(&mut graph);
    let reused = flow::reused(&graph);
    flow::narrow(&mut graph, &reused);
    let order = flow::reachable(&graph);
    let runs: Vec<Run> =
        flow::assumptions(&graph).into_iter().map(|assumption| Run::of(&graph, &order, &reused, assumption)).collect();
    let live_loans = flow::live_loans(&graph, &order);
    let mut is_reachable = vec![false; graph.blocks.len()];
    order.iter().for_each(|block| is_reachable[block.index()] = true);

    let location = |span: Span| Location {
        file: Cow::Owned(source.file.clone()),
        line: span.start().line as u32,
        column: Some(span.start().column as u32 + 1),
    };
    let captured: Vec<(LocalId, Slot)> = graph
        .locals
        .iter()
        .enumerate()
        .filter(|(_, local)| local.kind == LocalKind::Upvar)
        .map(|(number, local)| (LocalId(number as u32), local))
        .map(|(id, local)| {
            (
                id,
                Slot {
                    type_name: local.known.as_ref().and_then(KnownType::ty).map(|ty| Cow::Owned(type_text(ty))),
                    evidence: Evidence::Predicted,
                    reasons: vec![Why::Captured.into()].into(),
                    ..Slot::new(local.name.clone().into(), Role::Argument)
                },
            )
        })
        .collect();
    let mut states = vec![
        State {
            slots: captured.iter().map(|(_, slot)| slot.clone()).collect(),
            location: Some(location(begins)),
            ..State::new(StateKind::Unresumed)
        },
        State::new(StateKind::Returned),
        State::new(StateKind::Panicked),
    ];
    let reasons = Reasons::new(&graph, &reused);
    let mut awaits = Vec::new();
    for (number, suspension) in graph.suspensions.iter().enumerate() {
        // What the compiler sees that it is never reached has no state.
        if !is_reachable[suspension.block.index()] {
            continue;
        }
        let mut slots = stored(&graph, &runs, number, &reasons, source);
        slots.extend(captured.iter().cloned());
        let (locals, slots): (Vec<LocalId>, Vec<Slot>) = slots.into_iter().unzip();
        let mut state = State {
            location: Some(location(suspension.span)),
            awaited: Some(graph.local(suspension.awaitee).name.clone().into()),
            slots: slots.into(),
            ..State::new(StateKind::Suspended(awaits.len() as u32))
        };
        add_references(&mut state, &locals, &graph, &live_loans[number]);
        states.push(state);
        awaits.push(suspension.span);
    }
    let remarks = graph.opaque.iter().map(|opaque| {
        let text =
            format!("`{}!` in line {} is not understood; what it mentions is taken as used", opaque.path, opaque.line);
        Cow::Owned(text)
    });
    let machine = Machine {
        path: path.into(),
        location: Some(location(begins)),
        remarks: remarks.collect(),
        states: states.into(),
        ..Machine::new(kind)
    };
    Prediction { machine, span, awaits, opaque: graph.opaque, children: all(graph.children, source) }
}

/// What is stored at a suspension, in the order of the declarations, the awaited future last.
fn stored(
    graph: &Graph,
    runs: &[Run],
    suspension: usize,
    reasons: &Reasons<'_>,
    source: &Source,
) -> Vec<(LocalId, Slot)> {
    let Suspension { awaitee, .. } = graph.suspensions[suspension];
    let mut slots = Vec::new();
    for (number, local) in graph.locals.iter().enumerate() {
        let id = LocalId(number as u32);
        let role = match local.kind {
            LocalKind::Variable => Role::Local,
            LocalKind::Temporary => Role::Temporary,
            LocalKind::Awaitee | LocalKind::Upvar => continue,
        };
        let condition = match verdict(runs, suspension, id, local) {
            Verdict::NotStored => continue,
            Verdict::Stored => None,
            Verdict::Maybe(condition) => Some(Cow::Owned(condition)),
        };
        let slot = Slot {
            type_name: local.known.as_ref().and_then(KnownType::ty).map(|ty| Cow::Owned(type_text(ty))),
            evidence: if condition.is_some() { Evidence::Maybe } else { Evidence::Predicted },
            condition,
            declared: Some(Location { file: source.file.clone().into(), line: local.line, column: None }),
            reasons: reasons.of(runs, suspension, id).into(),
            ..Slot::new(local.name.clone().into(), role)
        };
        slots.push((id, slot));
    }
    let awaited = Slot {
        evidence: Evidence::Predicted,
        reasons: vec![Why::Awaited.into()].into(),
        ..Slot::new(Cow::Borrowed("__awaitee"), Role::Awaitee)
    };
    slots.push((awaitee, awaited));
    slots
}

/// Notes the references among the slots, which are of those locals.
fn add_references(state: &mut State, locals: &[LocalId], graph: &Graph, held: &flow::Bits) {
    let index_of = |id: LocalId| locals.iter().position(|other| *other == id);
    for loan in held.iter().map(|number| &graph.loans[number]) {
        let (Some(from), Some(slot)) = (index_of(loan.holder), index_of(loan.target)) else { continue };
        // What is only stored if its type is no reference may not be pointed at.
        let certainty = match state.slots[slot].evidence {
            Evidence::Maybe => Certainty::Possible,
            _ => loan.certainty,
        };
        let through = if certainty == Certainty::Certain { Cow::Borrowed("") } else { loan.through.clone().into() };
        let reference = PointsAt { slot, part: loan.part.clone().into(), certainty, through };
        state.add_reference(from, reference, Some(loan.line).filter(|line| *line > 0));
    }
    state.drop_needless_reasons();
}
