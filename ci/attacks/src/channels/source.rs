//! Channels in the source of one crate: the argument `crate`, private words, `extern crate self`, and the private traits themselves.

use super::{Depth, LookedUp, Use, looked_up, payloads, program, sets, uses};
use crate::compile::{Compiler, Source, Verdict};
use crate::fakes::{self, Fake};
use crate::forgeries::Forgery;
use crate::harvest::Harvest;
use crate::item::{DOORS, Door, Item, Shape};
use crate::program::{Payload, Program};
use crate::random::Random;
use std::collections::BTreeSet;

/// In a module of the user's.
fn module(contents: &str) -> String {
    format!("pub mod qx_fake {{ {contents} }}\n")
}

fn in_modules(fake: &Fake) -> [String; 2] {
    [module(&fake.contents("::pinsight")), module(&fake.honest_contents("::pinsight"))]
}

fn source(text: String, alone: bool) -> Source {
    Source { edition: "2021", redirects: vec![], alone, features: "", text }
}

/// `crate = path`.
pub(crate) fn by_argument(compiler: &Compiler<'_>, harvest: &Harvest, depth: Depth) -> Vec<Program> {
    let with_path = |item: &mut Item| item.arguments.path = Some("@HERE@::qx_fake".into());
    let doors = [Door::Derive, Door::Attribute];
    let looked_up = looked_up(compiler, harvest, "::pinsight", &doors, depth, &|contents, item| {
        let mut item = item.clone();
        with_path(&mut item);
        source(module(contents) + &item.text(), false)
    });
    let mut programs = Vec::new();
    for fake in depth.some(fakes::of_private(harvest, 4), "argument") {
        let mut random = Random::new(4, &format!("{} {}", fake.label(), fake.kind));
        for used in uses(&fake, &looked_up, &mut random, depth.uses) {
            programs.extend(program(&fake, &used, "crate = path", "qx_fake", in_modules(&fake), &with_path));
        }
    }
    programs
}

/// The words that hand an item over, in the user's hand. Of the forgeries with one word by one door, the first is tried with
/// every fake; the others with those that got through by that one, and some more.
pub(crate) fn by_forgery(
    compiler: &Compiler<'_>,
    harvest: &Harvest,
    forgeries: &[Forgery],
    depth: Depth,
) -> Vec<Program> {
    let mut seen: BTreeSet<(String, String)> = BTreeSet::new();
    let mut through: Vec<(Fake, Use)> = Vec::new();
    let mut programs = Vec::new();
    let (first, more): (Vec<_>, Vec<_>) =
        forgeries.iter().partition(|forgery| seen.insert((forgery.word.clone(), format!("{:?}", forgery.door))));
    for forgery in first {
        let all = depth.some(fakes::of_private(harvest, 64), &forgery.label);
        let looked_up = looked_up_by(compiler, harvest, forgery, depth);
        let tried: Vec<(Fake, Use, Program)> = all
            .into_iter()
            .flat_map(|fake| {
                let mut random = Random::new(5, &format!("{} {} {}", fake.label(), fake.kind, forgery.label));
                let uses = uses(&fake, &looked_up, &mut random, depth.uses);
                uses.into_iter()
                    .filter_map(|used| Some((fake.clone(), used.clone(), forged(&fake, &used, forgery)?)))
                    .collect::<Vec<_>>()
            })
            .collect();
        let sources: Vec<_> = tried.iter().map(|(_, _, program)| program.source(&program.attack)).collect();
        for ((fake, used, program), verdict) in tried.into_iter().zip(compiler.verdicts(&sources)) {
            if verdict == Verdict::Compiles && program.payload != Payload::Runs {
                through.push((fake, used));
            }
            programs.push(program);
        }
    }
    for forgery in more {
        let mut random = Random::new(5, &forgery.label);
        for _ in 0..through.len().min(8) {
            let (fake, used) = random.of(&through);
            programs.extend(forged(fake, &Use { door: forgery.door, ..used.clone() }, forgery));
        }
        let some = Depth { fakes: 8, ..depth }.some(fakes::of_private(harvest, 64), &forgery.label);
        for fake in some {
            let anywhere: LookedUp =
                sets().into_iter().map(|set| (fake.module.clone(), fake.name.clone(), set, forgery.door)).collect();
            let uses = uses(&fake, &anywhere, &mut random, 2);
            programs.extend(uses.iter().filter_map(|used| forged(&fake, used, forgery)));
        }
    }
    programs
}

fn looked_up_by(compiler: &Compiler<'_>, harvest: &Harvest, forgery: &Forgery, depth: Depth) -> LookedUp {
    looked_up(compiler, harvest, "::pinsight", &[forgery.door], depth, &|contents, item| {
        let mut item = item.clone();
        forgery.apply(&mut item);
        source(module(contents) + &item.text(), false)
    })
}

fn forged(fake: &Fake, used: &Use, forgery: &Forgery) -> Option<Program> {
    let made = program(fake, used, "private words", "qx_fake", in_modules(fake), &|item| forgery.apply(item))?;
    Some(Program { template: format!("{} / {}", forgery.label, made.template), ..made })
}

/// Another crate is called `pinsight`: `extern crate self as pinsight`, and in edition 2015 a module at the root. What the user names, they
/// name by another path.
pub(crate) fn by_extern_crate(compiler: &Compiler<'_>, harvest: &Harvest, depth: Depth) -> Vec<Program> {
    let crates = "extern crate arsenal; extern crate arsenal_macros; extern crate victim;";
    let itself = |contents: &str| {
        format!(
            "#![forbid(unsafe_code)]\n#![allow(warnings)]\n\
             extern crate pinsight as qx_real; extern crate self as pinsight;\n{contents}\n"
        )
    };
    let module = |contents: &str| {
        format!(
            "#![forbid(unsafe_code)]\n#![allow(warnings)]\n\
             extern crate pinsight as qx_real; {crates}\npub mod pinsight {{ {contents} }}\n"
        )
    };
    let mut programs = by_name(compiler, harvest, depth, "extern crate self", "crate", None, &itself);
    programs.extend(by_name(compiler, harvest, depth, "module at the root", "pinsight", Some("2015"), &module));
    programs
}

fn by_name(
    compiler: &Compiler<'_>,
    harvest: &Harvest,
    depth: Depth,
    family: &'static str,
    path: &str,
    edition: Option<&'static str>,
    around: &dyn Fn(&str) -> String,
) -> Vec<Program> {
    let by_other_path = |text: &str| text.replace("::pinsight::", "::qx_real::");
    let looked_up = looked_up(compiler, harvest, "::qx_real", &DOORS, depth, &|contents, item| Source {
        edition: edition.unwrap_or("2021"),
        ..source(around(contents) + &by_other_path(&item.text()), true)
    });
    let mut programs = Vec::new();
    for fake in depth.some(fakes::of_private(harvest, 64), family) {
        let mut random = Random::new(7, &format!("{} {}", fake.label(), fake.kind));
        for used in uses(&fake, &looked_up, &mut random, depth.uses) {
            let used = Use { edition: edition.unwrap_or(used.edition), ..used };
            let modules =
                [fake.contents("::qx_real"), fake.honest_contents("::qx_real")].map(|contents| around(&contents));
            let made = program(&fake, &used, family, path, modules, &|_| {});
            programs.extend(made.map(|program| Program {
                alone: true,
                attack: by_other_path(&program.attack),
                control: by_other_path(&program.control),
                teeth: by_other_path(&program.teeth),
                ..program
            }));
        }
    }
    programs.retain(|program| program.payload != Payload::Runs);
    programs
}

/// The real private traits, implemented by hand for the type.
pub(crate) fn by_hand(harvest: &Harvest) -> Vec<Program> {
    let mut programs = Vec::new();
    for (module, name) in &harvest.private {
        let path: String = module.iter().chain([name]).map(|segment| format!("::{segment}")).collect();
        for given in ["", "<u8>", "<QxLocal>", "<'static>", "<'static, u8>", "<u8, u8>"] {
            for arguments in sets() {
                for payload in payloads() {
                    let mut random = Random::new(10, &format!("{name} {given} {arguments:?} {payload:?}"));
                    let item =
                        Item { arguments: arguments.clone(), shape: Shape::Named, ..Item::new(*random.of(&DOORS)) };
                    if !item.is_possible() || payload == Payload::Runs {
                        continue;
                    }
                    let local = "pub struct QxLocal;\n";
                    let written = item.implementation(&format!("::pinsight{path}{given}"), "");
                    programs.push(Program {
                        family: super::BY_HAND,
                        template: format!("for all{given}"),
                        name: name.clone(),
                        door: item.door,
                        edition: "2021",
                        redirects: vec![],
                        alone: false,
                        features: "",
                        attack: format!("{local}{}{written}{}", item.text(), payload.text(&item)),
                        control: format!("{local}{}", item.text()),
                        teeth: format!("{local}{}{}", item.text(), payload.text(&item)),
                        payload,
                        harmless: None,
                        drops: 0,
                    });
                }
            }
        }
    }
    programs
}
