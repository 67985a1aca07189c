//! The tables of the checks.

use std::fmt::Write;

use super::Size;
use crate::goals::{self, PEERS};
use crate::kinds::Kind;
use crate::options::Options;
use pinsight_benches::stats::{median, minimum};
use pinsight_benches::table::Table;

pub(super) fn markdown(sizes: &[Size], options: &Options) -> String {
    let cache = if options.incremental { "with a cold incremental cache" } else { "without an incremental cache" };
    let mut out = format!(
        "## `cargo check`, {cache}\n\n\
         CPU time (user and system) of cargo and the compiler for the generated crate alone, its libraries being built, \
         less that of a crate with one type that is written by hand. Where a cell shows two ratios, the first is that of \
         the medians and the second the median of the ratios of each round.\n"
    );
    for size in sizes {
        push(&mut out, &heading(size));
        push(&mut out, &one_size(size, &options.kinds).to_string());
    }
    if sizes.len() > 1 {
        push(
            &mut out,
            "### Growth: µs per type\n\n\
             The least of the rounds, as noise only adds. Small crates still carry what is paid once, such as loading \
             the macro. The last column is what one more type costs in the largest crate beyond the one before, as a \
             multiple of the average type in the latter: 1 is linear.\n\n",
        );
        push(&mut out, &growth(sizes, &options.kinds).to_string());
    }
    let large: Vec<_> = sizes.iter().filter(|size| goals::CLOCK_TYPES.contains(&size.types)).collect();
    let columns: Vec<_> = large.iter().map(|size| format!("{} types", size.types)).collect();
    let ratio = |kind, peer, column: usize| large[column].paired_ratio(kind, peer);
    if let Some(goals) = goals::table(&goals::CLOCK, &options.kinds, &columns, ratio) {
        push(&mut out, "### Goals\n\nBy the median of the ratios of each round.\n\n");
        push(&mut out, &goals.to_string());
    }
    out.push('\n');
    out
}

fn push(out: &mut String, text: &str) {
    let gap = if text.starts_with('#') { "\n" } else { "" };
    write!(out, "{gap}{text}").expect("a String takes everything");
}

fn heading(size: &Size) -> String {
    format!(
        "### {} types, {} rounds\n\nThe crate with one type: median {:.0} ms, minimum {:.0} ms.\n\n",
        size.types,
        size.rounds,
        1e3 * median(size.one.iter().copied()),
        1e3 * minimum(size.one.iter().copied()),
    )
}

fn one_size(size: &Size, kinds: &[Kind]) -> Table {
    let mut table = Table::new(
        ["kind", "µs/type, median", "minimum"]
            .map(str::to_owned)
            .into_iter()
            .chain(PEERS.map(|peer| format!("÷ {}", peer.title()))),
    );
    for kind in kinds {
        let mut row = vec![
            kind.title().to_owned(),
            format!("{:.0}", size.per_type(*kind, median)),
            format!("{:.0}", size.per_type(*kind, minimum)),
        ];
        row.extend(PEERS.map(|peer| {
            if kinds.contains(&peer) {
                format!("{:.2} / {:.2}", size.ratio(*kind, peer), size.paired_ratio(*kind, peer))
            } else {
                "–".to_owned()
            }
        }));
        table.push(row);
    }
    table
}

fn growth(sizes: &[Size], kinds: &[Kind]) -> Table {
    let numbers = sizes.iter().map(|size| size.types.to_string());
    let mut table = Table::new(std::iter::once("kind".to_owned()).chain(numbers).chain(["growth".to_owned()]));
    for kind in kinds {
        let cells = sizes.iter().map(|size| size.per_type(*kind, minimum));
        let [.., before, last] = sizes else {
            unreachable!("asked for with two sizes or more");
        };
        let [cost_before, cost_last] = [before, last].map(|size| size.above_one(*kind, minimum));
        let marginal = (cost_last - cost_before) / (last.types - before.types) as f64;
        let slope = marginal / (cost_before / (before.types - 1) as f64);
        table.push(
            std::iter::once(kind.title().to_owned())
                .chain(cells.map(|cost| format!("{cost:.0}")))
                .chain([format!("{slope:.2}")]),
        );
    }
    table
}

impl Size {
    /// Seconds above the crate with one type, both summed up by `middle`.
    fn above_one(&self, kind: Kind, middle: fn(Vec<f64>) -> f64) -> f64 {
        middle(self.seconds[&kind].clone()) - middle(self.one.clone())
    }

    /// Microseconds of each type beyond the first.
    fn per_type(&self, kind: Kind, middle: fn(Vec<f64>) -> f64) -> f64 {
        1e6 * self.above_one(kind, middle) / (self.types - 1) as f64
    }

    fn ratio(&self, kind: Kind, peer: Kind) -> f64 {
        self.above_one(kind, median) / self.above_one(peer, median)
    }

    /// The median of what each round alone says, so that slow phases of the machine cancel out.
    fn paired_ratio(&self, kind: Kind, peer: Kind) -> f64 {
        let pairs = self.seconds[&kind].iter().zip(&self.seconds[&peer]);
        median(pairs.zip(&self.one).map(|((ours, theirs), one)| (ours - one) / (theirs - one)))
    }
}
