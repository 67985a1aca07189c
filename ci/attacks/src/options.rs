//! The command line.

use crate::Result;

pub(crate) const FAMILIES: [&str; 19] = [
    "known",
    "plain",
    "later",
    "packed",
    "self",
    "turns",
    "roots",
    "drop",
    "nightly",
    "names",
    "predicates",
    "writes",
    "scope",
    "argument",
    "forgery",
    "hand",
    "cargo",
    "core",
    "extern",
];

const HELP: &str = "\
Attacks the projections with generated programs.

Usage: ci/projection-attacks.sh [OPTIONS]

  --quick          one program of each template
  --self-test      takes out each guard that guards.txt names, and expects a survivor
  --guard TEXT     with --self-test: only the guards with this text in their names
  --only FAMILY    only this family; may be repeated: known plain later packed self turns roots drop nightly names predicates writes scope argument forgery hand cargo core extern
  --rounds N       so many choices of arguments for each attack [1]
  --seed N         chooses otherwise in --quick [1]
  --jobs N         compilers at a time [2]
  --verbose        prints the programs that prove nothing
";

pub(crate) struct Options {
    pub(crate) quick: bool,
    pub(crate) self_test: bool,
    pub(crate) guard: Option<String>,
    pub(crate) only: Vec<String>,
    pub(crate) rounds: usize,
    pub(crate) seed: u64,
    pub(crate) jobs: usize,
    pub(crate) verbose: bool,
}

impl Options {
    /// `None` if only the help was wanted.
    pub(crate) fn read() -> Result<Option<Self>> {
        let mut options = Self {
            quick: false,
            self_test: false,
            guard: None,
            only: vec![],
            rounds: 1,
            seed: 1,
            jobs: 2,
            verbose: false,
        };
        let mut arguments = std::env::args().skip(1);
        while let Some(argument) = arguments.next() {
            let mut value = || arguments.next().ok_or_else(|| format!("`{argument}` needs a value"));
            match argument.as_str() {
                "--quick" => options.quick = true,
                "--self-test" => options.self_test = true,
                "--verbose" => options.verbose = true,
                "--guard" => options.guard = Some(value()?),
                "--only" => options.only.push(value()?),
                "--rounds" => options.rounds = value()?.parse()?,
                "--seed" => options.seed = value()?.parse()?,
                "--jobs" => options.jobs = value()?.parse()?,
                "--help" | "-h" => {
                    print!("{HELP}");
                    return Ok(None);
                }
                other => return Err(format!("unknown argument `{other}`\n\n{HELP}").into()),
            }
        }
        if let Some(unknown) = options.only.iter().find(|family| !FAMILIES.contains(&family.as_str())) {
            return Err(format!("unknown family `{unknown}`\n\n{HELP}").into());
        }
        Ok(Some(options))
    }

    pub(crate) fn wants(&self, family: &str) -> bool {
        self.only.is_empty() || self.only.iter().any(|wanted| wanted == family)
    }
}
