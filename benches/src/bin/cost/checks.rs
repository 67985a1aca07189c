//! CPU time of `cargo check` for each type, above a crate with one type that is written by hand.

use std::collections::BTreeMap;

use crate::Result;
use crate::child;
use crate::kinds::Kind;
use crate::library::Library;
use crate::options::Options;
use crate::scratch::{CHECK, PACKAGE, Scratch};

mod report;

/// The samples of one size: seconds of CPU, by round.
struct Size {
    types: usize,
    rounds: usize,
    seconds: BTreeMap<Kind, Vec<f64>>,
    /// Those of a crate with one type. An empty one is no zero: the first type of a crate, by hand too, takes some
    /// milliseconds for what all types share.
    one: Vec<f64>,
}

pub(crate) fn measure(scratch: &Scratch, options: &Options) -> Result<String> {
    eprintln!("check: building the libraries");
    for kind in &options.kinds {
        scratch.write_source(*kind, 1, 0)?;
        child::run(&mut scratch.cargo(kind.library(), "check", CHECK))?;
    }
    scratch.write_source(Kind::Hand, 1, 0)?;
    child::run(&mut scratch.cargo(Library::None, "check", CHECK))?;
    let mut sizes = Vec::new();
    for types in &options.types {
        sizes.push(size(scratch, options, *types)?);
    }
    Ok(report::markdown(&sizes, options))
}

fn size(scratch: &Scratch, options: &Options, types: usize) -> Result<Size> {
    // A crate of ten types takes about as long as the noise of an empty one.
    let rounds = options.runs * (1000 / types).clamp(1, 8);
    let mut seconds = BTreeMap::<_, Vec<_>>::new();
    let mut one = Vec::new();
    for round in 0..rounds {
        eprintln!("check: {types} types, round {} of {rounds}", round + 1);
        // Each round begins elsewhere, so that no kind always follows the same one.
        let start = round % options.kinds.len();
        let (last, first) = options.kinds.split_at(start);
        for kind in first.iter().chain(last) {
            let sample = check(scratch, *kind, types, round, options.incremental)?;
            seconds.entry(*kind).or_default().push(sample);
        }
        one.push(check(scratch, Kind::Hand, 1, round, options.incremental)?);
    }
    Ok(Size { types, rounds, seconds, one })
}

/// Seconds of CPU that cargo and the compiler took for this one crate.
fn check(scratch: &Scratch, kind: Kind, types: usize, round: usize, incremental: bool) -> Result<f64> {
    scratch.write_source(kind, types, round + 1)?;
    let mut command = scratch.cargo(kind.library(), "check", CHECK);
    command.arg("--message-format=json");
    if incremental {
        scratch.remove(kind.library(), &format!("{CHECK}/debug/incremental"))?;
        command.env("CARGO_INCREMENTAL", "1");
    }
    let (output, cost) = child::run(&mut command)?;
    really_checked(&String::from_utf8(output.stdout)?, kind)?;
    Ok(cost.cpu.as_secs_f64())
}

/// Exactly this crate was checked anew, and without a warning, whose printing would be measured too.
///
/// Cargo prints one compact JSON object a line, so a search for its words does what a parser would.
fn really_checked(messages: &str, kind: Kind) -> Result<()> {
    if let Some(message) = messages.lines().find(|line| line.contains(r#""reason":"compiler-message""#)) {
        return Err(format!("the generated crate of {} warns: {message}", kind.title()).into());
    }
    let mut anew = messages.lines().filter(|line| line.contains(r#""fresh":false"#));
    let name = format!(r#""name":"{PACKAGE}""#);
    match (anew.next(), anew.next()) {
        (Some(line), None) if line.contains(&name) => Ok(()),
        _ => Err(format!("more or less than the crate of {} was checked:\n{messages}", kind.title()).into()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const LIBRARY: &str = r#"{"reason":"compiler-artifact","target":{"name":"pinsight"},"fresh":true}"#;

    fn artifact(fresh: bool) -> String {
        format!(r#"{{"reason":"compiler-artifact","target":{{"name":"measured"}},"fresh":{fresh}}}"#)
    }

    #[test]
    fn a_checked_crate_counts() {
        let messages = format!("{LIBRARY}\n{}\n", artifact(false));
        really_checked(&messages, Kind::Derive).unwrap();
    }

    #[test]
    fn neither_a_fresh_crate_nor_a_rebuilt_library_nor_a_warning_counts() {
        let rebuilt = LIBRARY.replace("true", "false");
        let warning = r#"{"reason":"compiler-message","message":{}}"#;
        for messages in [
            format!("{LIBRARY}\n{}\n", artifact(true)),
            format!("{rebuilt}\n{}\n", artifact(false)),
            format!("{warning}\n{}\n", artifact(false)),
        ] {
            assert!(really_checked(&messages, Kind::Derive).is_err(), "{messages}");
        }
    }
}
