//! Compares the bodies of one package.

use std::collections::{BTreeMap, BTreeSet};

use crate::facts::{Body, Declared, Local, Package, Reference, Suspend};
use crate::predicted::File;
use crate::tally::Tally;
use crate::written::Names;
use crate::{join, misses::Miss, shape};

/// What was found of one package.
pub(crate) struct Outcome {
    pub(crate) tally: Tally,
    pub(crate) misses: Vec<Miss>,
}

struct Comparison<'a> {
    package: &'a Package,
    outcome: Outcome,
}

/// One body of each side, and the text.
struct Pair<'a> {
    exact: &'a Body,
    predicted: &'a Body,
    names: &'a Names,
}

pub(crate) fn package(package: &Package, files: &BTreeMap<String, File>) -> Outcome {
    let outcome = Outcome { tally: Tally::default(), misses: Vec::new() };
    let mut comparison = Comparison { package, outcome };
    for (path, file) in files {
        comparison.file(path, file);
    }
    let Comparison { mut outcome, .. } = comparison;
    outcome.tally.foreign_bodies = package.foreign_bodies;
    outcome.tally.without_instance = package.in_mir.saturating_sub(package.bodies.len() + package.foreign_bodies);
    outcome
}

impl Comparison<'_> {
    fn file(&mut self, path: &str, file: &File) {
        let names = Names::of(&file.lines.join("\n"));
        let (templates, exact): (Vec<&Body>, Vec<&Body>) = self
            .package
            .bodies
            .iter()
            .filter(|body| body.file == path)
            .partition(|body| names.is_in_macro_rules(body.line));
        self.outcome.tally.templates += templates.len();
        self.outcome.tally.templates_suspends += templates.iter().map(|body| body.suspends.len()).sum::<usize>();
        for (body, joined) in exact.iter().zip(join::bodies(&exact, &file.bodies)) {
            if joined.is_none() && is_made(body, &names) {
                self.outcome.tally.made += 1;
                self.outcome.tally.made_suspends += body.suspends.len();
                continue;
            }
            self.outcome.tally.bodies += 1;
            self.outcome.tally.suspends += body.suspends.len();
            match joined {
                Some(index) => {
                    self.outcome.tally.bodies_found += 1;
                    let predicted = &file.bodies[index];
                    self.body(&Pair { exact: body, predicted, names: &names });
                }
                None => {
                    self.outcome.tally.suspends_missed += body.suspends.len();
                    let what = file.error.as_deref().unwrap_or("");
                    self.miss("missed-body", body, body.line, what);
                    for suspend in &body.suspends {
                        self.count_in_macro(suspend, "missed");
                        self.outcome.tally.kept_elsewhere += suspend.locals.len();
                        self.missed_suspend(body, suspend);
                    }
                }
            }
        }
    }

    fn miss(&mut self, kind: &'static str, body: &Body, line: u32, what: &str) {
        self.outcome.misses.push(Miss {
            kind,
            package: self.package.name.clone(),
            file: body.file.clone(),
            line,
            body: body.path.clone(),
            what: what.to_owned(),
        });
    }

    fn count_in_macro(&mut self, suspend: &Suspend, what: &str) {
        if suspend.line.is_none() {
            let tally = &mut self.outcome.tally;
            tally.in_macros += 1;
            match what {
                "found" => tally.in_macros_found += 1,
                "opaque" => tally.in_macros_opaque += 1,
                _ => tally.in_macros_missed += 1,
            }
        }
    }

    fn missed_suspend(&mut self, body: &Body, suspend: &Suspend) {
        let what = suspend.elsewhere.as_deref().map_or(String::new(), |place| format!("written at {place}"));
        self.miss("missed-suspend", body, suspend.line.unwrap_or(body.line), &what);
    }

    fn body(&mut self, pair: &Pair<'_>) {
        let (exact, predicted) = (pair.exact, pair.predicted);
        self.captured(pair);
        let joined = join::suspends(&exact.suspends, &predicted.suspends);
        for (suspend, joined) in exact.suspends.iter().zip(&joined) {
            match joined {
                Some(index) => {
                    self.outcome.tally.suspends_found += 1;
                    self.count_in_macro(suspend, "found");
                    self.locals(pair, suspend, &predicted.suspends[*index]);
                    self.references(pair, suspend, &predicted.suspends[*index]);
                }
                None => {
                    self.outcome.tally.kept_elsewhere += suspend.locals.len();
                    self.count_in_macro(suspend, if predicted.opaque.is_empty() { "missed" } else { "opaque" });
                    if predicted.opaque.is_empty() {
                        self.outcome.tally.suspends_missed += 1;
                        self.missed_suspend(exact, suspend);
                    } else {
                        self.outcome.tally.suspends_opaque += 1;
                        self.miss(
                            "opaque-suspend",
                            exact,
                            suspend.line.unwrap_or(exact.line),
                            &predicted.opaque.join(" "),
                        );
                    }
                }
            }
        }
        for (index, suspend) in predicted.suspends.iter().enumerate() {
            if !joined.contains(&Some(index)) {
                self.outcome.tally.suspends_extra += 1;
                self.miss("extra-suspend", exact, suspend.line.unwrap_or(exact.line), "");
            }
        }
    }

    fn captured(&mut self, pair: &Pair<'_>) {
        let plain = |body: &Body| -> BTreeSet<String> {
            // By reference, or in part: `_ref__buf`, `job__done`.
            let plain = |name: &String| {
                let name = name.trim_start_matches("_ref__").trim_start_matches("r#");
                name.split("__").find(|part| !part.is_empty()).unwrap_or(name).to_owned()
            };
            body.captured.iter().map(plain).collect()
        };
        let (exact, predicted) = (plain(pair.exact), plain(pair.predicted));
        self.outcome.tally.captured += exact.len();
        self.outcome.tally.captured_found += exact.intersection(&predicted).count();
        self.outcome.tally.captured_extra += predicted.difference(&exact).count();
        for name in exact.difference(&predicted) {
            self.miss("missed-capture", pair.exact, pair.exact.line, name);
        }
        for name in predicted.difference(&exact) {
            self.miss("extra-capture", pair.exact, pair.exact.line, name);
        }
    }

    fn locals(&mut self, pair: &Pair<'_>, exact: &Suspend, predicted: &Suspend) {
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
            for (number, kind) in [
                (missed, "missed-local"),
                (yes - hit_yes, "wrong-yes"),
                (hit_maybe, "maybe-kept"),
                (maybe - hit_maybe, "maybe-not-kept"),
            ] {
                (0..number).for_each(|_| self.miss(kind, pair.exact, line, &what));
            }
        }
    }

    fn references(&mut self, pair: &Pair<'_>, exact: &Suspend, predicted: &Suspend) {
        let line = exact.line.or(predicted.line).unwrap_or(pair.exact.line);
        let show = |reference: &Reference| format!("{} -> {}", reference.from, reference.to);
        let same = |one: &Reference, other: &Reference| one.from == other.from && one.to == other.to;
        if !pair.exact.knows_references {
            self.outcome.tally.references_unchecked += predicted.references.iter().filter(|it| it.certain).count();
            return;
        }
        for reference in predicted.references.iter().filter(|reference| reference.certain) {
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

impl Pair<'_> {
    /// Whether the source names that local.
    fn is_written(&self, local: &Local) -> bool {
        match local.declared {
            Declared::Elsewhere => false,
            Declared::Line(line) => self.names.has(&local.name, line..=line),
            Declared::Unknown => self.is_named(&local.name),
        }
    }

    fn is_named(&self, name: &str) -> bool {
        // An argument stands before its body.
        name == shape::AWAITED
            || self.names.has(name, self.exact.line..=self.exact.end)
            || self.exact.captured.iter().any(|captured| captured == name)
    }
}

/// Whether an attribute has made the body: itself or its suspend points are where that stands.
fn is_made(body: &Body, names: &Names) -> bool {
    let mut suspends = body.suspends.iter().peekable();
    names.is_in_attribute(body.line)
        || (suspends.peek().is_some()
            && suspends.all(|suspend| suspend.own_line.is_some_and(|line| names.is_in_attribute(line))))
}
