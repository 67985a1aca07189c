//! The tables of the checks.

use std::fmt::Write;

use super::Size;
use crate::kinds::Kind;
use crate::options::Options;
use pinsight_benches::stats::{median, minimum};
use pinsight_benches::table::{Table, verdict};

/// The peers and how much of their cost ours may have.
const LIMITS: [(Kind, f64); 2] = [(Kind::PinProject, 0.5), (Kind::PinProjectLite, 0.7)];

pub(super) fn markdown(sizes: &[Size], options: &Options) -> String {
    let cache = if options.incremental { "with a cold incremental cache" } else { "without an incremental cache" };
    let mut out = format!(
        "## `cargo check`, {cache}\n\n\
         CPU time (user and system) of cargo and the compiler for the generated crate alone, its libraries being built, \
         less that of an empty crate. Where a cell shows two ratios, the first is that of the medians and the second the \
         median of the ratios of each round.\n"
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
    if let Some(goals) = goals(sizes, &options.kinds) {
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
    let empty = &size.seconds[&Kind::Empty];
    format!(
        "### {} types, {} rounds\n\nThe empty crate: median {:.0} ms, minimum {:.0} ms.\n\n",
        size.types,
        size.rounds,
        1e3 * median(empty.iter().copied()),
        1e3 * minimum(empty.iter().copied()),
    )
}

fn one_size(size: &Size, kinds: &[Kind]) -> Table {
    let peers = || LIMITS.map(|(peer, _)| peer).into_iter();
    let mut table = Table::new(
        ["kind", "µs/type, median", "minimum"]
            .map(str::to_owned)
            .into_iter()
            .chain(peers().map(|peer| format!("÷ {}", peer.slug()))),
    );
    for kind in kinds.iter().filter(|kind| **kind != Kind::Empty) {
        let mut row = vec![
            kind.title().to_owned(),
            format!("{:.0}", size.per_type(*kind, median)),
            format!("{:.0}", size.per_type(*kind, minimum)),
        ];
        row.extend(peers().map(|peer| {
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
    for kind in kinds.iter().filter(|kind| **kind != Kind::Empty) {
        let cells = sizes.iter().map(|size| size.per_type(*kind, minimum));
        let [.., before, last] = sizes else {
            unreachable!("asked for with two sizes or more");
        };
        let [cost_before, cost_last] = [before, last].map(|size| size.above_empty(*kind, minimum));
        let marginal = (cost_last - cost_before) / (last.types - before.types) as f64;
        let slope = marginal / (cost_before / before.types as f64);
        table.push(
            std::iter::once(kind.title().to_owned())
                .chain(cells.map(|cost| format!("{cost:.0}")))
                .chain([format!("{slope:.2}")]),
        );
    }
    table
}

fn goals(sizes: &[Size], kinds: &[Kind]) -> Option<Table> {
    let limits: Vec<_> = LIMITS.into_iter().filter(|(peer, _)| kinds.contains(peer)).collect();
    let ours: Vec<_> = kinds.iter().filter(|kind| kind.is_ours()).collect();
    if limits.is_empty() || ours.is_empty() {
        return None;
    }
    let numbers = sizes.iter().map(|size| format!("{} types", size.types));
    let mut table = Table::new(std::iter::once("goal".to_owned()).chain(numbers));
    for (peer, limit) in limits {
        for kind in &ours {
            let title = format!("{} at most {limit} of {}", kind.title(), peer.slug());
            table.push(std::iter::once(title).chain(sizes.iter().map(|size| {
                let ratio = size.paired_ratio(**kind, peer);
                format!("{ratio:.2} {}", verdict(ratio, limit))
            })));
        }
    }
    Some(table)
}

impl Size {
    /// Seconds above the empty crate, both summed up by `middle`.
    fn above_empty(&self, kind: Kind, middle: fn(Vec<f64>) -> f64) -> f64 {
        middle(self.seconds[&kind].clone()) - middle(self.seconds[&Kind::Empty].clone())
    }

    /// Microseconds above the empty crate.
    fn per_type(&self, kind: Kind, middle: fn(Vec<f64>) -> f64) -> f64 {
        1e6 * self.above_empty(kind, middle) / self.types as f64
    }

    fn ratio(&self, kind: Kind, peer: Kind) -> f64 {
        self.above_empty(kind, median) / self.above_empty(peer, median)
    }

    /// The median of what each round alone says, so that slow phases of the machine cancel out.
    fn paired_ratio(&self, kind: Kind, peer: Kind) -> f64 {
        let empty = &self.seconds[&Kind::Empty];
        let pairs = self.seconds[&kind].iter().zip(&self.seconds[&peer]);
        median(pairs.zip(empty).map(|((ours, theirs), empty)| (ours - empty) / (theirs - empty)))
    }
}
