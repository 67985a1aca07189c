//! What differs between what is expected of a machine and what was found.

use crate::expectation::Case;
use crate::seen::{Kept, Seen, Suspend};

/// Whom the expectation is held against.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Side {
    /// It knows the types: a `maybe` is kept or not.
    Compiler,
    /// It has to say the same.
    Prediction,
}

/// One line for each difference.
pub(crate) fn compare(expected: &Seen, found: &Seen, body: usize, side: Side) -> Vec<String> {
    let block = body.checked_sub(1).map(|block| format!("block {block}: ")).unwrap_or_default();
    let mut differences = Vec::new();
    if let Some(names) = &expected.captured
        && found.captured.as_ref() != Some(names)
    {
        differences.push(format!("captured: {names:?} is expected, found {:?}", found.captured));
    }
    if expected.suspends.len() != found.suspends.len() {
        let (expected, found) = (expected.suspends.len(), found.suspends.len());
        differences.push(format!("{expected} suspend points are expected, found {found}"));
    }
    for (number, (expected, found)) in expected.suspends.iter().zip(&found.suspends).enumerate() {
        differences.extend(in_suspend(expected, found, side).into_iter().map(|text| format!("{number}: {text}")));
    }
    differences.into_iter().map(|text| block.clone() + &text).collect()
}

fn in_suspend(expected: &Suspend, found: &Suspend, side: Side) -> Vec<String> {
    let mut differences = Vec::new();
    let nothing = Kept::default();
    let names: std::collections::BTreeSet<&String> = expected.kept.keys().chain(found.kept.keys()).collect();
    for name in names {
        let wanted = expected.kept.get(name).unwrap_or(&nothing);
        let is = found.kept.get(name).unwrap_or(&nothing);
        let fits = match side {
            Side::Compiler => (wanted.sure..=wanted.sure + wanted.maybe).contains(&is.sure),
            Side::Prediction => (wanted.sure, wanted.maybe) == (is.sure, is.maybe),
        };
        if !fits {
            differences.push(format!("`{name}` is {}, expected {}", how(is), how(wanted)));
            continue;
        }
        if is.sure + is.maybe == 0 && name != "__awaitee" {
            continue;
        }
        // Of what is only maybe kept the reasons depend on the type as well.
        for reason in wanted.reasons.difference(&is.reasons).filter(|_| is.maybe == 0) {
            differences.push(format!("`{name}` is kept because {:?}, expected `{reason}` too", is.reasons));
        }
        differences.extend(references(name, wanted, is, side, expected));
    }
    if let (Some((wanted, _)), Some((least, most))) = (expected.unnamed, found.unnamed)
        && !(least..=most).contains(&wanted)
    {
        differences.push(format!("{wanted} values without a name are expected, found {least} to {most}"));
    }
    differences
}

fn how(kept: &Kept) -> String {
    let times = |count: usize| if count == 1 { String::new() } else { format!(" {count} times") };
    match (kept.sure, kept.maybe) {
        (0, 0) => "not kept".to_owned(),
        (sure, 0) => format!("kept{}", times(sure)),
        (0, maybe) => format!("maybe kept{}", times(maybe)),
        (sure, maybe) => format!("kept{} and maybe kept{}", times(sure), times(maybe)),
    }
}

fn references(name: &str, wanted: &Kept, is: &Kept, side: Side, expected: &Suspend) -> Vec<String> {
    let mut differences = Vec::new();
    let tell = |certain: bool| if certain { "->" } else { "may ->" };
    for (target, &certain) in &wanted.points_at {
        let found = is.points_at.get(target);
        // A function that is called may not pass the reference on: the compiler knows, the source does not say.
        let fits = match side {
            Side::Compiler => !certain || found == Some(&true) || expected.maybe_kept(target),
            Side::Prediction => found == Some(&certain),
        };
        if !fits {
            let found = found.map_or("no such reference", |certain| tell(*certain));
            differences.push(format!("`{name} {} {target}` is expected, found {found}", tell(certain)));
        }
    }
    for (target, &certain) in is.points_at.iter().filter(|(target, _)| !wanted.points_at.contains_key(*target)) {
        // What a called function passes on is only expected where the source shows it, and what is lent to what is awaited
        // where a case is about that.
        let ignored = name == "__awaitee" || (!certain && side == Side::Compiler);
        if !ignored {
            differences.push(format!("`{name} {} {target}` is not expected", tell(certain)));
        }
    }
    differences
}

impl Suspend {
    /// The compiler may have left the target out.
    fn maybe_kept(&self, target: &str) -> bool {
        self.kept.get(target).is_some_and(|kept| kept.maybe > 0)
    }
}

/// Whether the suspend points are in the same lines. Those that a macro of another place brings have none in the case.
pub(crate) fn lines(exact: &Seen, found: &Seen, case: &Case) -> Vec<String> {
    let lines = |seen: &Seen| seen.suspends.iter().map(|suspend| suspend.line.unwrap_or(0)).collect::<Vec<u32>>();
    let differs = |(number, (exact, found)): (usize, (u32, u32))| {
        let told = format!("{number}: awaits in line {found}, the compiler says {exact}");
        (case.lines.contains(&exact) && exact != found).then_some(told)
    };
    lines(exact).into_iter().zip(lines(found)).enumerate().filter_map(differs).collect()
}
