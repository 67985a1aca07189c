//! The tables.

use std::io::{self, Write};

use pinsight_benches::table::Table;

use crate::facts::Package;
use crate::tally::{Tally, share};

/// Writes all of them.
pub(crate) fn write(outcomes: &[(Package, Tally)], out: &mut impl Write) -> io::Result<()> {
    let mut total = Tally::default();
    outcomes.iter().for_each(|(_, tally)| total += tally);
    let rows = || {
        let packages = outcomes.iter().map(|(package, tally)| (format!("{} {}", package.name, package.version), tally));
        packages.chain([("**total**".to_owned(), &total)])
    };
    writeln!(out, "{}\nSuspend points\n", goals(&total))?;
    let mut table = Table::new(["package", "bodies", "found", "suspends", "found", "", "opaque", "missed", "extra"]);
    for (name, tally) in rows() {
        let mut row = vec![name];
        row.extend(numbers(&[tally.bodies, tally.bodies_found, tally.suspends, tally.suspends_found]));
        row.push(percent(share(tally.suspends_found, tally.suspends)));
        row.extend(numbers(&[tally.suspends_opaque, tally.suspends_missed, tally.suspends_extra]));
        table.push(row);
    }
    writeln!(out, "{table}\nNamed locals, at the suspend points found\n")?;
    let header = ["package", "kept", "yes", "maybe", "missed", "recall", "all yes", "precision", "all maybe", "share"];
    let mut table = Table::new(header);
    for (name, tally) in rows() {
        let mut row = vec![name];
        row.extend(numbers(&[tally.kept, tally.kept_yes, tally.kept_maybe, tally.kept_missed]));
        row.extend([percent(tally.recall()), tally.predicted_yes.to_string(), percent(tally.precision())]);
        row.extend([tally.predicted_maybe.to_string(), percent(tally.maybes())]);
        table.push(row);
    }
    writeln!(out, "{table}\nSelf-references, at the suspend points found\n")?;
    let header = [
        "package",
        "certain",
        "confirmed",
        "",
        "through a call",
        "wrong",
        "direct",
        "found",
        "",
        "as possible",
        "both",
        "missed",
    ];
    let mut table = Table::new(header);
    for (name, tally) in rows() {
        let mut row = vec![name];
        row.extend(numbers(&[tally.references_predicted, tally.references_confirmed]));
        row.push(percent(share(tally.references_confirmed, tally.references_predicted)));
        row.extend(numbers(&[tally.references_possible, tally.references_wrong]));
        row.extend(numbers(&[tally.references_direct, tally.references_found]));
        row.push(percent(share(tally.references_found, tally.references_direct)));
        row.push(tally.references_found_possible.to_string());
        let either = tally.references_found + tally.references_found_possible;
        row.push(percent(share(either, tally.references_direct)));
        row.push(tally.references_missed.to_string());
        table.push(row);
    }
    writeln!(out, "{table}\nWhat is not compared, or apart\n")?;
    let mut table = Table::new(["what", "number"]);
    for (what, number) in [
        ("suspend points whose `.await` is not written in the body: a macro or an attribute makes it", total.in_macros),
        ("of those: found", total.in_macros_found),
        ("of those: in a body that is flagged as opaque", total.in_macros_opaque),
        ("of those: missed", total.in_macros_missed),
        ("bodies that are flagged as opaque", total.bodies_opaque),
        ("bodies in macros of other packages", total.foreign_bodies),
        ("bodies in a `macro_rules!` of the package (not compared)", total.templates),
        ("suspend points in those (not compared)", total.templates_suspends),
        ("bodies that an attribute makes, of which no text is in the source (not compared)", total.made),
        ("suspend points in those (not compared)", total.made_suspends),
        ("generic bodies without an instance in the corpus", total.without_instance),
        ("named locals at suspend points that were not found", total.kept_elsewhere),
        ("stored locals whose name is not in the source: of macros, attributes and `for`", total.unwritten),
        ("predicted locals whose name is not in the source, and that are not stored", total.unwritten_predicted),
        ("`__self` of an attribute, compared as `self`", total.renamed),
        ("stored locals whose type the debug info has lost (compared: the name is known)", total.lost),
        ("of the named locals: moved in from an argument or captured value (compared)", total.kept_arguments),
        ("of those: missed", total.missed_arguments),
        ("captured values", total.captured),
        ("of those: predicted", total.captured_found),
        ("predicted as captured, and not", total.captured_extra),
        ("direct references from a named value", total.between_locals),
        ("of those: found", total.between_locals_found),
        ("of those: found as possible", total.between_locals_possible),
        ("direct references from or to a value without a written name", total.references_unnamed),
        ("certain predictions from or to a value without a written name", total.references_unnamed_predicted),
        ("bodies whose MIR could not be followed: their references are not compared", total.unfollowed),
        ("predicted references in bodies whose MIR could not be followed", total.references_unchecked),
    ] {
        table.push([what.to_owned(), number.to_string()]);
    }
    writeln!(out, "{table}")?;
    Ok(())
}

fn goals(total: &Tally) -> Table {
    let mut table = Table::new(["over all packages", "measured", "goal", "met"]);
    let either = total.references_found + total.references_found_possible;
    for (what, measured, goal, is_least) in [
        ("suspend points found", share(total.suspends_found, total.suspends), 98.0, true),
        ("of those not found: in a body flagged as opaque", flagged(total), 100.0, true),
        ("named locals kept, of those kept: recall", total.recall(), 99.0, true),
        ("named locals kept, of those called kept: precision", total.precision(), 99.0, true),
        ("`maybe`, of those called kept or `maybe`", total.maybes(), 15.0, false),
        ("certain references confirmed", share(total.references_confirmed, total.references_predicted), 100.0, true),
        ("direct references found, as certain or possible", share(either, total.references_direct), 90.0, true),
    ] {
        let is_met = measured.is_none_or(|measured| if is_least { measured >= goal } else { measured <= goal });
        let goal = format!("{} {goal} %", if is_least { "≥" } else { "≤" });
        table.push([what, &percent(measured), &goal, if is_met { "yes" } else { "**no**" }]);
    }
    table
}

fn flagged(total: &Tally) -> Option<f64> {
    share(total.suspends_opaque, total.suspends_opaque + total.suspends_missed)
}

fn numbers(numbers: &[usize]) -> impl Iterator<Item = String> {
    numbers.iter().map(ToString::to_string)
}

fn percent(share: Option<f64>) -> String {
    share.map_or("-".into(), |share| format!("{share:.2} %"))
}
