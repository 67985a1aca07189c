//! Attacks by names that the item does not mention: they are in scope where the expansion stands.

use crate::harvest::Harvest;
use crate::item::Item;
use crate::program::{Payload, Program};
use crate::random::Random;

pub(crate) const FAMILY: &str = "name in scope";
const EVIL: &str = "::arsenal::Evil";

/// What the name is, and the item that makes it that.
const KINDS: &[(&str, &str)] = &[
    ("struct", "pub struct @;"),
    ("tuple struct", "pub struct @(pub u8);"),
    ("generic struct", "pub struct @<QxX>(pub ::arsenal::PhantomData<QxX>);"),
    ("enum", "pub enum @ { Some, None, Ok, Err }"),
    ("alias of its parameter", "pub type @<QxX> = QxX;"),
    ("alias", "pub type @ = u8;"),
    ("trait of nobody", "pub trait @ {}"),
    ("trait of everybody", "pub trait @ {} impl<QxX: ?::arsenal::Sized> @ for QxX {}"),
    ("generic trait of nobody", "pub trait @<QxX> {}"),
    ("trait with methods", "pub trait @ { fn @(&self) {} } impl<QxX: ?::arsenal::Sized> @ for QxX {}"),
    (
        "method by value",
        "pub trait QxT: ::arsenal::Sized { fn @<QxY>(self) -> QxY { ::arsenal::stop() } } impl<QxX> QxT for QxX {}",
    ),
    (
        "method by reference",
        "pub trait QxT { fn @<QxY>(&self) -> QxY { ::arsenal::stop() } } impl<QxX: ?::arsenal::Sized> QxT for QxX {}",
    ),
    ("unsafe method", "use ::hijack::@ as _;"),
    ("constant", "pub const @: usize = 7;"),
    ("constant reference", "pub const @: &u8 = &8;"),
    ("static", "pub static @: u8 = 8;"),
    ("function", "pub fn @() {}"),
    ("generic function", "pub fn @<QxX, QxY>(_: QxX) -> QxY { ::arsenal::stop() }"),
    ("unsafe function of one", "pub use ::victim::one as @;"),
    ("unsafe function of one by reference", "pub use ::victim::one_mut as @;"),
    ("unsafe function of two", "pub use ::victim::two as @;"),
    ("macro", "macro_rules! @ { ($($t:tt)*) => {} }"),
    ("macro that fails", "macro_rules! @ { ($($t:tt)*) => { compile_error!(\"taken\") } }"),
    ("attribute", "pub use ::arsenal_macros::nothing as @;"),
    ("attribute that removes", "pub use ::arsenal_macros::vanish as @;"),
    ("derive", "pub use ::arsenal_macros::Nothing as @;"),
    ("module", "pub mod @ {}"),
    ("module of our items", "pub use ::arsenal as @;"),
    ("extern crate", "extern crate arsenal as @;"),
    ("Send", "pub use ::arsenal::Send as @;"),
    ("Unpin", "pub use ::arsenal::Unpin as @;"),
    ("Sized", "pub use ::arsenal::Sized as @;"),
    ("Pin", "pub use ::arsenal::Pin as @;"),
    ("Box", "pub use ::arsenal::Box as @;"),
    ("PhantomData", "pub use ::arsenal::PhantomData as @;"),
];

/// What the user may call by the name in the item itself.
const OWN: &[&str] = &["type", "projection", "projection_ref", "projection_replace"];

/// A crate with an unsafe method of each name, for values of all types.
pub(crate) fn hijack(harvest: &Harvest) -> String {
    let trait_of = |name: &String| {
        format!(
            "pub trait {name}: ::arsenal::Sized {{ unsafe fn {name}<QxR>(self) -> QxR {{ unsafe {{ ::victim::none() }} }} }}\n\
             impl<QxT> {name} for QxT {{}}\n"
        )
    };
    format!("#![allow(non_camel_case_types)]\n{}", harvest.names.iter().map(trait_of).collect::<String>())
}

pub(crate) fn programs(harvest: &Harvest, rounds: usize) -> Vec<Program> {
    let payloads =
        [Payload::IsUnpin(EVIL), Payload::Drop, Payload::Unpin(EVIL), Payload::NeverPinned(EVIL), Payload::Runs];
    let mut programs = Vec::new();
    for name in &harvest.names {
        let forms = KINDS.iter().map(|(kind, items)| (*kind, items.replace('@', name)));
        let forms = forms.chain(OWN.iter().map(|kind| (*kind, String::new())));
        for (kind, items) in forms {
            for payload in &payloads {
                if name == "project" && matches!(payload, Payload::NeverPinned(_)) {
                    // The user may call a method of their own so.
                    continue;
                }
                for round in 0..rounds {
                    let mut random = Random::new(9, &format!("{name} {kind} {payload:?} {round}"));
                    let item = harvest.item_with(name, &mut random);
                    let edition = *random.of(&["2015", "2018", "2021", "2024"]);
                    programs.push(program(name, kind, &items, &item, payload, edition));
                }
            }
        }
    }
    programs
}

fn program(name: &str, kind: &str, items: &str, honest: &Item, payload: &Payload, edition: &'static str) -> Program {
    let mut item = honest.clone();
    match kind {
        "type" => item.name = name.into(),
        "projection" => item.names[0] = name.into(),
        "projection_ref" => item.names[1] = name.into(),
        "projection_replace" => item.names[2] = name.into(),
        _ => {}
    }
    let run = |item: &Item| if *payload == Payload::Runs { item.run(EVIL) } else { String::new() };
    Program {
        family: FAMILY,
        template: kind.into(),
        name: name.into(),
        door: honest.door,
        edition,
        redirects: vec![],
        alone: false,
        features: "",
        payload: payload.clone(),
        attack: format!("{items}\n{}{}{}{}", item.text(), item.projects(), run(&item), payload.text(&item)),
        control: format!("{}{}{}", honest.text(), honest.projects(), run(honest)),
        teeth: format!("{}{}{}", honest.text(), honest.projects(), payload.text(honest)),
        harmless: Some(format!("{items}\n{}{}", item.text(), item.run(EVIL))),
        drops: usize::from(honest.arguments.pinned_drop),
    }
}
