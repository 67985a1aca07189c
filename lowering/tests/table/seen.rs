//! A machine, reduced to what the cases say.

use std::collections::{BTreeMap, BTreeSet};

use pinsight_lowering::Prediction;
use pinsight_machine::{Certainty, Evidence, Machine, Role, Slot, State, StateKind, Why};

/// One machine: what is expected of it, or what was found.
#[derive(Clone, Debug, Default)]
pub(crate) struct Seen {
    pub(crate) suspends: Vec<Suspend>,
    pub(crate) captured: Option<BTreeSet<String>>,
}

/// One state in which it waits.
#[derive(Clone, Debug, Default)]
pub(crate) struct Suspend {
    pub(crate) line: Option<u32>,
    /// By name.
    pub(crate) kept: BTreeMap<String, Kept>,
    /// How many values without a name it keeps at least and at most, drop flags left out.
    pub(crate) unnamed: Option<(usize, usize)>,
}

/// The locals of one name that a state keeps.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Kept {
    pub(crate) sure: usize,
    pub(crate) maybe: usize,
    pub(crate) reasons: BTreeSet<&'static str>,
    /// What they refer to, and whether that is certain.
    pub(crate) points_at: BTreeMap<String, bool>,
}

impl Seen {
    pub(crate) fn of(machine: &Machine) -> Seen {
        let captured = machine.state(StateKind::Unresumed).map(|state| state.slots.iter().map(captured).collect());
        Seen { suspends: machine.suspend_states().map(suspend).collect(), captured }
    }

    /// Prints it as it would be expected.
    pub(crate) fn tell(&self, block: &str) {
        let captured: Vec<&str> = self.captured.iter().flatten().map(String::as_str).collect();
        println!("    // {block}captured: {}", captured.join(", "));
        for (index, suspend) in self.suspends.iter().enumerate() {
            let kept: Vec<String> = suspend.kept.iter().flat_map(|(name, kept)| kept.tell(name)).collect();
            let unnamed = suspend.unnamed.filter(|(least, _)| *least > 0).map(|(least, _)| format!("<{least}>"));
            let kept: Vec<String> = kept.into_iter().chain(unnamed).collect();
            let kept = if kept.is_empty() { "-".to_owned() } else { kept.join(", ") };
            println!("    // {block}{index}: {kept}");
        }
    }
}

impl Kept {
    fn tell(&self, name: &str) -> Vec<String> {
        let reasons: Vec<&str> = self.reasons.iter().copied().collect();
        let mut text = name.to_owned();
        if !reasons.is_empty() {
            text += &format!(" ({})", reasons.join(", "));
        }
        for (target, certain) in &self.points_at {
            text += &format!(" {}-> {target}", if *certain { "" } else { "may " });
        }
        vec![text; self.sure.max(1)]
    }
}

/// What the compiler invents: the iterator of a `for`, what an argument `_` is moved into, and the like.
fn is_invented(slot: &Slot) -> bool {
    slot.role != Role::Awaitee && (slot.name.starts_with("__") || slot.name == "iter" || slot.name == "_")
}

/// The compiler writes `_ref__x` for what it captured by reference, and `x__field` for a part; the part is left out.
fn captured(slot: &Slot) -> String {
    let name = slot.name.strip_prefix("_ref__").unwrap_or(&slot.name);
    let whole = name.match_indices("__").map(|(at, _)| at).find(|at| *at > 0);
    name[..whole.unwrap_or(name.len())].to_owned()
}

fn suspend(state: &State) -> Suspend {
    let mut kept: BTreeMap<String, Kept> = BTreeMap::new();
    for slot in state.slots.iter().filter(|slot| matches!(slot.role, Role::Local | Role::Awaitee)) {
        let points_at: Vec<(String, bool)> = slot
            .points_at
            .iter()
            .filter_map(|fact| Some((target(state.slots.get(fact.slot)?)?, fact.certainty == Certainty::Certain)))
            .collect();
        if is_invented(slot) || (slot.role == Role::Awaitee && points_at.is_empty()) {
            continue;
        }
        let entry = kept.entry(slot.name.to_string()).or_default();
        match (slot.role, slot.evidence) {
            (Role::Awaitee, _) => {}
            (_, Evidence::Maybe) => entry.maybe += 1,
            _ => entry.sure += 1,
        }
        if slot.role == Role::Local {
            entry.reasons.extend(slot.reasons.iter().filter_map(|reason| name_of(&reason.why)));
        }
        for (target, certain) in points_at {
            *entry.points_at.entry(target).or_default() |= certain;
        }
    }
    let unnamed = |sure: bool| {
        let is_sure = |slot: &&Slot| slot.role == Role::Temporary && (slot.evidence != Evidence::Maybe || !sure);
        state.slots.iter().filter(is_sure).count()
    };
    let line = state.location.as_ref().map(|location| location.line);
    Suspend { line, kept, unnamed: Some((unnamed(true), unnamed(false))) }
}

fn target(slot: &Slot) -> Option<String> {
    match slot.role {
        Role::Local if !is_invented(slot) => Some(slot.name.to_string()),
        Role::Argument => Some(format!("^{}", captured(slot))),
        _ => None,
    }
}

fn name_of(why: &Why) -> Option<&'static str> {
    match why {
        Why::UsedAfter => Some("used"),
        Why::DroppedAfter => Some("dropped"),
        Why::BorrowedBy(_) => Some("borrowed"),
        Why::AddressTaken => Some("address"),
        Why::Captured | Why::Awaited => None,
    }
}

/// All predicted machines of a file, by the line in which they begin and in the order of the source.
pub(crate) fn of_predictions(predictions: &[Prediction]) -> Vec<(u32, Seen)> {
    let mut all = Vec::new();
    for prediction in predictions {
        all.push((prediction.span.start().line as u32, Seen::of(&prediction.machine)));
        all.extend(of_predictions(&prediction.children));
    }
    all.sort_by_key(|(line, _)| *line);
    all
}
