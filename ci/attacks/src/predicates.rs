//! Attacks by names in bounds and where clauses, which are repeated on every implementation that the engine writes: one with a
//! predicate that means less there guards nothing, or leaves room for a second one.

use crate::harvest::Harvest;
use crate::item::{Door, Item, Place, Shape};
use crate::names::fresh;
use crate::program::{Payload, Program};
use crate::random::Random;
use crate::wrap::{WRAPS, Wrap};
use std::collections::{BTreeMap, BTreeSet};

type Kinds = BTreeMap<String, BTreeSet<String>>;

pub(crate) const FAMILY: &str = "name in a predicate";

#[derive(Clone)]
struct Predicate {
    kind: String,
    items: String,
    /// The tokens with the name, and the predicate around them with `@` in their place.
    tokens: String,
    name: String,
    around: &'static str,
    /// Bounds of the parameter.
    parameter: &'static str,
    payloads: &'static [Payload],
}

const BY_HAND: &[Payload] = &[Payload::Drop, Payload::Unpin("")];
const INSTANCES: &[Payload] = &[Payload::Unpin("dyn QxTr"), Payload::Unpin("QxLocal")];

/// Everything that can stand at the end of a path, a single name being one as well.
fn of_path(path: &[String], real: Option<&str>, types: &Kinds) -> Vec<Predicate> {
    let [modules @ .., last] = path else { return Vec::new() };
    let full = path.join("::");
    let nested = |inner: String| {
        let open: String = modules.iter().map(|module| format!("pub mod {module} {{ ")).collect();
        format!("{open}{inner}{}\n", " }".repeat(modules.len()))
    };
    let mut all = Vec::new();
    let mut add = |kind: &str,
                   items: String,
                   tokens: String,
                   around: &'static str,
                   parameter: &'static str,
                   payloads: &'static [Payload]| {
        let kind = if modules.is_empty() { kind.to_owned() } else { format!("path to {kind}") };
        all.push(Predicate { kind, items, tokens, name: path[0].clone(), around, parameter, payloads });
    };
    let yes = "pub trait QxYes {}\n";
    let generics = [
        ["", "", ""],
        ["1", "<T>", "<F>"],
        ["l1", "<'a, T>", "<'static, F>"],
        ["l", "<'a>", "<'static>"],
        ["2", "<T, U>", "<F, F>"],
    ];
    for [label, parameters, uses] in generics {
        let fields = match label {
            "1" => "(::arsenal::PhantomData<T>)",
            "l1" => "(::arsenal::PhantomData<&'a ()>, ::arsenal::PhantomData<T>)",
            "l" => "(::arsenal::PhantomData<&'a ()>)",
            "2" => "(::arsenal::PhantomData<(T, U)>)",
            _ => "",
        };
        let declared = nested(format!("pub struct {last}{parameters}{fields};"));
        let holds = format!("{declared}{yes}impl{parameters} QxYes for {full}{parameters} {{}}\n");
        add(&format!("type{label}"), holds.clone(), format!("{full}{uses}"), "@: QxYes", "F", BY_HAND);
        let carried = format!("{declared}{yes}impl{parameters} QxYes for [{full}{parameters}; 1] {{}}\n");
        add(&format!("type{label} in an array"), carried, format!("{full}{uses}"), "[@; 1]: QxYes", "F", BY_HAND);
        // The same tokens hold for less under the meaning that they have for the engine.
        let uses_real = uses.replace('F', "u8");
        let is_type = |real: &&str| types.get(*real).is_some_and(|kinds| kinds.contains(&format!("type{label}")));
        if let Some(real) = real.filter(is_type) {
            let parameters = parameters.trim_matches(['<', '>']);
            let comma = if parameters.is_empty() { "" } else { ", " };
            let uses = &uses_real;
            let own =
                format!("{full}{}", if parameters.is_empty() { String::new() } else { format!("<{parameters}>") });
            let items = format!(
                "{declared}pub trait QxHolds<F: ?::arsenal::Sized> {{}}\npub trait QxTr {{}}\npub struct QxLocal(::arsenal::Evil);\n\
                 impl<{parameters}{comma}F: ?::arsenal::Sized> QxHolds<F> for {own} {{}}\n"
            );
            let narrow = format!("{items}impl<F> QxHolds<F> for {real}{uses} {{}}\n");
            add(
                &format!("type{label} that holds for less"),
                narrow,
                format!("{full}{uses}"),
                "@: QxHolds<F>",
                "F: ?::arsenal::Sized",
                INSTANCES,
            );
        }
    }
    let every = nested(format!("pub trait {last} {{}} impl<T: ?::arsenal::Sized> {last} for T {{}}"));
    add("trait", every.clone(), full.clone(), "F: @", "F", BY_HAND);
    let local = format!("{every}pub trait QxTr {{}}\npub struct QxLocal(::arsenal::Evil);\n");
    add("trait that holds for less", local.clone(), full.clone(), "F: @", "F: ?::arsenal::Sized", INSTANCES);
    let qualified = nested(format!(
        "pub trait {last} {{ type Qx: ?::arsenal::Sized; }} impl<T: ?::arsenal::Sized> {last} for T {{ type Qx = T; }}"
    ));
    add(
        "trait with a type",
        format!("{qualified}{yes}impl<T> QxYes for ::arsenal::PhantomData<T> {{}}\n"),
        format!("<::arsenal::PhantomData<F> as {full}>::Qx"),
        "@: QxYes",
        "F",
        BY_HAND,
    );
    let number = nested(format!("pub const {last}: usize = 7;"));
    add(
        "constant",
        format!("{number}{yes}impl QxYes for ::arsenal::Sel<7> {{}}\n"),
        format!("::arsenal::Sel<{{ {full} }}>"),
        "@: QxYes",
        "F",
        BY_HAND,
    );
    let equal = format!(
        "{}pub trait QxIs {{ type Qx; }}\nimpl<T> QxIs for T {{ type Qx = {full}; }}\n",
        nested(format!("pub struct {last};"))
    );
    add("equal type", equal, full.clone(), "F: QxIs<Qx = @>", "F", BY_HAND);
    let function = nested(format!("pub const fn {last}() -> usize {{ 7 }}"));
    add(
        "function",
        format!("{function}{yes}impl QxYes for ::arsenal::Sel<7> {{}}\n"),
        format!("::arsenal::Sel<{{ {full}() }}>"),
        "@: QxYes",
        "F",
        BY_HAND,
    );
    all
}

/// The path under which a user reaches what the engine names so.
fn real(harvest: &Harvest, path: &[String]) -> Option<String> {
    let last = path.last()?;
    let found = harvest
        .private
        .iter()
        .find(|(module, name)| name == last && path.len() > 1 && path[1..path.len() - 1].ends_with(module));
    let found = found.or_else(|| harvest.private.iter().find(|(_, name)| name == last));
    let (module, name) = found?;
    Some(format!("::pinsight::{}{name}", module.iter().map(|segment| format!("{segment}::")).collect::<String>()))
}

pub(crate) fn programs(harvest: &Harvest, rounds: usize) -> Vec<Program> {
    let mut programs = Vec::new();
    let single = harvest.names.iter().map(|name| vec![name.clone()]);
    let paths: Vec<Vec<String>> = single.chain(harvest.paths.iter().cloned()).collect();
    for path in &paths {
        let real = real(harvest, path);
        let declared = harvest.declared.contains(&path[0]);
        let pairs = of_path(path, real.as_deref(), &harvest.kinds).into_iter().zip(of_path(
            &fresh(path),
            real.as_deref(),
            &harvest.kinds,
        ));
        for (attack, control) in pairs {
            for wrap in WRAPS.iter().filter(|wrap| !wrap.measures()) {
                let mut random = Random::new(2, &format!("{} {} {wrap:?}", attack.kind, attack.tokens));
                for round in 0..harvest.rounds(declared, *wrap, rounds, &mut random) {
                    let mut random = Random::new(2, &format!("{} {} {wrap:?} {round}", attack.kind, attack.tokens));
                    let mut item = Item { place: Place::Last, ..harvest.item_with(&path.join("::"), &mut random) };
                    let unsized_field = attack.parameter != "F";
                    if unsized_field {
                        item.arguments.project_replace = false;
                        item.shape = if item.shape == Shape::Enum { Shape::Named } else { item.shape };
                    }
                    let payload = random.of(attack.payloads).clone();
                    let edition = *random.of(&["2015", "2018", "2021", "2024"]);
                    let inline = attack.around.starts_with("F: ") && random.one_in(2);
                    programs.extend(program(&attack, &control, *wrap, &item, inline, edition, &payload));
                }
            }
        }
    }
    programs
}

fn program(
    attack: &Predicate,
    control: &Predicate,
    wrap: Wrap,
    base: &Item,
    inline: bool,
    edition: &'static str,
    payload: &Payload,
) -> Option<Program> {
    let derived_before = wrap == Wrap::RewrittenBelow && base.door == Door::Derive;
    // No macro and no type stands where a trait does.
    let not_a_trait = attack.around.starts_with("F: @") && wrap.makes_types();
    if derived_before || not_a_trait {
        return None;
    }
    // A macro in a predicate is refused, whatever it stands for: the control has none.
    let honest = if wrap.calls_a_macro() { Wrap::Direct } else { wrap };
    let text = |predicate: &Predicate, wrap: Wrap, payload: Option<&Payload>| -> Option<String> {
        let with = |tokens: &str| {
            let bound = predicate.around.replace('@', tokens);
            let (parameters, predicates) =
                match (inline, bound.strip_prefix("F: "), predicate.parameter.strip_prefix("F: ")) {
                    (true, Some(bound), None) => (format!("F: {bound}"), String::new()),
                    (true, Some(bound), Some(relaxed)) => (format!("F: {relaxed} + {bound}"), String::new()),
                    _ => (predicate.parameter.to_owned(), bound),
                };
            Item { parameters, predicates, ..base.clone() }
        };
        let as_written = with(&predicate.tokens);
        let rewritten = matches!(wrap, Wrap::RewrittenAbove | Wrap::RewrittenBelow);
        let drop_generics = rewritten.then(|| (as_written.parameters.clone(), as_written.predicates.clone()));
        let built = wrap.around(&predicate.tokens, &predicate.name, &|tokens, above, below| {
            Item {
                above: above.into(),
                below: format!("{below}{}", base.below),
                drop_generics: drop_generics.clone(),
                ..with(tokens)
            }
            .text()
        })?;
        let payload = payload.map(|payload| payload.text(&as_written)).unwrap_or_default();
        Some(format!("{}{built}{payload}", predicate.items))
    };
    let run = with_run(text(attack, wrap, None)?, base);
    Some(Program {
        family: FAMILY,
        template: format!("{} / {wrap:?}", attack.kind),
        name: attack.tokens.clone(),
        door: base.door,
        edition,
        redirects: vec![],
        alone: false,
        features: "",
        payload: payload.clone(),
        attack: text(attack, wrap, Some(payload))?,
        control: text(control, honest, None)?,
        teeth: text(control, honest, Some(payload))?,
        harmless: Some(run),
        drops: usize::from(base.arguments.pinned_drop),
    })
}

fn with_run(text: String, item: &Item) -> String {
    text + &item.run("::arsenal::Evil")
}
