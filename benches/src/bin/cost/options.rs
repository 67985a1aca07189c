//! The command line.

use crate::Result;
use crate::kinds::Kind;

pub(crate) const HELP: &str = "\
Measures what pinsight and its peers cost to compile, and prints the tables as Markdown

Usage: cargo run --release -p pinsight-benches --bin cost -- [OPTIONS]

Options:
      --types <N,N,...>     Numbers of types in the generated crates [default: 10,100,1000,3000]
      --runs <N>            Interleaved rounds at the least; small crates get more [default: 5]
      --only <PART,...>     Parts to run: check, cold, passes [default: all]
      --kinds <KIND,...>    Kinds to compare, beside the empty crate: plain, hand, pin-project,
                            pin-project-lite, derive, attribute, lite [default: all]
      --incremental         Check with a cold incremental cache, instead of with none
  -h, --help                Print help
";

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Part {
    Check,
    Cold,
    Passes,
}

#[derive(Debug)]
pub(crate) struct Options {
    /// Ascending.
    pub(crate) types: Vec<usize>,
    pub(crate) runs: usize,
    pub(crate) parts: Vec<Part>,
    /// In the order of the tables; the empty crate is always among them.
    pub(crate) kinds: Vec<Kind>,
    pub(crate) incremental: bool,
}

#[derive(Debug)]
pub(crate) enum Request {
    Help,
    Run(Options),
}

pub(crate) fn parse(mut arguments: impl Iterator<Item = String>) -> Result<Request> {
    let mut options = Options {
        types: vec![10, 100, 1000, 3000],
        runs: 5,
        parts: vec![Part::Check, Part::Cold, Part::Passes],
        kinds: Kind::ALL.to_vec(),
        incremental: false,
    };
    while let Some(argument) = arguments.next() {
        let mut value = || arguments.next().ok_or_else(|| format!("`{argument}` needs a value"));
        match argument.as_str() {
            "-h" | "--help" => return Ok(Request::Help),
            "--types" => options.types = types(&value()?)?,
            "--runs" => options.runs = positive(&value()?)?,
            "--only" => options.parts = list(&value()?, part)?,
            "--kinds" => options.kinds = kinds(&value()?)?,
            "--incremental" => options.incremental = true,
            _ => return Err(format!("unexpected argument `{argument}`; see `--help`").into()),
        }
    }
    Ok(Request::Run(options))
}

fn list<T>(text: &str, one: impl Fn(&str) -> Result<T>) -> Result<Vec<T>> {
    text.split(',').map(|word| one(word.trim())).collect()
}

fn positive(text: &str) -> Result<usize> {
    match text.parse() {
        Ok(number) if number > 0 => Ok(number),
        _ => Err(format!("expected a number above zero, found `{text}`").into()),
    }
}

fn types(text: &str) -> Result<Vec<usize>> {
    let mut numbers = list(text, positive)?;
    numbers.sort_unstable();
    numbers.dedup();
    Ok(numbers)
}

fn part(word: &str) -> Result<Part> {
    match word {
        "check" => Ok(Part::Check),
        "cold" => Ok(Part::Cold),
        "passes" => Ok(Part::Passes),
        _ => Err(format!("expected `check`, `cold` or `passes`, found `{word}`").into()),
    }
}

fn kinds(text: &str) -> Result<Vec<Kind>> {
    let chosen = list(text, |word| {
        Kind::ALL
            .into_iter()
            .find(|kind| kind.slug() == word)
            .ok_or_else(|| format!("no kind is named `{word}`; see `--help`").into())
    })?;
    // The tables keep their order whatever the order on the command line.
    Ok(Kind::ALL.into_iter().filter(|kind| *kind == Kind::Empty || chosen.contains(kind)).collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn options(line: &str) -> Result<Options> {
        match parse(line.split_whitespace().map(str::to_owned))? {
            Request::Run(options) => Ok(options),
            Request::Help => Err("help".into()),
        }
    }

    #[test]
    fn reads_every_option() {
        let options = options("--types 30,5 --runs 7 --only cold,check --kinds derive,hand --incremental").unwrap();
        assert_eq!(options.types, [5, 30]);
        assert_eq!(options.runs, 7);
        assert_eq!(options.parts, [Part::Cold, Part::Check]);
        assert_eq!(options.kinds, [Kind::Empty, Kind::Hand, Kind::Derive]);
        assert!(options.incremental);
    }

    #[test]
    fn refuses_what_it_does_not_know() {
        for line in ["--tpyes 3", "--types", "--types 0", "--runs many", "--only x", "--kinds y", "more"] {
            assert!(options(line).is_err(), "{line}");
        }
    }
}
