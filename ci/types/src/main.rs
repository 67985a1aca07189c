//! Takes every struct and enum of the sources in the folders that stand on stdin, one a line, pins fields at random,
//! runs each type through every door of the projections, and compares what comes out with what syn reads of the type.
//!
//! `cargo run -- SEED` prints the numbers, and fails on any difference.

#![allow(dead_code, unused_imports)]
#![recursion_limit = "512"]

// A proc-macro crate exports only macros, so the engine is included as it stands.
#[path = "../../../macros/src/diagnostics.rs"]
mod diagnostics;
#[path = "../../../macros/src/messages.rs"]
mod messages;
#[path = "../../../macros/src/projection/mod.rs"]
mod projection;
#[path = "../../../macros/src/quote.rs"]
mod quote;
#[path = "../../../macros/src/tokens.rs"]
mod tokens;

mod compare;
mod doors;
mod sources;

use doors::Outcome;
use sources::{Found, Sources};
use std::collections::BTreeMap;
use std::io::Read;
use std::process::ExitCode;

/// As many differences are printed; all are counted.
const SHOWN: usize = 20;

fn main() -> ExitCode {
    let seed = std::env::args().nth(1).map_or(Ok(1), |seed| seed.parse());
    let (Ok(seed), mut folders) = (seed, String::new()) else {
        eprintln!("usage: pinsight-projection-types [SEED] < FOLDERS");
        return ExitCode::from(2);
    };
    if let Err(error) = std::io::stdin().read_to_string(&mut folders) {
        eprintln!("cannot read the list of folders: {error}");
        return ExitCode::from(2);
    }
    let mut sources = Sources::new(seed);
    let mut report = Report::default();
    for folder in folders.lines() {
        sources.visit(folder.as_ref(), &mut |found| report.add(found));
    }
    println!("seed {seed}: {}", sources.counts);
    report.print();
    if report.differences == 0 && report.types > 0 { ExitCode::SUCCESS } else { ExitCode::FAILURE }
}

#[derive(Default)]
struct Report {
    types: usize,
    outcomes: BTreeMap<String, usize>,
    differences: usize,
}

impl Report {
    fn add(&mut self, found: Found<'_>) {
        match found {
            Found::Type(declared) => {
                self.types += 1;
                for (door, outcome) in doors::all(declared) {
                    self.judge(door, outcome, &declared.place, &declared.text);
                }
            }
            Found::Call(place, body) => self.judge("a call of pin_project!", doors::call(body), place, ""),
        }
    }

    fn judge(&mut self, door: &str, outcome: Outcome, place: &str, text: &str) {
        let key = match &outcome {
            Outcome::Same => format!("{door}: the same"),
            Outcome::Refused(reason) => format!("{door}: refused, {reason}"),
            Outcome::Different(_) => format!("{door}: DIFFERENT"),
        };
        *self.outcomes.entry(key).or_default() += 1;
        if let Outcome::Different(what) = outcome {
            self.differences += 1;
            if self.differences <= SHOWN {
                println!("{place}: {door}: {what}\n{text}\n");
            }
        }
    }

    fn print(&self) {
        for (key, count) in &self.outcomes {
            println!("{count:>8} {key}");
        }
        println!("{} types, {} differences", self.types, self.differences);
    }
}
