//! A table of small async bodies with their expected machines, one rule of the language each, in `tests/cases`.
//!
//! The comment above each body says what each of its suspend points keeps, in their order:
//!
//! ```text
//! // 0: val (borrowed, dropped), val_ref (used) -> val
//! // 1: maybe guard, n may -> val
//! // block 0: 0: -
//! ```
//!
//! - The named locals; `-` stands for none. One that has the name of another is listed again. What the compiler invents, such
//!   as the `iter` of a `for`, is left out.
//! - `maybe` before those for which a type has to decide.
//! - `->` to what it certainly refers to, `may ->` to what it refers to if the called function passes it on. `^` is before the
//!   name of what a block or closure captured; what is awaited is `__awaitee`, listed only for its references.
//! - `<1>` says how many values without a name are kept: temporaries, drop flags left out. Where it is not said, any number.
//! - In brackets some of the reasons: `used`, `dropped`, `borrowed`, `address`.
//! - `block 0:` begins what holds for the first async block or closure in the body. `captured: a, b` lists what a machine
//!   captured. No two bodies begin on one line.
//!
//! [`the_compiler_agrees`] holds this against the machines that rustc makes of the same files; where a function is generic, of
//! each instance in them. [`the_prediction_agrees`] holds the prediction against it.
//!
//! Both take a part of the cases by name, and the first one can show what the compiler does, as it would be written above:
//!
//! ```text
//! PINSIGHT_CASE=drops:: cargo test -p pinsight-lowering --test table the_prediction
//! PINSIGHT_CASE=moves::into_a_call PINSIGHT_SHOW=1 cargo test -p pinsight-lowering --test table the_compiler -- --nocapture
//! ```

mod compare;
mod compiled;
mod expectation;
mod seen;

use std::path::PathBuf;

use compare::Side;
use compiled::Compiled;
use expectation::Case;
use pinsight_lowering::{Edition, Source, predict_file};
use seen::Seen;

/// As many cases were asked for.
const AT_LEAST: usize = 120;

fn folder() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("tests/cases")
}

/// A file of cases.
struct File {
    theme: String,
    text: String,
    edition: Edition,
}

/// All files, in the order of their names. The name says the edition where it matters.
fn files() -> Vec<File> {
    let mut files = Vec::new();
    for entry in std::fs::read_dir(folder()).expect("the folder of the cases") {
        let path = entry.expect("the folder of the cases").path();
        let theme = path.file_stem().unwrap_or_default().to_string_lossy().into_owned();
        let text = std::fs::read_to_string(&path).unwrap_or_else(|error| panic!("{}: {error}", path.display()));
        let edition = if theme.ends_with("_2021") { Edition::E2021 } else { Edition::E2024 };
        if theme != "prelude" {
            files.push(File { theme, text, edition });
        }
    }
    files.sort_by(|one, other| one.theme.cmp(&other.theme));
    files
}

/// Whether `PINSIGHT_CASE` asks for it.
fn chosen(theme: &str, case: &Case) -> bool {
    let name = format!("{theme}::{}", case.name);
    std::env::var("PINSIGHT_CASE").map_or(true, |part| name.contains(&part))
}

/// How often what is `maybe` kept was, and was not.
#[derive(Default)]
struct Maybes {
    kept: usize,
    not_kept: usize,
}

/// Counts what is right, and tells the rest.
#[derive(Default)]
struct Tally {
    right: usize,
    wrong: Vec<(String, String)>,
    themes: Vec<(String, usize)>,
}

impl Tally {
    fn add(&mut self, theme: &str, case: &Case, differences: &[String]) {
        match self.themes.last_mut().filter(|(last, _)| last == theme) {
            Some((_, count)) => *count += 1,
            None => self.themes.push((theme.to_owned(), 1)),
        }
        if differences.is_empty() {
            self.right += 1;
        } else {
            let text = differences.iter().map(|difference| format!("    {difference}\n")).collect();
            self.wrong.push((format!("tests/cases/{theme}.rs:{}: {}", case.line, case.name), text));
        }
    }

    fn end(&self, side: &str) {
        let all = self.right + self.wrong.len();
        let mut report = String::new();
        for (name, differences) in &self.wrong {
            report += &format!("{name}\n{differences}");
        }
        let themes: Vec<String> = self.themes.iter().map(|(theme, count)| format!("{theme} {count}")).collect();
        println!("{report}{side}: {} of {all} cases ({})", self.right, themes.join(", "));
        assert!(self.wrong.is_empty(), "{side}: {} of {all} cases differ", self.wrong.len());
        if std::env::var_os("PINSIGHT_CASE").is_none() {
            assert!(all >= AT_LEAST, "only {all} cases");
        }
    }
}

#[test]
fn the_compiler_agrees() {
    let mut tally = Tally::default();
    let mut maybes = Maybes::default();
    for file in files() {
        let compiled = &compiled::all()[&file.theme];
        for case in expectation::cases(&file.text) {
            if chosen(&file.theme, &case) {
                show(compiled, &file.theme, &case);
                tally.add(&file.theme, &case, &against_compiler(compiled, &file.theme, &case, &mut maybes));
            }
        }
    }
    println!("of what is maybe kept, {} was and {} was not", maybes.kept, maybes.not_kept);
    tally.end("the compiler agrees with");
}

fn show(compiled: &Compiled, theme: &str, case: &Case) {
    if std::env::var_os("PINSIGHT_SHOW").is_some() {
        println!("{theme}::{}", case.name);
        for (index, instances) in compiled.of_case(theme, case).iter().enumerate() {
            for instance in instances {
                let block = index.checked_sub(1).map(|block| format!("block {block}: ")).unwrap_or_default();
                instance.tell(&block);
            }
        }
    }
}

fn against_compiler(compiled: &Compiled, theme: &str, case: &Case, maybes: &mut Maybes) -> Vec<String> {
    let bodies = compiled.of_case(theme, case);
    let mut differences = Vec::new();
    if bodies.is_empty() {
        return vec!["the compiler has no machine for it".to_owned()];
    }
    for (index, expected) in case.bodies.iter().enumerate() {
        let Some(instances) = bodies.get(index) else {
            differences.push(format!("the compiler has no body {index}"));
            continue;
        };
        for instance in instances {
            maybes.count(expected, instance);
            differences.extend(compare::compare(expected, instance, index, Side::Compiler));
        }
    }
    if bodies.len() > case.bodies.len() {
        differences.push(format!("{} bodies are expected, the compiler has {}", case.bodies.len(), bodies.len()));
    }
    differences
}

impl Maybes {
    fn count(&mut self, expected: &Seen, found: &Seen) {
        for (expected, found) in expected.suspends.iter().zip(&found.suspends) {
            for (name, kept) in expected.kept.iter().filter(|(_, kept)| kept.maybe > 0) {
                let is_kept = found.kept.get(name).map_or(0, |found| found.sure);
                self.kept += is_kept.saturating_sub(kept.sure);
                self.not_kept += (kept.sure + kept.maybe).saturating_sub(is_kept);
            }
        }
    }
}

/// What would be a mistake in an expectation is found: each local and each reference in turn is left out.
#[test]
fn a_wrong_expectation_is_noticed() {
    for file in files() {
        for body in expectation::cases(&file.text).into_iter().flat_map(|case| case.bodies) {
            assert_eq!(compare::compare(&body, &body, 0, Side::Prediction), [""; 0], "{}", file.theme);
            for wrong in expectation::mistakes(&body) {
                for side in [Side::Compiler, Side::Prediction] {
                    assert!(!compare::compare(&wrong, &body, 0, side).is_empty(), "{}: {wrong:?} {body:?}", file.theme);
                }
            }
        }
    }
}

#[test]
fn the_prediction_agrees() {
    let mut tally = Tally::default();
    for file in files() {
        let source = Source { file: format!("{}.rs", file.theme), edition: file.edition };
        let predicted = predict_file(&file.text, &source).unwrap_or_else(|error| panic!("{}: {error}", file.theme));
        let predicted = seen::of_predictions(&predicted);
        for case in expectation::cases(&file.text).iter().filter(|case| chosen(&file.theme, case)) {
            let of_case = predicted.iter().filter(|(line, _)| case.lines.contains(line)).map(|(_, seen)| seen);
            let of_case: Vec<&Seen> = of_case.collect();
            tally.add(&file.theme, case, &against_prediction(&of_case, &file.theme, case));
        }
    }
    tally.end("the prediction agrees with");
}

fn against_prediction(predicted: &[&Seen], theme: &str, case: &Case) -> Vec<String> {
    let compiled = compiled::all()[theme].of_case(theme, case);
    let mut differences = Vec::new();
    if predicted.len() != case.bodies.len() {
        differences.push(format!("{} bodies are expected, {} predicted", case.bodies.len(), predicted.len()));
    }
    for (index, (expected, found)) in case.bodies.iter().zip(predicted).enumerate() {
        differences.extend(compare::compare(expected, found, index, Side::Prediction));
        let instance = compiled.get(index).and_then(|instances| instances.first());
        differences.extend(instance.into_iter().flat_map(|exact| compare::lines(exact, found, case)));
    }
    differences
}
