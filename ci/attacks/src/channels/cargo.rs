//! Channels outside of the source: names of crates that lead elsewhere, because Cargo.toml has renamed a dependency.

use super::{Depth, LookedUp, looked_up, program, sets, uses};
use crate::compile::{Compiler, Source};
use crate::engine::Engine;
use crate::fakes::{self, Fake};
use crate::harvest::Harvest;
use crate::item::{Arguments, DOORS};
use crate::program::Program;
use crate::random::Random;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};

/// Builds a library for each of these texts. Those that are no Rust have no name.
fn libraries(engine: &Engine, compiler: &Compiler<'_>, prefix: &str, texts: &[String]) -> Vec<Option<String>> {
    let built: Vec<AtomicBool> = texts.iter().map(|_| AtomicBool::new(false)).collect();
    let next = AtomicUsize::new(0);
    std::thread::scope(|scope| {
        for _ in 0..compiler.jobs {
            scope.spawn(|| {
                loop {
                    let number = next.fetch_add(1, Ordering::Relaxed);
                    let Some(text) = texts.get(number) else { break };
                    let worked = engine.add_library(&format!("{prefix}_{number}"), text).is_ok();
                    built[number].store(worked, Ordering::Relaxed);
                }
            });
        }
    });
    let name =
        |(number, built): (usize, &AtomicBool)| built.load(Ordering::Relaxed).then(|| format!("{prefix}_{number}"));
    built.iter().enumerate().map(name).collect()
}

/// `--extern pinsight=evil`, where `evil` re-exports the real one.
pub(crate) fn by_cargo(engine: &Engine, compiler: &Compiler<'_>, harvest: &Harvest, depth: Depth) -> Vec<Program> {
    let without = |(module, name): &(Vec<String>, String)| fakes::without(harvest, "::pinsight", module, name);
    let texts: Vec<_> = harvest.private.iter().map(without).collect();
    let built = libraries(engine, compiler, "poor", &texts);
    let looked_up = looked_up(compiler, harvest, "::pinsight", &DOORS, depth, &|contents, item| {
        let library = texts.iter().position(|text| text == contents).and_then(|number| built[number].clone());
        let redirects = library.map(|library| ("pinsight".to_owned(), library)).into_iter().collect();
        Source { edition: "2021", redirects, alone: false, features: "", text: item.text() }
    });
    let mut all = fakes::of_private(harvest, 64);
    all.retain(|fake| looked_up.iter().any(|(module, name, ..)| *module == fake.module && *name == fake.name));
    redirected(engine, compiler, "pinsight", depth.some(all, "cargo"), &looked_up, depth)
}

/// `--extern core=evil`, likewise. What is looked up there is what expansions name, whatever the arguments.
pub(crate) fn by_core(engine: &Engine, compiler: &Compiler<'_>, harvest: &Harvest, depth: Depth) -> Vec<Program> {
    let mut looked_up = LookedUp::new();
    for (module, name) in &harvest.core {
        for arguments in sets() {
            for door in DOORS {
                let with_path = Arguments { path: Some("::pinsight".into()), ..arguments.clone() };
                looked_up.push((module.clone(), name.clone(), arguments.clone(), door));
                looked_up.push((module.clone(), name.clone(), with_path, door));
            }
        }
    }
    redirected(engine, compiler, "core", depth.some(fakes::of_core(harvest), "core"), &looked_up, depth)
}

fn redirected(
    engine: &Engine,
    compiler: &Compiler<'_>,
    name: &'static str,
    all: Vec<Fake>,
    looked_up: &LookedUp,
    depth: Depth,
) -> Vec<Program> {
    let head = if name == "core" { "#![no_std]\n" } else { "" };
    let texts: Vec<_> = all.iter().map(|fake| format!("{head}{}", fake.contents(&format!("::{name}")))).collect();
    let built = libraries(engine, compiler, &format!("evil_{name}"), &texts);
    let mut random = Random::new(6, name);
    let mut programs = Vec::new();
    for (fake, library) in all.iter().zip(built).filter_map(|(fake, library)| Some((fake, library?))) {
        for used in uses(fake, looked_up, &mut random, depth.uses) {
            let family = if name == "core" { "core is another crate" } else { "pinsight is another crate" };
            let made = program(fake, &used, family, &format!("::{name}"), [String::new(), String::new()], &|_| {});
            let redirects = vec![(name.to_owned(), library.clone())];
            programs.extend(made.map(|program| Program { redirects, ..program }));
        }
    }
    programs
}
