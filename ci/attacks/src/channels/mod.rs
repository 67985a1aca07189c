//! The ways by which a fake gets to be taken for the real thing.

mod cargo;
mod source;

pub(crate) use cargo::{by_cargo, by_core};
pub(crate) use source::{by_argument, by_extern_crate, by_forgery, by_hand};

use crate::compile::{Compiler, Source, Verdict};
use crate::fakes::{self, Fake};
use crate::harvest::Harvest;
use crate::item::{Arguments, Door, Item, Shape};
use crate::program::{Payload, Program};
use crate::random::Random;
use crate::representatives::argument_sets;

const EVIL: &str = "::arsenal::Evil";

pub(crate) const BY_HAND: &str = "private trait by hand";

/// The families of which no more is made than [`Depth`] says.
pub(crate) const LIMITED: [&str; 6] = [
    "crate = path",
    "private words",
    "extern crate self",
    "module at the root",
    "pinsight is another crate",
    "core is another crate",
];

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
#[derive(Clone)]
struct Use {
    /// Implements the fake trait for the type.
    implements: bool,
    arguments: Arguments,
    payload: Payload,
    door: Door,
    edition: &'static str,
}

/// How much of a channel is tried.
#[derive(Clone, Copy)]
pub(crate) struct Depth {
    /// Fakes at most, uses of each at most.
    pub(crate) fakes: usize,
    pub(crate) uses: usize,
    /// With how many of the sets of arguments it is found out what is looked up.
    pub(crate) sets: usize,
}

impl Depth {
    /// As many of the fakes as may be tried.
    fn some(self, mut fakes: Vec<Fake>, seed: &str) -> Vec<Fake> {
        let mut random = Random::new(6, seed);
        // A trait that nobody implements takes a guard away, whichever that is.
        fakes.sort_by_cached_key(|fake| (!fake.kind.ends_with("of nobody"), random.below(usize::MAX)));
        fakes.truncate(self.fakes);
        fakes
    }
}

/// What is looked up by a channel: item by item, with which of the arguments, by which door.
type LookedUp = Vec<(Vec<String>, String, Arguments, Door)>;

/// Takes each item away in turn. `source` is a program, given what there is instead of the whole.
fn looked_up(
    compiler: &Compiler<'_>,
    harvest: &Harvest,
    real: &str,
    doors: &[Door],
    depth: Depth,
    source: &dyn Fn(&str, &Item) -> Source,
) -> LookedUp {
    let mut tried = Vec::new();
    for door in doors {
        for arguments in sets().into_iter().take(depth.sets) {
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
    // What the fake is good for comes first, and each payload once before any comes again.
    all.sort_by_cached_key(|_| random.below(usize::MAX));
    let mut before: Vec<Payload> = Vec::new();
    let rank = |used: &Use| {
        before.push(used.payload.clone());
        before.iter().filter(|payload| **payload == used.payload).count()
    };
    let ranks: Vec<usize> = all.iter().map(rank).collect();
    let mut ranked: Vec<(usize, Use)> = ranks.into_iter().zip(all).collect();
    ranked.sort_by_key(|(rank, used)| (!is_apt(&fake.kind, used), *rank));
    ranked.truncate(count);
    ranked.into_iter().map(|(_, used)| used).collect()
}

/// Whether this is the payload that a fake of this kind is made for.
fn is_apt(kind: &str, used: &Use) -> bool {
    let Arguments { pinned_drop, unsafe_unpin, .. } = used.arguments;
    match &used.payload {
        Payload::Runs if kind.starts_with("trait") => kind.contains("unsafe") && used.implements && pinned_drop,
        Payload::Runs => kind.contains("unsafe"),
        Payload::Drop => ["of nobody", "with types"].iter().any(|end| kind.ends_with(end)) && !used.implements,
        Payload::NeverPinned(_) => kind.ends_with("of its parameter"),
        Payload::IsUnpin(_) if unsafe_unpin => kind.ends_with("of everybody") || used.implements,
        Payload::IsUnpin(_) => ["of a byte", "of nothing", "of core"].iter().any(|end| kind.ends_with(end)),
        Payload::Unpin(_) => kind.ends_with("of nobody") || kind.starts_with("struct"),
        _ => false,
    }
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
        features: "",
        payload: used.payload.clone(),
        attack: format!("{module}{}{}{implementation}{run}{payload}", item.text(), item.projects()),
        control: format!("{honest_module}{}{}{run}", honest.text(), honest.projects()),
        teeth: format!("{honest_module}{}{}{payload}", honest.text(), honest.projects()),
        harmless: None,
        drops,
    })
}
