//! Compares what points at what in one suspend point.

use crate::compare::{Comparison, Pair};
use crate::facts::{Reference, Suspend};
use crate::shape;

impl Comparison<'_> {
    pub(crate) fn references(&mut self, pair: &Pair<'_>, exact: &Suspend, predicted: &Suspend) {
        let line = exact.line.or(predicted.line).unwrap_or(pair.exact.line);
        let show = |reference: &Reference| format!("{} -> {}", reference.from, reference.to);
        let same = |one: &Reference, other: &Reference| one.from == other.from && one.to == other.to;
        if !pair.exact.knows_references {
            self.outcome.tally.references_unchecked += predicted.references.iter().filter(|it| it.certain).count();
            return;
        }
        for reference in predicted.references.iter().filter(|reference| reference.certain) {
            if !pair.is_named(&reference.from) || !pair.is_named(&reference.to) {
                self.outcome.tally.references_unnamed_predicted += 1;
                continue;
            }
            self.outcome.tally.references_predicted += 1;
            let found: Vec<bool> =
                exact.references.iter().filter(|other| same(reference, other)).map(|other| other.certain).collect();
            if found.contains(&true) {
                self.outcome.tally.references_confirmed += 1;
            } else if found.is_empty() {
                self.outcome.tally.references_wrong += 1;
                self.miss("wrong-reference", pair.exact, line, &show(reference));
            } else {
                self.outcome.tally.references_possible += 1;
                self.miss("possible-reference", pair.exact, line, &show(reference));
            }
        }
        for reference in exact.references.iter().filter(|reference| reference.certain) {
            if !pair.is_named(&reference.from) || !pair.is_named(&reference.to) {
                self.outcome.tally.references_unnamed += 1;
                continue;
            }
            self.outcome.tally.references_direct += 1;
            let found: Vec<bool> =
                predicted.references.iter().filter(|other| same(reference, other)).map(|other| other.certain).collect();
            let is_between_locals = usize::from(reference.from != shape::AWAITED);
            let tally = &mut self.outcome.tally;
            tally.between_locals += is_between_locals;
            if found.contains(&true) {
                tally.references_found += 1;
                tally.between_locals_found += is_between_locals;
            } else if found.is_empty() {
                tally.references_missed += 1;
                self.miss("missed-reference", pair.exact, line, &show(reference));
            } else {
                tally.references_found_possible += 1;
                tally.between_locals_possible += is_between_locals;
                self.miss("only-possible", pair.exact, line, &show(reference));
            }
        }
    }
}
