//! Compares the named locals that both sides store in one suspend point.

use std::collections::{BTreeMap, BTreeSet};

use crate::compare::{Comparison, Pair};
use crate::facts::{Local, Suspend};

impl Comparison<'_> {
    pub(crate) fn locals(&mut self, pair: &Pair<'_>, exact: &Suspend, predicted: &Suspend) {
        let line = exact.line.or(predicted.line).unwrap_or(pair.exact.line);
        let count = |of: &Suspend, keep: &dyn Fn(&Local) -> bool| {
            let mut counts: BTreeMap<String, usize> = BTreeMap::new();
            of.locals
                .iter()
                .filter(|local| keep(local))
                .for_each(|local| *counts.entry(local.name.clone()).or_default() += 1);
            counts
        };
        let mut written = exact.clone();
        for local in &mut written.locals {
            // The name that `async_trait` gives to `self`.
            if local.name == "__self" {
                local.name = "self".into();
                self.outcome.tally.renamed += 1;
            }
        }
        let foreign = count(&written, &|local| !pair.is_written(local));
        for (name, number) in &foreign {
            (0..*number).for_each(|_| self.miss("not-compared", pair.exact, line, name));
        }
        let kept = count(&written, &|local| pair.is_written(local));
        let yes = count(predicted, &|local| local.certain);
        let maybe = count(predicted, &|local| !local.certain);
        self.outcome.tally.unwritten += foreign.values().sum::<usize>();
        self.outcome.tally.lost += written.locals.iter().filter(|local| local.lost).count();
        let names: BTreeSet<&String> = kept.keys().chain(yes.keys()).chain(maybe.keys()).collect();
        for name in names {
            let of = |counts: &BTreeMap<String, usize>| counts.get(name).copied().unwrap_or(0);
            let (kept, mut yes, mut maybe) = (of(&kept), of(&yes), of(&maybe));
            // A predicted one that the compiler has under that name, but from a macro, is not compared either.
            let mut rest = of(&foreign).min((yes + maybe).saturating_sub(kept));
            let taken = rest.min(yes);
            yes -= taken;
            rest -= taken;
            maybe -= rest.min(maybe);
            // What the prediction calls by a name that nobody wrote, as `iter` or `__arg0`, is left out on its side too.
            if kept == 0 && !pair.is_named(name) {
                self.outcome.tally.unwritten_predicted += yes + maybe;
                continue;
            }
            let hit_yes = kept.min(yes);
            let hit_maybe = (kept - hit_yes).min(maybe);
            let missed = kept - hit_yes - hit_maybe;
            let is_argument = pair.exact.captured.iter().any(|captured| captured.trim_start_matches("r#") == name);
            let tally = &mut self.outcome.tally;
            tally.kept += kept;
            tally.kept_yes += hit_yes;
            tally.kept_maybe += hit_maybe;
            tally.kept_missed += missed;
            if is_argument {
                tally.kept_arguments += kept;
                tally.missed_arguments += missed;
            }
            tally.predicted_yes += yes;
            tally.predicted_maybe += maybe;
            let of_argument = if is_argument { " (an argument)" } else { "" };
            let what = format!("{name}{of_argument}");
            let condition = predicted.named(name).find_map(|local| local.condition.as_deref());
            let undecided = condition.map_or(what.clone(), |condition| format!("{what}: {condition}"));
            for (number, kind, what) in [
                (missed, "missed-local", &what),
                (yes - hit_yes, "wrong-yes", &what),
                (hit_maybe, "maybe-kept", &undecided),
                (maybe - hit_maybe, "maybe-not-kept", &undecided),
            ] {
                (0..number).for_each(|_| self.miss(kind, pair.exact, line, what));
            }
        }
    }
}
