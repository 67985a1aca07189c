//! Instructions of `cargo check` for each type: the slope between crates of two sizes.

mod report;

use std::collections::BTreeMap;

use crate::Result;
use crate::counted::{Calls, Subject, subjects};
use crate::kinds::Kind;
use crate::options::Options;
use crate::scratch::Scratch;
use crate::shapes::Shape;

/// How far apart two counts of one type may be, as a part of it.
const TOLERANCE: f64 = 1e-4;

/// Counts instructions and nothing else.
const TOOL: (&str, &[&str]) = ("cachegrind", &["--cache-sim=no"]);

/// Instructions of the whole call.
struct Counts(BTreeMap<Subject, u64>);

pub(crate) fn measure(scratch: &Scratch, options: &Options) -> Result<String> {
    let shapes = options.shapes.clone().unwrap_or(Shape::ALL.to_vec());
    let calls = Calls::new(scratch, &options.kinds)?;
    let count = |label, subjects: &[Subject]| -> Result<Counts> {
        Ok(Counts(calls.run(TOOL, label, subjects, options.jobs, total)?))
    };
    // Where things lie in memory decides what collides in the compiler's tables, and the length of a path moves them: both
    // names are equally long.
    let (two, further) = options.sizes.split_at(2);
    let mut all = subjects(&options.kinds, &shapes, two);
    all.extend(subjects(&options.kinds, &shapes[..1], further));
    let counts = count("first", &all)?;
    // The last of the kinds, as the others are by peers or by hand.
    let again = options.kinds.last().map_or(&[][..], std::slice::from_ref);
    let again = count("other", &subjects(again, &shapes[..1], two))?;
    Ok(report::markdown(&counts, &again, &shapes, options, scratch.describe_project_ref()))
}

/// Reads the last line of cachegrind's file, `summary: 413010529`.
fn total(file: &str) -> Result<u64> {
    let summary = file.lines().rev().find_map(|line| line.strip_prefix("summary:"));
    let first = summary.and_then(|numbers| numbers.split_whitespace().next());
    Ok(first.ok_or("cachegrind's file has no summary")?.parse()?)
}

impl Counts {
    /// Instructions that one more type takes between crates of two sizes.
    fn slope(&self, kind: Kind, shape: Shape, [small, large]: [usize; 2]) -> f64 {
        let [less, more] = [small, large].map(|types| self.0[&Subject { kind, shape, types }]);
        (more as f64 - less as f64) / (large - small) as f64
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reads_the_summary_alone() {
        let file = "desc: I1 cache: 32768 B\ncmd: rustc summary:\nevents: Ir\nfn=main\n3 7\nsummary: 413010529\n";
        assert_eq!(total(file).unwrap(), 413_010_529);
        assert!(total("events: Ir\nfn=main\n").is_err());
    }

    #[test]
    fn a_slope_leaves_out_what_is_paid_once() {
        let subject = |types| Subject { kind: Kind::Lite, shape: Shape::Enum, types };
        let counts = Counts(BTreeMap::from([(subject(50), 1_000_500), (subject(100), 1_001_000)]));
        assert!((counts.slope(Kind::Lite, Shape::Enum, [50, 100]) - 10.0).abs() < 1e-9);
    }
}
