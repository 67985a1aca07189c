//! The tables of the counts.

use std::fmt::Write;

use super::{Counts, TOLERANCE};
use crate::goals::{self, PEERS};
use crate::kinds::Kind;
use crate::options::Options;
use crate::shapes::Shape;
use pinsight_benches::table::{Table, verdict};

pub(super) fn markdown(
    counts: &Counts,
    again: &Counts,
    shapes: &[Shape],
    options: &Options,
    project_ref: &str,
) -> String {
    let kinds = &options.kinds;
    let [small, large] = [options.sizes[0], options.sizes[1]];
    let slope = |kind: Kind, shape: Shape| counts.slope(kind, shape, [small, large]);
    let mut out = format!(
        "## Instructions of `cargo check`\n\n\
         `valgrind --tool=cachegrind --cache-sim=no` over the very call of the compiler that `cargo check` makes, macros \
         included; the slope between crates of {small} and {large} types.\n\n"
    );
    for shape in shapes {
        out += &format!("- **{}**, {}\n", shape.slug(), shape.describe());
    }
    out +=
        "\nFor an enum, pin-project and pin-project-lite make the methods that are asked for, here `project` alone.\n";
    if kinds.contains(&Kind::DeriveRef) {
        out += &format!("\n{project_ref}\n");
    }
    let mut push = |title: &str, table: &Table| {
        write!(out, "\n### {title}\n\n{table}").expect("a String takes everything");
    };
    push("Millions for each type", &matrix(kinds, shapes, |kind, shape| format!("{:.3}", slope(kind, shape) / 1e6)));
    for peer in PEERS.into_iter().filter(|peer| kinds.contains(peer)) {
        push(
            &format!("Each type, as a part of {}'s", peer.title()),
            &matrix(kinds, shapes, |kind, shape| format!("{:.3}", slope(kind, shape) / slope(peer, shape))),
        );
    }
    let columns: Vec<_> = shapes.iter().map(|shape| shape.slug().to_owned()).collect();
    let ratio = |kind, peer, column: usize| slope(kind, shapes[column]) / slope(peer, shapes[column]);
    if let Some(goals) = goals::table(&goals::COUNTS, kinds, &columns, ratio) {
        push("Goals", &goals);
    }
    if options.sizes.len() > 2 {
        push("Growth: one more type in larger crates, as a multiple of the above", &growth(counts, shapes[0], options));
    }
    if let (Some(kind), Some(shape)) = (kinds.last(), shapes.first()) {
        let (first, second) = (slope(*kind, *shape), again.slope(*kind, *shape, [small, large]));
        let apart = (first - second).abs() / first;
        write!(
            out,
            "\nCounted another time, in another folder: {}, {}: {first:.0} and {second:.0} for each type, {:.4} % apart, \
             at most {} %: {}.\n\n",
            kind.title(),
            shape.slug(),
            1e2 * apart,
            1e2 * TOLERANCE,
            verdict(apart, TOLERANCE)
        )
        .expect("a String takes everything");
    }
    out
}

/// A row for each kind, a column for each shape.
fn matrix(kinds: &[Kind], shapes: &[Shape], cell: impl Fn(Kind, Shape) -> String) -> Table {
    let mut table = Table::new(["kind"].into_iter().chain(shapes.iter().map(|shape| shape.slug())));
    for kind in kinds {
        let cells = shapes.iter().map(|shape| cell(*kind, *shape));
        table.push([kind.title().to_owned()].into_iter().chain(cells));
    }
    table
}

/// The slope between each two sizes, beside that of the first two.
fn growth(counts: &Counts, shape: Shape, options: &Options) -> Table {
    let pairs: Vec<_> = options.sizes.windows(2).filter_map(|pair| <[usize; 2]>::try_from(pair).ok()).collect();
    let (first, further) = (pairs[0], &pairs[1..]);
    let header = further.iter().map(|[from, to]| format!("{}, {from} to {to} types", shape.slug()));
    let mut table = Table::new(["kind".to_owned()].into_iter().chain(header));
    for kind in &options.kinds {
        let slope = |pair| counts.slope(*kind, shape, pair);
        let cells = further.iter().map(|pair| format!("{:.3}", slope(*pair) / slope(first)));
        table.push([kind.title().to_owned()].into_iter().chain(cells));
    }
    table
}
