//! The ways by which a fake gets to be taken for the real thing.

use crate::compile::{Compiler, Source, Verdict};
use crate::engine::Engine;
use crate::fakes::{self, Fake};
use crate::forgeries::Forgery;
use crate::harvest::{Harvest, argument_sets};
use crate::item::{Arguments, Door, Item, Shape};
use crate::program::{Payload, Program};
use crate::random::Random;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};

const EVIL: &str = "::arsenal::Evil";

/// What a fake is for.
fn payloads() -> [Payload; 6] {
    [
        Payload::IsUnpin(EVIL),
        Payload::Drop,
        Payload::Unpin(""),
        Payload::Unpin(EVIL),
        Payload::NeverPinned(EVIL),
        Payload::Runs,
    ]
}

/// The arguments that make a difference to what is looked up: named projections, replaced, with drop code, by trait, both,
/// never.
fn sets() -> Vec<Arguments> {
    let sets = argument_sets();
    [1, 4, 5, 6, 7, 8].map(|index| sets[index].clone()).into()
}

/// The payload of one fake: with what the user may do beside.
struct Use {
    /// Implements the fake trait for the type.
    implements: bool,
    arguments: Arguments,
    payload: Payload,
    door: Door,
    edition: &'static str,
}

/// What is looked up by a channel: item by item, with which of the arguments, by which door.
type LookedUp = Vec<(Vec<String>, String, Arguments, Door)>;

/// Takes each item away in turn. `source` is a program, given what there is instead of the whole.
fn looked_up(
    compiler: &Compiler<'_>,
    harvest: &Harvest,
    real: &str,
    doors: &[Door],
    source: &dyn Fn(&str, &Item) -> Source,
) -> LookedUp {
    let mut tried = Vec::new();
    for door in doors {
        for arguments in sets() {
            let item = Item { arguments: arguments.clone(), shape: Shape::Named, ..Item::new(*door) };
            if !item.is_possible() {
                continue;
            }
            for (module, name) in &harvest.private {
                let source = source(&fakes::without(harvest, real, module, name), &item);
                tried.push(((module.clone(), name.clone(), arguments.clone(), *door), source));
            }
        }
    }
    let (found, sources): (Vec<_>, Vec<_>) = tried.into_iter().unzip();
    let verdicts = compiler.verdicts(&sources);
    found.into_iter().zip(verdicts).filter(|(_, verdict)| *verdict != Verdict::Compiles).map(|(item, _)| item).collect()
}

/// The uses of a fake where it is looked up, `count` at most.
fn uses(fake: &Fake, looked_up: &LookedUp, random: &mut Random, count: usize) -> Vec<Use> {
    let mut all: Vec<Use> = Vec::new();
    let here = looked_up.iter().filter(|(module, name, ..)| *module == fake.module && *name == fake.name);
    for (_, _, arguments, door) in here {
        for payload in payloads() {
            for implements in [false, true] {
                if implements && fake.is_trait.is_none() {
                    continue;
                }
                let edition = *random.of(&["2018", "2021", "2024"]);
                all.push(Use {
                    implements,
                    arguments: arguments.clone(),
                    payload: payload.clone(),
                    door: *door,
                    edition,
                });
            }
        }
    }
    while all.len() > count {
        all.swap_remove(random.below(all.len()));
    }
    all
}

/// The program around a fake. `place` makes the item from the plain one, given the path of the fake.
fn program(
    fake: &Fake,
    used: &Use,
    family: &'static str,
    path: &str,
    module: [String; 2],
    change: &dyn Fn(&mut Item),
) -> Option<Program> {
    let mut honest = Item { arguments: used.arguments.clone(), shape: Shape::Named, ..Item::new(used.door) };
    change(&mut honest);
    if !honest.is_possible() {
        return None;
    }
    let mut item = honest.clone();
    let mut implementation = String::new();
    if used.implements {
        let of = format!("{path}::{}{}", fake.label(), fake.is_trait.unwrap_or_default());
        implementation = item.implementation(&of, "");
        // The fake is implemented instead of the real trait.
        item.own_drop = true;
    }
    let payload = used.payload.text(&honest);
    let run = if used.payload == Payload::Runs { item.run(EVIL) } else { String::new() };
    let [module, honest_module] = module;
    let drops = usize::from(used.arguments.pinned_drop && !item.own_drop);
    Some(Program {
        family,
        template: format!("{}{}", fake.kind, if used.implements { ", implemented" } else { "" }),
        name: fake.label(),
        door: used.door,
        edition: used.edition,
        redirects: vec![],
        alone: false,
        payload: used.payload.clone(),
        attack: format!("{module}{}{implementation}{payload}{run}", item.text()),
        control: format!("{honest_module}{}{run}", honest.text()),
        teeth: format!("{honest_module}{}{payload}", honest.text()),
        harmless: None,
        drops,
    })
}

/// In a module of the user's.
fn module(contents: &str) -> String {
    format!("pub mod qx_fake {{ {contents} }}\n")
}

fn in_modules(fake: &Fake) -> [String; 2] {
    [module(&fake.contents("::pinsight")), module(&fake.honest_contents("::pinsight"))]
}

/// `crate = path`.
pub(crate) fn by_argument(compiler: &Compiler<'_>, harvest: &Harvest, count: usize) -> Vec<Program> {
    let with_path = |item: &mut Item| item.arguments.path = Some("@HERE@::qx_fake".into());
    let looked_up = looked_up(compiler, harvest, "::pinsight", &[Door::Derive, Door::Attribute], &|contents, item| {
        let mut item = item.clone();
        with_path(&mut item);
        Source { edition: "2021", redirects: vec![], alone: false, text: module(contents) + &item.text() }
    });
    let mut programs = Vec::new();
    for fake in fakes::of_private(harvest, 4) {
        let mut random = Random::new(4, &format!("{} {}", fake.label(), fake.kind));
        for used in uses(&fake, &looked_up, &mut random, count) {
            programs.extend(program(&fake, &used, "crate = path", "qx_fake", in_modules(&fake), &with_path));
        }
    }
    programs
}

/// The words that hand an item over, in the user's hand: with each fake, by each forgery that is accepted.
pub(crate) fn by_forgery(
    compiler: &Compiler<'_>,
    harvest: &Harvest,
    forgeries: &[Forgery],
    count: usize,
) -> Vec<Program> {
    let mut programs = Vec::new();
    for forgery in forgeries {
        let looked_up = looked_up(compiler, harvest, "::pinsight", &[forgery.door], &|contents, item| {
            let mut item = item.clone();
            forgery.apply(&mut item);
            Source { edition: "2021", redirects: vec![], alone: false, text: module(contents) + &item.text() }
        });
        for fake in fakes::of_private(harvest, 64) {
            let mut random = Random::new(5, &format!("{} {} {}", fake.label(), fake.kind, forgery.label));
            for used in uses(&fake, &looked_up, &mut random, count) {
                let made =
                    program(&fake, &used, "private words", "qx_fake", in_modules(&fake), &|item| forgery.apply(item));
                programs.extend(made.map(|program| Program {
                    template: format!("{} / {}", forgery.label, program.template),
                    ..program
                }));
            }
        }
    }
    programs
}

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
                    built[number]
                        .store(engine.add_library(&format!("{prefix}_{number}"), text).is_ok(), Ordering::Relaxed);
                }
            });
        }
    });
    let name =
        |(number, built): (usize, &AtomicBool)| built.load(Ordering::Relaxed).then(|| format!("{prefix}_{number}"));
    built.iter().enumerate().map(name).collect()
}

/// `--extern pinsight=evil`, where `evil` re-exports the real one: the user's Cargo.toml has renamed both.
pub(crate) fn by_cargo(
    engine: &Engine,
    compiler: &Compiler<'_>,
    harvest: &Harvest,
    most: usize,
    count: usize,
) -> Vec<Program> {
    let texts: Vec<_> =
        harvest.private.iter().map(|(module, name)| fakes::without(harvest, "::pinsight", module, name)).collect();
    let built = libraries(engine, compiler, "poor", &texts);
    let doors = [Door::Derive, Door::Attribute, Door::Lite];
    let looked_up = looked_up(compiler, harvest, "::pinsight", &doors, &|contents, item| {
        let library = texts.iter().position(|text| text == contents).and_then(|number| built[number].clone());
        let redirects = library.map(|library| ("pinsight".to_owned(), library)).into_iter().collect();
        Source { edition: "2021", redirects, alone: false, text: item.text() }
    });
    let mut all = fakes::of_private(harvest, 64);
    all.retain(|fake| looked_up.iter().any(|(module, name, ..)| *module == fake.module && *name == fake.name));
    redirected(engine, compiler, "pinsight", all, &looked_up, most, count)
}

/// `--extern core=evil`, likewise. What is looked up there is what expansions name, and it is named by all doors.
pub(crate) fn by_core(
    engine: &Engine,
    compiler: &Compiler<'_>,
    harvest: &Harvest,
    most: usize,
    count: usize,
) -> Vec<Program> {
    let mut looked_up = LookedUp::new();
    for (module, name) in &harvest.core {
        for arguments in sets() {
            for door in [Door::Derive, Door::Attribute, Door::Lite] {
                let with_path = Arguments { path: Some("::pinsight".into()), ..arguments.clone() };
                looked_up.push((module.clone(), name.clone(), arguments.clone(), door));
                looked_up.push((module.clone(), name.clone(), with_path, door));
            }
        }
    }
    redirected(engine, compiler, "core", fakes::of_core(harvest), &looked_up, most, count)
}

fn redirected(
    engine: &Engine,
    compiler: &Compiler<'_>,
    name: &'static str,
    mut all: Vec<Fake>,
    looked_up: &LookedUp,
    most: usize,
    count: usize,
) -> Vec<Program> {
    let mut random = Random::new(6, name);
    while all.len() > most {
        all.swap_remove(random.below(all.len()));
    }
    let head = if name == "core" { "#![no_std]\n" } else { "" };
    let texts: Vec<_> = all.iter().map(|fake| format!("{head}{}", fake.contents(&format!("::{name}")))).collect();
    let built = libraries(engine, compiler, &format!("evil_{name}"), &texts);
    let mut programs = Vec::new();
    for (fake, library) in all.iter().zip(built).filter_map(|(fake, library)| Some((fake, library?))) {
        for used in uses(fake, looked_up, &mut random, count) {
            let family = if name == "core" { "core is another crate" } else { "pinsight is another crate" };
            let made = program(fake, &used, family, &format!("::{name}"), [String::new(), String::new()], &|_| {});
            let redirects = vec![(name.to_owned(), library.clone())];
            programs.extend(made.map(|program| Program { redirects, ..program }));
        }
    }
    programs
}

/// `extern crate self as pinsight`, in the source.
pub(crate) fn by_extern_crate(compiler: &Compiler<'_>, harvest: &Harvest, count: usize) -> Vec<Program> {
    let head = "#![forbid(unsafe_code)]\n#![allow(warnings)]\nextern crate pinsight as qx_real; extern crate self as pinsight;\n";
    let doors = [Door::Derive, Door::Attribute, Door::Lite];
    let looked_up = looked_up(compiler, harvest, "::qx_real", &doors, &|contents, item| Source {
        edition: "2021",
        redirects: vec![],
        alone: true,
        text: format!("{head}{contents}\n{}", item.text()),
    });
    let mut programs = Vec::new();
    for fake in fakes::of_private(harvest, 64) {
        let mut random = Random::new(7, &format!("{} {}", fake.label(), fake.kind));
        for used in uses(&fake, &looked_up, &mut random, count) {
            let modules = [fake.contents("::qx_real"), fake.honest_contents("::qx_real")]
                .map(|contents| format!("{head}{contents}\n"));
            let made = program(&fake, &used, "extern crate self", "crate", modules, &|_| {});
            programs.extend(made.map(|program| Program { alone: true, ..program }));
        }
    }
    programs.retain(|program| program.payload != Payload::Runs);
    programs
}
