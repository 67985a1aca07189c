//! Budgets: what the machines of a program may not exceed.

mod baseline;
mod config;
mod render;

use pinsight_machine::{Certainty, Machine, Place};
use serde::Serialize;

pub(crate) use baseline::BaselineFile;
pub(crate) use config::Config;
pub(crate) use render::{github, human, json, sarif, short};

use crate::selection;

/// A budget that is not kept.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub(crate) struct Violation {
    pub(crate) rule: Rule,
    /// The machine's name.
    pub(crate) machine: String,
    pub(crate) place: Option<Place>,
    pub(crate) message: String,
    pub(crate) help: String,
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
    pub(crate) violations: Vec<Violation>,
    /// Patterns that no machine fits: a budget that guards nothing.
    pub(crate) unused: Vec<String>,
    pub(crate) checked: usize,
}

pub(crate) fn check(machines: &[&Machine], config: &Config, baseline: Option<&BaselineFile>) -> Outcome {
    let mut outcome = Outcome { checked: machines.len(), ..Outcome::default() };
    for budget in &config.budget {
        let mut is_used = false;
        for machine in machines {
            let name = machine.full_name().to_string();
            if !selection::fits(&name, &budget.path) {
                continue;
            }
            is_used = true;
            let mut violate = |rule, message: String, help: String| {
                let (machine, place) = (name.clone(), machine.place.clone());
                outcome.violations.push(Violation { rule, machine, place, message, help });
            };
            if let (Some(most), Some(size)) = (budget.max_size, machine.size)
                && size > most.0
            {
                violate(
                    Rule::MaxSize,
                    format!("`{name}` is {size} bytes large, and its budget is {most}"),
                    format!(
                        "see what it stores with `cargo pinsight show {}`, and what would help with `advice`",
                        machine.path
                    ),
                );
            }
            if budget.self_references.is_some()
                && let Some((state, from, to)) = certain_reference(machine)
            {
                violate(
                    Rule::SelfReferences,
                    format!("`{name}` holds a reference into itself: in {state}, `{from}` points at `{to}`"),
                    "let the reference end before the await, or allow it with a narrower `path`".into(),
                );
            }
            if let (Some(growth), Some(size), Some(before)) =
                (budget.max_growth, machine.size, baseline.and_then(|baseline| baseline.size(&machine.id)))
                && size > before + growth.bytes(before)
            {
                violate(
                    Rule::MaxGrowth,
                    format!("`{name}` has grown from {before} to {size} bytes, and its budget is {growth} more"),
                    "if that is meant, write a new baseline with `cargo pinsight baseline`".into(),
                );
            }
        }
        if !is_used {
            outcome.unused.push(budget.path.clone());
        }
    }
    outcome
}

/// The state, and the names of both values.
fn certain_reference(machine: &Machine) -> Option<(String, &str, &str)> {
    machine.states.iter().find_map(|state| {
        state.slots.iter().find_map(|slot| {
            let target = slot.points_at.iter().find(|target| target.certainty == Certainty::Certain)?;
            Some((state.kind.to_string(), &*slot.name, &*state.slots.get(target.slot)?.name))
        })
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use pinsight_machine::{MachineKind, PointsAt, Role, Slot, State, StateKind};

    fn machine(path: &'static str, size: u64) -> Machine {
        let target = PointsAt { slot: 0, part: "".into(), certainty: Certainty::Certain, through: "".into() };
        let slots = vec![
            Slot::new("val".into(), Role::Local),
            Slot { points_at: vec![target].into(), ..Slot::new("val_ref".into(), Role::Local) },
        ];
        let states = vec![State { slots: slots.into(), ..State::new(StateKind::Suspended(0)) }];
        Machine {
            id: path.into(),
            path: path.into(),
            size: Some(size),
            states: states.into(),
            ..Machine::new(MachineKind::AsyncFn)
        }
    }

    fn messages(config: &str, baseline: Option<&BaselineFile>) -> Vec<String> {
        let machines = [machine("app::large", 3000), machine("app::small", 40)];
        let machines: Vec<&Machine> = machines.iter().collect();
        let outcome = check(&machines, &Config::parse(config).unwrap(), baseline);
        let unused = outcome.unused.iter().map(|path| format!("unused {path}"));
        outcome.violations.iter().map(|violation| violation.message.clone()).chain(unused).collect()
    }

    #[test]
    fn sizes_are_checked_by_pattern() {
        let config =
            "[[budget]]\npath = \"app::*\"\nmax-size = \"2 KiB\"\n\n[[budget]]\npath = \"none\"\nmax-size = 1\n";
        assert_eq!(
            messages(config, None),
            ["`app::large` is 3000 bytes large, and its budget is 2 KiB (2048 bytes)", "unused none"]
        );
        assert_eq!(messages("[[budget]]\npath = \"small\"\nmax-size = 40\n", None), [""; 0]);
    }

    #[test]
    fn certain_references_are_denied() {
        assert_eq!(
            messages("[[budget]]\npath = \"small\"\nself-references = \"deny\"\n", None),
            ["`app::small` holds a reference into itself: in Suspend0, `val_ref` points at `val`"]
        );
    }

    #[test]
    fn growth_is_checked_against_the_baseline() {
        let before = [machine("app::large", 2900), machine("app::small", 30)];
        let baseline = BaselineFile::of(&before.iter().collect::<Vec<_>>());
        let config = "[[budget]]\npath = \"app\"\nmax-growth = \"10 %\"\n";
        assert_eq!(
            messages(config, Some(&baseline)),
            ["`app::small` has grown from 30 to 40 bytes, and its budget is 10 % more"]
        );
        assert_eq!(messages(config, None), [""; 0]);
    }
}
