//! The tables of where instructions go.

use std::collections::BTreeMap;

use super::Parts;
use crate::kinds::Kind;
use crate::shapes::Shape;
use pinsight_benches::table::Table;

/// Rows of the tables by crate and by function.
const CRATES: usize = 24;
const FUNCTIONS: usize = 30;

pub(super) fn introduction([small, large]: [usize; 2]) -> String {
    format!(
        "## Where the instructions of a type go\n\n\
         `valgrind --tool=callgrind` over the very call of the compiler that `cargo check` makes; thousands of instructions, \
         the slope between crates of {small} and {large} types.\n\n"
    )
}

pub(super) fn of_shape(shape: Shape, kinds: &[(Kind, Parts)]) -> String {
    let mut out = format!("### {}, {}\n\n{}", shape.slug(), shape.describe(), split(kinds));
    if kinds.iter().any(|(_, parts)| !parts.macro_crates.is_empty()) {
        out += "\nThe macro's own code, by the crate that a function is of:\n\n";
        out += &crates(kinds, |parts| &parts.macro_crates).to_string();
    }
    out += "\nAll but the macro's own code, by the crate that a function is of, the server's side included:\n\n";
    out += &crates(kinds, |parts| &parts.compiler_crates).to_string();
    for (kind, parts) in kinds.iter().filter(|(kind, _)| kind.is_ours()) {
        out += &format!("\nThe functions of the macro for {}, with what they call, and themselves:\n\n", kind.title());
        out += &functions(parts).to_string();
    }
    out + "\n"
}

fn thousands(cost: f64) -> String {
    // Nothing is nothing, also where rounding leaves a sign.
    match format!("{:.1}", cost / 1e3) {
        zero if zero == "-0.0" => "0.0".to_owned(),
        text => text,
    }
}

/// The parts that add up to the whole.
fn split(kinds: &[(Kind, Parts)]) -> Table {
    let mut table = header("part", kinds);
    let mut push = |title: &str, cost: fn(&Parts) -> f64| {
        let cells = kinds.iter().map(|(_, parts)| thousands(cost(parts)));
        table.push([title.to_owned()].into_iter().chain(cells));
    };
    push("the macro's own code", |parts| parts.macro_itself);
    push("memory and the like for it", |parts| parts.macro_system);
    push("the compiler on its call: the server's side", |parts| parts.server);
    push("the compiler else", |parts| parts.compiler);
    push("total", |parts| parts.macro_itself + parts.macro_system + parts.server + parts.compiler);
    table
}

fn header(first: &str, kinds: &[(Kind, Parts)]) -> Table {
    Table::new([first].into_iter().chain(kinds.iter().map(|(kind, _)| kind.title())))
}

/// The dearest crates of any kind, and the sum of the rest.
fn crates(kinds: &[(Kind, Parts)], of: fn(&Parts) -> &BTreeMap<String, f64>) -> Table {
    let mut dearest = BTreeMap::<&str, f64>::new();
    for (name, cost) in kinds.iter().flat_map(|(_, parts)| of(parts)) {
        let most = dearest.entry(name).or_default();
        *most = most.max(*cost);
    }
    let mut names: Vec<_> = dearest.into_iter().filter(|(_, cost)| *cost >= 1e3).collect();
    names.sort_by(|(_, one), (_, other)| other.total_cmp(one));
    names.truncate(CRATES);
    let mut table = header("crate", kinds);
    for (name, _) in &names {
        let cells = kinds.iter().map(|(_, parts)| thousands(of(parts).get(*name).copied().unwrap_or_default()));
        table.push([(*name).to_owned()].into_iter().chain(cells));
    }
    let rest = kinds.iter().map(|(_, parts)| {
        let shown = |name: &String| names.iter().any(|(shown, _)| shown == name);
        thousands(of(parts).iter().filter(|(name, _)| !shown(name)).map(|(_, cost)| cost).sum())
    });
    table.push(["the rest".to_owned()].into_iter().chain(rest));
    table
}

fn functions(parts: &Parts) -> Table {
    let mut dearest: Vec<_> = parts.functions.iter().collect();
    dearest.sort_by(|(_, [_, one]), (_, [_, other])| other.total_cmp(one));
    let mut table = Table::new(["function", "with calls", "itself"]);
    for (name, [own, all]) in dearest.into_iter().filter(|(name, _)| name.contains("pinsight_macros")).take(FUNCTIONS) {
        table.push([format!("`{name}`"), thousands(*all), thousands(*own)]);
    }
    table
}
