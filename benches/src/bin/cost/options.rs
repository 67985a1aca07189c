//! The command line.

use std::path::{Path, PathBuf};

use crate::Result;
use crate::kinds::Kind;
use crate::shapes::Shape;

pub(crate) const HELP: &str = "\
Measures what pinsight and its peers cost to compile, and prints the tables as Markdown

Usage: cargo run --release -p pinsight-benches --bin cost -- [OPTIONS]

Options:
      --only <SECTION,...>  Sections to run: counts, parts, check, cold, passes [default: all]
      --kinds <KIND,...>    Kinds to compare: plain, hand-project, hand, pin-project, pin-project-1.1,
                            pin-project-lite, derive, derive-ref, attribute, lite [default: all]
      --shapes <SHAPE,...>  Shapes of type to count: four, last, first, enum, concrete
                            [default: all; parts: four]
      --sizes <N,N,...>     Numbers of types in the crates that are counted; the first two give the cost
                            of a type, further ones its growth in the first shape [default: 50,100]
      --types <N,N,...>     Numbers of types in the crates that are timed [default: 20,200,1000,3000]
      --runs <N>            Interleaved rounds at the least; small crates get more [default: 5]
      --jobs <N>            Crates that are counted at once [default: as many as there are cores]
      --incremental         Check with a cold incremental cache, instead of with none
      --pinsight <FOLDER>   The checkout of pinsight to measure [default: the one of this program]
  -h, --help                Print help
";

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Section {
    Counts,
    Parts,
    Check,
    Cold,
    Passes,
}

#[derive(Debug)]
pub(crate) struct Options {
    pub(crate) sections: Vec<Section>,
    /// In the order of the tables.
    pub(crate) kinds: Vec<Kind>,
    /// In the order of the tables; nothing if none was chosen.
    pub(crate) shapes: Option<Vec<Shape>>,
    /// Ascending, two at the least.
    pub(crate) sizes: Vec<usize>,
    /// Ascending.
    pub(crate) types: Vec<usize>,
    pub(crate) runs: usize,
    pub(crate) jobs: usize,
    pub(crate) incremental: bool,
    pub(crate) pinsight: PathBuf,
}

#[derive(Debug)]
pub(crate) enum Request {
    Help,
    Run(Options),
}

pub(crate) fn parse(mut arguments: impl Iterator<Item = String>) -> Result<Request> {
    let project = Path::new(env!("CARGO_MANIFEST_DIR")).parent().ok_or("this package is in no project")?;
    let mut options = Options {
        sections: vec![Section::Counts, Section::Parts, Section::Check, Section::Cold, Section::Passes],
        kinds: Kind::ALL.to_vec(),
        shapes: None,
        sizes: vec![50, 100],
        types: vec![20, 200, 1000, 3000],
        runs: 5,
        jobs: std::thread::available_parallelism().map_or(1, usize::from),
        incremental: false,
        pinsight: project.to_owned(),
    };
    while let Some(argument) = arguments.next() {
        let mut value = || arguments.next().ok_or_else(|| format!("`{argument}` needs a value"));
        match argument.as_str() {
            "-h" | "--help" => return Ok(Request::Help),
            "--only" => options.sections = list(&value()?, section)?,
            "--kinds" => options.kinds = chosen(&value()?, Kind::ALL, Kind::slug, "kind")?,
            "--shapes" => options.shapes = Some(chosen(&value()?, Shape::ALL, Shape::slug, "shape")?),
            "--sizes" => options.sizes = two(ascending(&value()?)?)?,
            "--types" => options.types = above_one(ascending(&value()?)?)?,
            "--runs" => options.runs = positive(&value()?)?,
            "--jobs" => options.jobs = positive(&value()?)?,
            "--incremental" => options.incremental = true,
            "--pinsight" => options.pinsight = std::fs::canonicalize(value()?)?,
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

fn ascending(text: &str) -> Result<Vec<usize>> {
    let mut numbers = list(text, positive)?;
    numbers.sort_unstable();
    numbers.dedup();
    Ok(numbers)
}

/// What a crate of one type takes is the zero.
fn above_one(numbers: Vec<usize>) -> Result<Vec<usize>> {
    if numbers.contains(&1) { Err("expected numbers above one".into()) } else { Ok(numbers) }
}

/// A slope takes two.
fn two(numbers: Vec<usize>) -> Result<Vec<usize>> {
    if numbers.len() < 2 { Err("expected two different numbers at the least".into()) } else { Ok(numbers) }
}

fn section(word: &str) -> Result<Section> {
    match word {
        "counts" => Ok(Section::Counts),
        "parts" => Ok(Section::Parts),
        "check" => Ok(Section::Check),
        "cold" => Ok(Section::Cold),
        "passes" => Ok(Section::Passes),
        _ => Err(format!("expected `counts`, `parts`, `check`, `cold` or `passes`, found `{word}`").into()),
    }
}

/// The tables keep their order whatever the order on the command line.
fn chosen<T: Copy + PartialEq, const N: usize>(
    text: &str,
    all: [T; N],
    slug: fn(T) -> &'static str,
    what: &str,
) -> Result<Vec<T>> {
    let words = list(text, |word| {
        let found = all.into_iter().find(|one| slug(*one) == word);
        found.ok_or_else(|| format!("no {what} is named `{word}`; see `--help`").into())
    })?;
    Ok(all.into_iter().filter(|one| words.contains(one)).collect())
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
        let line = "--types 30,5 --runs 7 --only cold,counts --kinds derive,hand --shapes last,four --sizes 20,10,40 \
                    --jobs 3 --incremental --pinsight .";
        let options = options(line).unwrap();
        assert_eq!(options.types, [5, 30]);
        assert_eq!(options.runs, 7);
        assert_eq!(options.sections, [Section::Cold, Section::Counts]);
        assert_eq!(options.kinds, [Kind::Hand, Kind::Derive]);
        assert_eq!(options.shapes, Some(vec![Shape::Four, Shape::Last]));
        assert_eq!(options.sizes, [10, 20, 40]);
        assert_eq!(options.jobs, 3);
        assert!(options.incremental);
        assert!(options.pinsight.is_absolute());
    }

    #[test]
    fn refuses_what_it_does_not_know() {
        for line in [
            "--tpyes 3",
            "--types",
            "--types 0",
            "--types 1,5",
            "--runs many",
            "--only x",
            "--kinds y",
            "--shapes z",
            "--sizes 5,5",
            "--pinsight /nowhere",
            "more",
        ] {
            assert!(options(line).is_err(), "{line}");
        }
    }
}
