//! How much of a peer's cost ours may have.

use crate::kinds::Kind;
use crate::library::Library;
use pinsight_benches::table::{Table, verdict};

/// The peers that everything is compared with.
pub(crate) const PEERS: [Kind; 2] = [Kind::PinProject, Kind::PinProjectLite];

pub(crate) struct Goal {
    kind: Kind,
    peer: Kind,
    limit: f64,
}

const fn goal(kind: Kind, peer: Kind, limit: f64) -> Goal {
    Goal { kind, peer, limit }
}

/// Of instructions, in every shape.
pub(crate) const COUNTS: [Goal; 6] = [
    goal(Kind::Derive, Kind::PinProject, 0.36),
    goal(Kind::Derive, Kind::PinProjectLite, 0.43),
    goal(Kind::Attribute, Kind::PinProject, 0.57),
    goal(Kind::Attribute, Kind::PinProjectLite, 0.67),
    goal(Kind::Lite, Kind::PinProject, 0.57),
    goal(Kind::Lite, Kind::PinProjectLite, 0.67),
];

/// Of the clock, in crates that are large enough for it to be exact.
pub(crate) const CLOCK: [Goal; 1] = [goal(Kind::Derive, Kind::PinProject, 0.42)];
pub(crate) const CLOCK_TYPES: [usize; 2] = [1000, 3000];

/// Of the CPU time of a cold build.
pub(crate) const COLD: (Library, Library, f64) = (Library::Pinsight, Library::PinProject, 0.22);

/// A row for each goal whose kinds were measured, a column for each name; nothing without rows or columns.
pub(crate) fn table(
    goals: &[Goal],
    kinds: &[Kind],
    columns: &[String],
    ratio: impl Fn(Kind, Kind, usize) -> f64,
) -> Option<Table> {
    let measured = |goal: &&Goal| kinds.contains(&goal.kind) && kinds.contains(&goal.peer);
    let mut goals = goals.iter().filter(measured).peekable();
    if columns.is_empty() || goals.peek().is_none() {
        return None;
    }
    let mut table = Table::new(["goal"].into_iter().chain(columns.iter().map(String::as_str)));
    for Goal { kind, peer, limit } in goals {
        let title = format!("{} at most {limit} of {}", kind.title(), peer.title());
        table.push(std::iter::once(title).chain((0..columns.len()).map(|column| {
            let ratio = ratio(*kind, *peer, column);
            format!("{ratio:.3} {}", verdict(ratio, *limit))
        })));
    }
    Some(table)
}
