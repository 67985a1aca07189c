//! What is printed: counts, programs that prove nothing, survivors by kind.

use crate::counts;
use crate::judge::{Fate, Harmless, Judged};
use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::Path;

/// What programs have in common that differ in the name only.
fn kind(judged: &Judged) -> String {
    let program = &judged.program;
    format!("{}: {} / {}", program.family, program.template, program.payload.label())
}

/// The kinds of what survived.
pub(crate) fn survivors(all: &[Judged]) -> BTreeMap<String, Vec<&Judged>> {
    let mut kinds: BTreeMap<String, Vec<&Judged>> = BTreeMap::new();
    for judged in all.iter().filter(|judged| matches!(judged.fate, Fate::Survived { .. })) {
        kinds.entry(kind(judged)).or_default().push(judged);
    }
    kinds
}

/// Reads `tolerated.txt`: how a kind of survivor begins, and why it may.
pub(crate) fn tolerated(file: &Path) -> std::io::Result<Vec<(String, String)>> {
    let text = fs::read_to_string(file)?;
    let lines = text.lines().filter(|line| !line.starts_with('#')).filter_map(|line| line.split_once(" -- "));
    Ok(lines.map(|(kind, reason)| (kind.to_owned(), reason.to_owned())).collect())
}

/// Prints everything, and returns whether nothing is wrong: nobody has survived who is not tolerated, and every family proves something.
pub(crate) fn print(
    all: &[Judged],
    folder: &Path,
    tolerated: &[(String, String)],
    verbose: bool,
) -> std::io::Result<bool> {
    let every_family_proves = counts::print(all);
    let mut refused: BTreeMap<&str, BTreeSet<&str>> = BTreeMap::new();
    for judged in all.iter().filter(|judged| judged.harmless == Harmless::Refused) {
        let kind = judged.program.template.split(" / ").next().unwrap_or_default();
        refused.entry(kind).or_default().insert(&judged.program.name);
    }
    if verbose {
        let mut reasons: BTreeMap<String, BTreeMap<String, usize>> = BTreeMap::new();
        for judged in all {
            if let Fate::Rejected(codes) = &judged.fate {
                *reasons.entry(kind(judged)).or_default().entry(codes.join("+")).or_default() += 1;
            }
        }
        for (kind, reasons) in reasons {
            println!(
                "  {kind}: {}",
                reasons.iter().map(|(codes, count)| format!("{codes} {count}")).collect::<Vec<_>>().join(", ")
            );
        }
        for (kind, names) in refused {
            println!("  refused, though it harms nobody: {kind}: {}", names.into_iter().collect::<Vec<_>>().join(", "));
        }
    }
    for judged in all {
        let show = |what: &str, why: &str, text: &str| {
            println!(
                "== {what}: {}: {} ({:?}, {}): {why}\n{text}",
                kind(judged),
                judged.program.name,
                judged.program.door,
                judged.program.edition
            )
        };
        match &judged.fate {
            Fate::Dead(why) if verbose => show("dead", why, &judged.program.control),
            Fate::Toothless(why) if verbose => show("toothless", why, &judged.program.teeth),
            Fate::Crashed(why) => show("crashed", why, &judged.program.attack),
            _ => {}
        }
        if let Harmless::Failed(why) = &judged.harmless {
            show("failed when it ran", why, judged.program.harmless.as_deref().unwrap_or_default());
        }
    }
    let ran_well = !all.iter().any(|judged| matches!(judged.harmless, Harmless::Failed(_)));
    Ok(write_survivors(all, folder, tolerated)? == 0 && ran_well && every_family_proves)
}

fn write_survivors(all: &[Judged], folder: &Path, tolerated: &[(String, String)]) -> std::io::Result<usize> {
    if folder.exists() {
        fs::remove_dir_all(folder)?;
    }
    fs::create_dir_all(folder)?;
    let mut kinds = survivors(all);
    for (start, reason) in tolerated {
        let is_meant = |kind: &str| kind.starts_with(start.as_str());
        let count: usize = kinds.iter().filter(|(kind, _)| is_meant(kind)).map(|(_, list)| list.len()).sum();
        kinds.retain(|kind, _| !is_meant(kind));
        if count > 0 {
            println!("{count} survivors are tolerated: {start}: {reason}");
        }
    }
    let survivors = kinds.values().map(Vec::len).sum::<usize>();
    println!("{survivors} survivors of {} kinds", kinds.len());
    for (number, (kind, list)) in kinds.iter().enumerate() {
        let names: BTreeSet<&str> = list.iter().map(|judged| &*judged.program.name).collect();
        let doors: BTreeSet<String> = list.iter().map(|judged| format!("{:?}", judged.program.door)).collect();
        let plain = list.iter().any(|judged| judged.fate == Fate::Survived { by_trick: false });
        let file = folder.join(format!("{number:03}.rs"));
        let first = list[0];
        fs::write(
            &file,
            format!(
                "// {kind}\n// edition {}, {:?}\n{}",
                first.program.edition, first.program.redirects, first.program.attack
            ),
        )?;
        println!(
            "  SURVIVED {kind}{}: {} programs, {}: {}\n    {}",
            if plain { ", even without the trick" } else { "" },
            list.len(),
            doors.into_iter().collect::<Vec<_>>().join("+"),
            names.into_iter().collect::<Vec<_>>().join(" "),
            file.display(),
        );
    }
    Ok(survivors)
}
