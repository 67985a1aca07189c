//! Compares the machines with their budgets.

#[cfg(test)]
mod tests;

use std::collections::BTreeSet;

use pinsight_machine::views::Bytes;
use pinsight_machine::{Certainty, Location, Machine};
use serde::Serialize;

use super::config::SelfReferences;
use super::{BaselineFile, Config, pattern};

/// A budget that is not kept.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub(crate) struct Violation {
    pub(crate) rule: Rule,
    /// The machine's name, as `list` prints it.
    pub(crate) machine: String,
    /// Its [`Machine::id`].
    pub(crate) id: String,
    /// Where its body begins.
    pub(crate) location: Option<Location>,
    pub(crate) message: String,
    pub(crate) help: String,
    /// The size that the machine has, in bytes.
    pub(crate) size: Option<u64>,
    /// The size that it may have, in bytes.
    pub(crate) limit: Option<u64>,
    /// Other places that belong to it.
    pub(crate) labels: Vec<Label>,
    /// Where the budget is written.
    pub(crate) budget: Location,
}

/// Something to say of a place.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub(crate) struct Label {
    pub(crate) location: Location,
    pub(crate) text: String,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub(crate) enum Rule {
    MaxSize,
    SelfReferences,
    MaxGrowth,
}

impl Rule {
    pub(crate) const ALL: [Rule; 3] = [Rule::MaxSize, Rule::SelfReferences, Rule::MaxGrowth];

    /// As it is written in the configuration.
    pub(crate) fn name(self) -> &'static str {
        match self {
            Rule::MaxSize => "max-size",
            Rule::SelfReferences => "self-references",
            Rule::MaxGrowth => "max-growth",
        }
    }

    pub(crate) fn description(self) -> &'static str {
        match self {
            Rule::MaxSize => "a future is larger than its budget",
            Rule::SelfReferences => "a future holds a reference into itself",
            Rule::MaxGrowth => "a future has grown by more than its budget since the baseline",
        }
    }
}

/// What checking found.
#[derive(Debug, Default)]
pub(crate) struct Outcome {
    /// By place.
    pub(crate) violations: Vec<Violation>,
    /// Patterns that no machine fits: a budget that guards nothing.
    pub(crate) unused: Vec<UnusedBudget>,
    /// The names of machines with a limit on their growth that the baseline does not know.
    pub(crate) new: Vec<String>,
    /// The ids of machines that only the baseline knows, if there is a limit on growth at all.
    pub(crate) vanished: Vec<String>,
    /// How many machines were looked at.
    pub(crate) checked: usize,
}

/// A budget that no machine fits.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub(crate) struct UnusedBudget {
    pub(crate) path: String,
    /// Where it is written.
    pub(crate) location: Location,
    /// Paths that may have been meant.
    pub(crate) near: Vec<String>,
}

/// Looks at every machine. Without a baseline no growth is checked.
pub(crate) fn check(machines: &[&Machine], config: &Config, baseline: Option<&BaselineFile>) -> Outcome {
    let mut outcome = Outcome { checked: machines.len(), ..Outcome::default() };
    let mut used = vec![false; config.budget.len()];
    for machine in machines {
        let fitting = config.budget.iter().enumerate().filter(|(_, budget)| pattern::fits(&budget.path, machine));
        // The last one that sets a limit decides.
        let (mut size, mut references, mut growth) = (None, None, None);
        for (index, budget) in fitting {
            used[index] = true;
            size = budget.max_size.map(|most| (most, &budget.location)).or(size);
            references = budget.self_references.map(|rule| (rule, &budget.location)).or(references);
            growth = budget.max_growth.map(|most| (most, &budget.location)).or(growth);
        }
        if let (Some((most, location)), Some(size)) = (size, machine.size)
            && size > most.0
        {
            let over = Bytes::from(size - most.0);
            let message = format!("{} is {} large, {over} more than its budget", name(machine), Bytes::from(size));
            outcome.violations.push(Violation {
                size: Some(size),
                limit: Some(most.0),
                ..violation(Rule::MaxSize, machine, message, advice(machine), location)
            });
        }
        if let Some((SelfReferences::Deny, location)) = references {
            outcome.violations.extend(self_reference(machine, location));
        }
        if let (Some((most, location)), Some(size), Some(baseline)) = (growth, machine.size, baseline) {
            match baseline.get(&machine.id) {
                None => outcome.new.push(machine.short_name()),
                Some(before) if size > most.limit(before.size) => {
                    let (was, is) = (Bytes::from(before.size), Bytes::from(size));
                    let message = format!("{} has grown from {was} to {is}, by more than {most}", name(machine));
                    let help = format!(
                        "{}; if it is meant, write a new baseline with `cargo pinsight baseline`",
                        advice(machine)
                    );
                    outcome.violations.push(Violation {
                        size: Some(size),
                        limit: Some(most.limit(before.size)),
                        ..violation(Rule::MaxGrowth, machine, message, help, location)
                    });
                }
                Some(_) => {}
            }
        }
    }
    if let Some(baseline) = baseline.filter(|_| config.budget.iter().any(|budget| budget.max_growth.is_some())) {
        let here: BTreeSet<&str> = machines.iter().map(|machine| &*machine.id).collect();
        outcome.vanished = baseline.ids().filter(|id| !here.contains(id)).map(str::to_owned).collect();
    }
    let unused = config.budget.iter().zip(used).filter(|(_, used)| !used).map(|(budget, _)| budget);
    outcome.unused = unused
        .map(|budget| UnusedBudget {
            path: budget.path.clone(),
            location: budget.location.clone(),
            near: pattern::near(&budget.path, machines).into_iter().map(str::to_owned).collect(),
        })
        .collect();
    outcome.violations.sort_by(|a, b| (&a.location, &a.machine).cmp(&(&b.location, &b.machine)));
    outcome
}

fn name(machine: &Machine) -> String {
    format!("`{}`", machine.short_name())
}

fn advice(machine: &Machine) -> String {
    format!("`cargo pinsight advice '{}'` says what would make it smaller", machine.path)
}

fn violation(rule: Rule, machine: &Machine, message: String, help: String, budget: &Location) -> Violation {
    Violation {
        rule,
        machine: machine.short_name(),
        id: machine.id.to_string(),
        location: machine.location.clone(),
        message,
        help,
        size: None,
        limit: None,
        labels: Vec::new(),
        budget: budget.clone(),
    }
}

/// One violation for all certain references of a machine, each with the places where it waits with them.
fn self_reference(machine: &Machine, budget: &Location) -> Option<Violation> {
    let mut pairs: Vec<String> = Vec::new();
    let mut labels = Vec::new();
    for state in machine.states.iter() {
        let mut here: Vec<String> = Vec::new();
        for slot in state.slots.iter() {
            for target in slot.points_at.iter().filter(|target| target.certainty == Certainty::Certain) {
                let Some(to) = state.slots.get(target.slot) else { continue };
                let pair = format!("`{}` points at `{}{}`", slot.name, to.name, target.part);
                if !here.contains(&pair) {
                    here.push(pair);
                }
            }
        }
        if let Some(location) = state.location.as_ref().filter(|_| !here.is_empty()) {
            labels.push(Label { location: location.clone(), text: format!("{}: {}", state.kind, here.join(", ")) });
        }
        pairs.extend(here);
    }
    let mut seen = BTreeSet::new();
    pairs.retain(|pair| seen.insert(pair.clone()));
    let first = pairs.first()?;
    let more = if pairs.len() > 1 { format!(", and {} more", pairs.len() - 1) } else { String::new() };
    let message = format!("{} holds a reference into itself: {first}{more}", name(machine));
    let help =
        "let the reference end before the await, or let a later budget for this path say `self-references = \"allow\"`";
    Some(Violation { labels, ..violation(Rule::SelfReferences, machine, message, help.into(), budget) })
}
