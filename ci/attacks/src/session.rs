//! One engine under attack: built, harvested, and tried with what the grammar makes of its names.

use crate::Result;
use crate::channels::Depth;
use crate::compile::Compiler;
use crate::engine::Engine;
use crate::harvest::Harvest;
use crate::judge::{Judged, judge};
use crate::options::Options;
use crate::program::Program;
use crate::progress::Progress;
use crate::random::Random;
use crate::{
    channels, drop_body, forgeries, known, later, names, nightly, own_type, packed, plain, predicates, roots, scope,
    turns, writes,
};
use std::collections::BTreeMap;
use std::path::Path;

pub(crate) struct Session<'a> {
    engine: &'a Engine,
    compiler: Compiler<'a>,
    harvest: Harvest,
    /// The names that it takes when those of `harvest` are taken.
    second: Harvest,
}

impl<'a> Session<'a> {
    pub(crate) fn new(engine: &'a Engine, scratch: &Path, jobs: usize, progress: &Progress) -> Result<Self> {
        let compiler = Compiler::new(engine, scratch.join("programs"), jobs);
        let harvest = Harvest::of(engine, &compiler)?;
        progress.say("its names are known");
        let second = harvest.second(engine, &compiler)?;
        engine.add_library("hijack", &scope::hijack(&harvest))?;
        Ok(Self { engine, compiler, harvest, second })
    }

    /// What was found to be attacked.
    pub(crate) fn describe(&self) {
        let Self { harvest, second, .. } = self;
        println!(
            "{} names of the engine's in expansions, {} of them its own, {} lifetimes, {} paths; {} more names where those are taken",
            harvest.names.len(),
            harvest.declared.len(),
            harvest.lifetimes.len(),
            harvest.paths.len(),
            second.names.len() + second.lifetimes.len(),
        );
        println!(
            "{} private items of the facade, {} items of core, {} words that may be private",
            harvest.private.len(),
            harvest.core.len(),
            harvest.words.len()
        );
    }

    /// All programs of the families that are wanted. `tools` is the workspace with this program.
    pub(crate) fn programs(&self, options: &Options, tools: &Path, progress: &Progress) -> Result<Vec<Program>> {
        let Self { engine, compiler, harvest, second } = self;
        let mut all = Vec::new();
        let mut add = |family: &str, programs: &mut dyn FnMut() -> Result<Vec<Program>>| -> Result<()> {
            if options.wants(family) {
                let programs = programs()?;
                progress.say(&format!("{} programs of the family `{family}`", programs.len()));
                all.extend(programs);
            }
            Ok(())
        };
        let rounds = options.rounds;
        let both = |make: &dyn Fn(&Harvest) -> Vec<Program>| Ok([make(harvest), make(second)].concat());
        add("known", &mut || known::programs(&tools.join("ci/attacks/known")))?;
        add("plain", &mut || Ok(plain::programs()))?;
        add("later", &mut || Ok(later::programs()))?;
        add("packed", &mut || Ok(packed::programs()))?;
        add("self", &mut || Ok(own_type::programs()))?;
        add("turns", &mut || Ok(turns::programs()))?;
        add("roots", &mut || Ok(roots::programs(harvest, rounds)))?;
        add("drop", &mut || Ok(drop_body::programs(harvest, rounds)))?;
        add("nightly", &mut || Ok(nightly::programs()))?;
        add("names", &mut || both(&|harvest| names::programs(harvest, rounds)))?;
        add("predicates", &mut || both(&|harvest| predicates::programs(harvest, rounds)))?;
        add("writes", &mut || both(&|harvest| writes::programs(harvest, rounds)))?;
        add("scope", &mut || Ok(scope::programs(harvest, rounds)))?;
        let quick = options.quick;
        let depth = |fakes: usize, uses: usize, sets: usize| match quick {
            true => Depth { fakes: fakes / 40, uses: 1, sets },
            false => Depth { fakes, uses: uses * rounds, sets: usize::MAX },
        };
        add("argument", &mut || {
            let uses = if quick { 3 } else { 48 * rounds };
            Ok(channels::by_argument(compiler, harvest, Depth { fakes: usize::MAX, uses, sets: usize::MAX }))
        })?;
        add("forgery", &mut || {
            let accepted = forgeries::accepted(compiler, forgeries::all(engine, compiler, harvest, quick)?);
            println!("private and public words are accepted in {} of the ways that were tried", accepted.len());
            let private = accepted.iter().filter(|forgery| !harvest.is_public(&forgery.word));
            println!("  private: {}", private.map(|forgery| &*forgery.label).collect::<Vec<_>>().join("; "));
            Ok(channels::by_forgery(compiler, harvest, &accepted, depth(2000, 12, 2)))
        })?;
        add("hand", &mut || Ok(channels::by_hand(harvest)))?;
        add("cargo", &mut || Ok(channels::by_cargo(engine, compiler, harvest, depth(400, 6, 1))))?;
        add("core", &mut || Ok(channels::by_core(engine, compiler, harvest, depth(400, 6, 1))))?;
        add("extern", &mut || Ok(channels::by_extern_crate(compiler, harvest, depth(2000, 2, 1))))?;
        Ok(if options.quick { sample(all, options.seed) } else { all })
    }

    pub(crate) fn judge(&self, programs: Vec<Program>, options: &Options, progress: &Progress) -> Vec<Judged> {
        judge(&self.compiler, programs, if options.quick { 25 } else { 20 }, progress)
    }
}

/// One program of each template, chosen by the seed; all of those of which no more are made than are wanted.
fn sample(all: Vec<Program>, seed: u64) -> Vec<Program> {
    let mut templates: BTreeMap<String, Vec<Program>> = BTreeMap::new();
    for program in all {
        let mut template = format!("{}: {}", program.family, program.template);
        match program.family {
            turns::FAMILY => template += &format!("{:?}{}", program.door, program.name),
            later::FAMILY | plain::FAMILY => template += &format!("{:?}", program.payload),
            channels::BY_HAND => template += &program.name,
            family if channels::LIMITED.contains(&family) => template += &program.attack,
            _ => {}
        }
        templates.entry(template).or_default().push(program);
    }
    let choose = |(template, mut programs): (String, Vec<Program>)| {
        let chosen = Random::new(seed, &template).below(programs.len());
        programs.swap_remove(chosen)
    };
    templates.into_iter().map(choose).collect()
}
