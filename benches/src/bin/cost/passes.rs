//! Where the compiler's time goes, pass by pass, by its own account.

use std::collections::BTreeMap;
use std::fmt::Write;

use crate::Result;
use crate::child;
use crate::kinds::Kind;
use crate::options::Options;
use crate::scratch::Scratch;
use pinsight_benches::stats::median;
use pinsight_benches::table::Table;

const TARGET: &str = "target-passes";

/// Large enough for the passes to stand out from the noise, small enough to be repeated.
const LARGEST: usize = 1000;

/// Rows of the table. The passes of different rows do not overlap, once those that `less` names are taken away.
const ROWS: [Row; 8] = [
    Row::new("parsing", "parse_crate", None),
    Row::new("macro expansion", "macro_expand_crate", None),
    Row::new("name resolution", "resolve_crate", None),
    Row::new("coherence", "coherence_checking", None),
    Row::new("types", "type_check_crate", Some("coherence_checking")),
    Row::new("borrow check", "MIR_borrow_checking", None),
    Row::new("lints, privacy", "misc_checking_3", None),
    Row::new("metadata", "generate_crate_metadata", None),
];

struct Row {
    title: &'static str,
    pass: &'static str,
    less: Option<&'static str>,
}

impl Row {
    const fn new(title: &'static str, pass: &'static str, less: Option<&'static str>) -> Self {
        Self { title, pass, less }
    }

    fn seconds(&self, passes: &Passes) -> f64 {
        let of = |pass| passes.get(pass).copied().unwrap_or(0.0);
        of(self.pass) - self.less.map_or(0.0, of)
    }
}

/// Seconds by the compiler's name of the pass.
type Passes = BTreeMap<String, f64>;

pub(crate) fn measure(scratch: &Scratch, options: &Options) -> Result<String> {
    let mut out = String::from("## Where the compiler's time goes\n\n");
    let kinds = &options.kinds;
    let fitting = options.types.iter().filter(|types| **types <= LARGEST);
    let types = fitting.max().copied().unwrap_or(LARGEST);
    // The first round builds the libraries. It is also the one that fails if this cannot run here.
    for kind in kinds {
        if let Err(error) = profile(scratch, *kind, 1, 0) {
            let error = error.to_string();
            let reason = error.lines().find(|line| line.starts_with("error"));
            let reason = reason.unwrap_or(&error);
            writeln!(out, "Skipped: `-Ztime-passes` cannot run here ({reason}).")?;
            return Ok(out);
        }
    }
    let mut samples = vec![Vec::new(); kinds.len()];
    for round in 0..options.runs {
        eprintln!("passes: round {} of {}", round + 1, options.runs);
        for (kind, samples) in kinds.iter().zip(&mut samples) {
            samples.push(profile(scratch, *kind, types, round + 1)?);
        }
    }
    write!(
        out,
        "`rustc -Ztime-passes`, {types} types, {} interleaved rounds: median milliseconds.\n\n{}",
        options.runs,
        table(kinds, &samples)
    )?;
    Ok(out)
}

/// What the compiler says of checking this crate.
fn profile(scratch: &Scratch, kind: Kind, types: usize, round: usize) -> Result<Passes> {
    scratch.write_source(kind, types, round)?;
    let mut command = scratch.cargo(kind.library(), "rustc", TARGET);
    command
        .args(["--profile=check", "--"])
        .args(["-Ztime-passes", "-Ztime-passes-format=json"])
        // Lets the stable compiler take a `-Z` option.
        .env("RUSTC_BOOTSTRAP", "1");
    let (output, _) = child::run(&mut command)?;
    let passes: Passes = String::from_utf8(output.stderr)?.lines().filter_map(pass).collect();
    if ROWS.iter().all(|row| passes.contains_key(row.pass)) && passes.contains_key("total") {
        Ok(passes)
    } else {
        Err("error: this compiler's passes have other names".into())
    }
}

/// Reads `time: {"pass":"parse_crate","time":0.0087,"rss_start":…}`.
fn pass(line: &str) -> Option<(String, f64)> {
    let rest = line.strip_prefix(r#"time: {"pass":""#)?;
    let (name, rest) = rest.split_once(r#"","time":"#)?;
    let (seconds, _) = rest.split_once([',', '}'])?;
    Some((name.to_owned(), seconds.parse().ok()?))
}

fn table(kinds: &[Kind], samples: &[Vec<Passes>]) -> Table {
    let header = std::iter::once("pass").chain(kinds.iter().map(|kind| kind.title()));
    let mut table = Table::new(header);
    let mut push = |title: &str, seconds: &dyn Fn(&Passes) -> f64| {
        let cell = |samples: &Vec<Passes>| format!("{:.0}", 1e3 * median(samples.iter().map(seconds)));
        table.push(std::iter::once(title.to_owned()).chain(samples.iter().map(cell)));
    };
    for row in &ROWS {
        push(row.title, &|passes| row.seconds(passes));
    }
    let rest = |passes: &Passes| passes["total"] - ROWS.iter().map(|row| row.seconds(passes)).sum::<f64>();
    push("the rest, such as lowering", &rest);
    push("total", &|passes| passes["total"]);
    table
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reads_a_line_of_the_compiler_and_skips_others() {
        let line = r#"time: {"pass":"parse_crate","time":0.25,"rss_start":1,"rss_end":2}"#;
        assert_eq!(pass(line), Some(("parse_crate".to_owned(), 0.25)));
        assert_eq!(pass("   Checking measured v0.0.0"), None);
    }
}
