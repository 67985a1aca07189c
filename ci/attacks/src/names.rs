//! Attacks by names: what is called like something of the engine's, in the types of fields.

use crate::harvest::Harvest;
use crate::item::{Door, Item};
use crate::mention::{self, Mention};
use crate::program::{Payload, Program};
use crate::random::Random;
use crate::wrap::{WRAPS, Wrap};

pub(crate) const FAMILY: &str = "name in a type";

/// A word that occurs nowhere in the engine.
pub(crate) fn fresh(path: &[String]) -> Vec<String> {
    (0..path.len()).map(|number| format!("QxFresh{number}")).collect()
}

/// All mentions of all names, each beside the same one of a fresh name.
fn mentions(harvest: &Harvest) -> Vec<(Mention, Mention, bool)> {
    let mut all = Vec::new();
    let mut pair = |attacks: Vec<Mention>, controls: Vec<Mention>, declared: bool| {
        all.extend(attacks.into_iter().zip(controls).map(|(attack, control)| (attack, control, declared)));
    };
    for name in &harvest.names {
        let behind = |path: &&Vec<String>| path[0] == *name;
        let mut members: Vec<String> = harvest.paths.iter().filter(behind).map(|path| path[1].clone()).collect();
        members.dedup();
        let declared = harvest.declared.contains(name);
        pair(mention::of_word(name, &members), mention::of_word("QxFresh0", &members), declared);
        pair(mention::measured(std::slice::from_ref(name)), mention::measured(&["QxFresh0".into()]), declared);
    }
    for name in &harvest.lifetimes {
        pair(mention::of_lifetime(&format!("'{name}")), mention::of_lifetime("'qx_fresh"), true);
    }
    for path in &harvest.paths {
        let control = fresh(path);
        let declared = harvest.declared.contains(&path[0]);
        pair(mention::of_path(path), mention::of_path(&control), declared);
        pair(mention::measured(path), mention::measured(&control), declared);
    }
    all
}

/// As many rounds of the whole grammar as asked, each with other arguments, shapes and editions.
pub(crate) fn programs(harvest: &Harvest, rounds: usize) -> Vec<Program> {
    let mut programs = Vec::new();
    for (attack, control, declared) in mentions(harvest) {
        for wrap in WRAPS {
            if wrap.measures() != attack.kind.starts_with("measured") {
                continue;
            }
            let mut random = Random::new(2, &format!("{} {} {wrap:?}", attack.kind, attack.tokens));
            for round in 0..harvest.rounds(declared, *wrap, rounds, &mut random) {
                let seed = format!("{} {} {:?} {round}", attack.kind, attack.tokens, wrap);
                let mut random = Random::new(1, &seed);
                let item = harvest.item_with(&attack.key, &mut random);
                let edition = *random.of(&["2015", "2018", "2021", "2024"]);
                let payload = match random.below(10) {
                    0 => Payload::Unpin("u8"),
                    1 => Payload::Drop,
                    2 if attack.name.starts_with('\'') => Payload::Twice("u8"),
                    3 if attack.name.starts_with('\'') => Payload::Escapes("u8"),
                    _ => Payload::IsUnpin("u8"),
                };
                programs.extend(program(&attack, &control, *wrap, &item, edition, &payload));
            }
        }
    }
    programs
}

/// `base` with the mention in the type of its pinned field.
pub(crate) fn program(
    attack: &Mention,
    control: &Mention,
    wrap: Wrap,
    base: &Item,
    edition: &'static str,
    payload: &Payload,
) -> Option<Program> {
    if wrap == Wrap::RewrittenBelow && base.door == Door::Derive {
        // The derive would see a word that means nothing.
        return None;
    }
    let text = |mention: &Mention, payload: Option<&Payload>, run: bool| -> Option<String> {
        let mut item = base.clone();
        let mut payload = payload.cloned();
        let mut given = "u8".to_owned();
        if let Some([declared, used, instance]) = &mention.parameters {
            (item.parameters, item.uses) = (declared.clone(), used.clone());
            given = instance.clone();
            // The payloads take their type argument from here.
            if payload.is_some() {
                payload = payload.map(|payload| with_instance(payload, instance));
            }
        }
        let built = wrap.around(&mention.tokens, &mention.name, &|tokens, above, below| {
            Item { pinned: tokens.into(), above: above.into(), below: format!("{below}{}", item.below), ..item.clone() }
                .text()
        })?;
        let payload = payload.map(|payload| payload.text(&item)).unwrap_or_default();
        let run = if run { item.run(&given) } else { String::new() };
        Some(format!("{}{built}{payload}{run}", mention.items))
    };
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
        attack: text(attack, Some(payload), false)?,
        control: text(control, None, true)?,
        teeth: text(control, Some(payload), false)?,
        harmless: text(attack, None, true),
        drops: usize::from(base.arguments.pinned_drop),
    })
}

fn with_instance(payload: Payload, instance: &str) -> Payload {
    let known: &'static str = match instance {
        "'static, u8" => "'static, u8",
        "7" => "7",
        _ => "::arsenal::Evil",
    };
    match payload {
        Payload::IsUnpin(_) => Payload::IsUnpin(known),
        Payload::Unpin(_) => Payload::Unpin(known),
        Payload::Twice(_) => Payload::Twice(known),
        Payload::Escapes(_) => Payload::Escapes(known),
        other => other,
    }
}
