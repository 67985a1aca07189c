//! Macros that write an implementation from inside a type: an array length is a block, and a block has items. Where the type is
//! repeated beside items of the engine's, such an implementation can be one of theirs.

use crate::harvest::Harvest;
use crate::item::{Item, Shape};
use crate::names::fresh;
use crate::program::{Payload, Program};
use crate::random::Random;

pub(crate) const FAMILY: &str = "macro that implements";
const EVIL: &str = "::arsenal::Evil";

/// The parameters of a type, its fields, and an implementation for it: its own parameters, and what it is for.
const GENERICS: [[&str; 4]; 9] = [
    ["", "", "", ""],
    ["<A>", "(::arsenal::PhantomData<A>)", "<A>", "<A>"],
    ["<A>", "(::arsenal::PhantomData<A>)", "<A>", "<QxS<A>>"],
    ["<'a>", "(::arsenal::PhantomData<&'a ()>)", "<'a>", "<'a>"],
    ["<'a, A>", LIFETIME_AND_TYPE, "<'a, A>", "<'a, A>"],
    ["<'a, A>", LIFETIME_AND_TYPE, "<'a, A>", "<'a, QxS<A>>"],
    ["<A, B>", "(::arsenal::PhantomData<A>, ::arsenal::PhantomData<B>)", "<A, B>", "<A, B>"],
    ["<'a, A, B>", LIFETIME_AND_TWO, "<'a, A, B>", "<'a, A, B>"],
    [
        "<'a, 'b, A>",
        "(::arsenal::PhantomData<&'a ()>, ::arsenal::PhantomData<&'b ()>, ::arsenal::PhantomData<A>)",
        "<'a, 'b, A>",
        "<'a, 'b, A>",
    ],
];
const LIFETIME_AND_TYPE: &str = "(::arsenal::PhantomData<&'a ()>, ::arsenal::PhantomData<A>)";
const LIFETIME_AND_TWO: &str = "(::arsenal::PhantomData<&'a ()>, ::arsenal::PhantomData<A>, ::arsenal::PhantomData<B>)";

/// When the macro writes: always, where `Self` is the type, or where it was spelled out.
const WHEN: [(&str, &str, &str); 4] = [
    ("always", "() => { { @ 3 } };", "qx_n!()"),
    ("where Self is left", "(Self) => { { @ 3 } }; ($($t:tt)*) => { 3 };", "qx_n!(Self)"),
    ("where Self is spelled out", "(Self) => { 3 }; ($($t:tt)*) => { { @ 3 } };", "qx_n!(Self)"),
    ("by a name", "() => { { @ 3 } };", "$qx!()"),
];

/// Where the length stands.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
enum At {
    Unpinned,
    Pinned,
    Predicate,
    Default,
    Discriminant,
}

pub(crate) fn programs(harvest: &Harvest, rounds: usize) -> Vec<Program> {
    let single = harvest.names.iter().map(|name| vec![name.clone()]);
    let paths: Vec<Vec<String>> = single.chain(harvest.paths.iter().cloned()).collect();
    let mut programs = Vec::new();
    // Nothing can be implemented inside for what stands outside.
    for path in paths.iter().filter(|path| harvest.declared.contains(&path[0])) {
        for generics in GENERICS {
            for when in WHEN {
                for own in [false, true] {
                    for round in 0..rounds {
                        let mut random = Random::new(8, &format!("{path:?} {generics:?} {when:?} {own} {round}"));
                        let item = harvest.item_with(&path.join("::"), &mut random);
                        let at = *random.of(&[
                            At::Unpinned,
                            At::Unpinned,
                            At::Pinned,
                            At::Predicate,
                            At::Default,
                            At::Discriminant,
                        ]);
                        let payload = random
                            .of(&[Payload::IsUnpin(EVIL), Payload::IsUnpin(EVIL), Payload::Drop, Payload::Unpin(EVIL)])
                            .clone();
                        let edition = *random.of(&["2018", "2021", "2024"]);
                        let of = *random.of(&[
                            "::arsenal::Unpin",
                            "::arsenal::Unpin",
                            "::arsenal::Unpin",
                            "::arsenal::Drop",
                        ]);
                        programs.push(program(path, generics, when, own, of, at, &item, &payload, edition));
                    }
                }
            }
        }
    }
    programs
}

#[allow(clippy::too_many_arguments)]
fn program(
    path: &[String],
    [declared, fields, parameters, uses]: [&str; 4],
    (when, arms, call): (&str, &str, &str),
    own: bool,
    of: &str,
    at: At,
    base: &Item,
    payload: &Payload,
    edition: &'static str,
) -> Program {
    let body = if of.ends_with("Drop") { "fn drop(&mut self) {}" } else { "" };
    let written = |path: &[String]| format!("impl{parameters} {of} for {}{uses} {{ {body} }}", path.join("::"));
    // A type of that name of the user's, so that the implementation is right where the user wrote it.
    let items = |path: &[String]| match path {
        [modules @ .., last] if own => {
            let open: String = modules.iter().map(|module| format!("pub mod {module} {{ ")).collect();
            format!("{open}pub struct {last}{declared}{fields};{}\n", " }".repeat(modules.len()))
        }
        _ => String::new(),
    };
    let mut item = base.clone();
    if call.starts_with('$') {
        item.within = Some(("$qx:ident".into(), "qx_n".into()));
    }
    match at {
        At::Unpinned => item.unpinned = format!("[u8; {call}]"),
        At::Pinned => item.pinned = format!("[F; {call}]"),
        At::Predicate => item.predicates = format!("[F; {call}]: ::arsenal::Sized"),
        At::Default => item.parameters = format!("F = [u8; {call}]"),
        At::Discriminant => {
            item.shape = Shape::Enum;
            item.discriminant = format!(" = {call} as isize");
            item.below = format!("#[repr(isize)]\n{}", item.below);
        }
    }
    let defined = |implementation: &str| format!("macro_rules! qx_n {{ {} }}\n", arms.replace('@', implementation));
    // What calls a macro there is refused, whatever the macro is.
    let honest = |item: &Item| match at {
        At::Predicate | At::Default => Item {
            predicates: item.predicates.replace(call, "3"),
            parameters: item.parameters.replace(call, "3"),
            ..item.clone()
        },
        _ => item.clone(),
    };
    let text = |items: String, implementation: &str, payload: Option<&Payload>| {
        let item = if implementation.is_empty() { honest(&item) } else { item.clone() };
        let mut plain = item.clone();
        plain.predicates = if at == At::Predicate { "[F; 3]: ::arsenal::Sized".into() } else { String::new() };
        plain.parameters = "F".into();
        let payload = payload.map(|payload| payload.text(&plain)).unwrap_or_default();
        format!("{items}{}{}{payload}", defined(implementation), item.text())
    };
    let control = fresh(path);
    Program {
        family: FAMILY,
        template: format!("{at:?} / {when} / {uses} / {}", if own { "own type" } else { "no type" }),
        name: format!("{} for {}", of.trim_start_matches("::arsenal::"), path.join("::")),
        door: base.door,
        edition,
        redirects: vec![],
        alone: false,
        features: "",
        payload: payload.clone(),
        attack: text(items(path), &written(path), Some(payload)),
        control: text(items(&control), "", None),
        teeth: text(items(&control), "", Some(payload)),
        harmless: None,
        drops: 0,
    }
}
