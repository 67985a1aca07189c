//! Compares the bodies of one package.

use std::collections::{BTreeMap, BTreeSet};

use crate::facts::{Body, Declared, Local, Package, Suspend};
use crate::predicted::File;
use crate::tally::Tally;
use crate::written::Names;
use crate::{join, misses::Miss, shape};

/// What was found of one package.
pub(crate) struct Outcome {
    pub(crate) tally: Tally,
    pub(crate) misses: Vec<Miss>,
}

pub(crate) struct Comparison<'a> {
    package: &'a Package,
    pub(crate) outcome: Outcome,
}

/// One body of each side, and the text.
pub(crate) struct Pair<'a> {
    pub(crate) exact: &'a Body,
    pub(crate) predicted: &'a Body,
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
        let own = self.package.bodies.iter().filter(|body| body.file == path);
        let (templates, own): (Vec<&Body>, Vec<&Body>) = own.partition(|body| names.is_in_macro_rules(body.line));
        self.outcome.tally.templates += templates.len();
        self.outcome.tally.templates_suspends += templates.iter().map(|body| body.suspends.len()).sum::<usize>();
        let (made, own): (Vec<&Body>, Vec<&Body>) = own.into_iter().partition(|body| is_made(body, &names));
        self.outcome.tally.made += made.len();
        self.outcome.tally.made_suspends += made.iter().map(|body| body.suspends.len()).sum::<usize>();
        let own: Vec<Body> = own.into_iter().map(|body| names.without_lines_of_macros(body)).collect();
        let exact: Vec<&Body> = own.iter().collect();
        for (body, joined) in exact.iter().zip(join::bodies(&exact, &file.bodies)) {
            self.outcome.tally.bodies += 1;
            self.outcome.tally.unfollowed += usize::from(!body.knows_references);
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

    pub(crate) fn miss(&mut self, kind: &'static str, body: &Body, line: u32, what: &str) {
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
        let what = suspend.elsewhere.as_deref().map_or(String::new(), |location| format!("written at {location}"));
        self.miss("missed-suspend", body, suspend.line.unwrap_or(body.line), &what);
    }

    fn body(&mut self, pair: &Pair<'_>) {
        let (exact, predicted) = (pair.exact, pair.predicted);
        self.outcome.tally.bodies_opaque += usize::from(!predicted.opaque.is_empty());
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
            body.captured.iter().filter_map(|name| shape::captured(name).map(str::to_owned)).collect()
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
}

impl Pair<'_> {
    /// Whether the source names that local.
    pub(crate) fn is_written(&self, local: &Local) -> bool {
        match local.declared {
            Declared::Elsewhere => false,
            Declared::Line(line) => self.names.has(&local.name, line..=line),
            Declared::Unknown => self.is_named(&local.name),
        }
    }

    pub(crate) fn is_named(&self, name: &str) -> bool {
        // An argument stands before its body.
        name == shape::AWAITED
            || self.names.has(name, self.exact.line..=self.exact.end)
            || (!name.starts_with("__") && self.exact.captured.iter().any(|captured| captured == name))
    }
}

/// Whether an attribute has made the body: itself or its suspend points are where that stands.
fn is_made(body: &Body, names: &Names) -> bool {
    let mut elsewhere = body.suspends.iter().filter_map(|suspend| suspend.own_line);
    names.is_in_attribute(body.line) || elsewhere.any(|line| names.is_in_attribute(line))
}
