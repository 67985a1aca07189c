//! Attacks from the root of a crate, where a path that begins with `::` begins in edition 2015, and `crate::` always.

use crate::compile::head;
use crate::harvest::Harvest;
use crate::item::Item;
use crate::mention;
use crate::names::fresh;
use crate::program::{Payload, Program};
use crate::random::Random;

pub(crate) const FAMILY: &str = "name at the root";

pub(crate) fn programs(harvest: &Harvest, rounds: usize) -> Vec<Program> {
    let mut programs = Vec::new();
    for path in &harvest.paths {
        let pairs = mention::of_path(path).into_iter().zip(mention::of_path(&fresh(path)));
        for (attack, control) in pairs {
            for round in 0..rounds {
                let mut random = Random::new(11, &format!("{} {} {round}", attack.kind, attack.tokens));
                let edition = *random.of(&["2015", "2015", "2018", "2021"]);
                let item = harvest.item_with(&attack.key, &mut random);
                let payload = random
                    .of(&[Payload::IsUnpin("u8"), Payload::IsUnpin("u8"), Payload::Drop, Payload::Unpin("u8")])
                    .clone();
                let hidden = random.one_in(2);
                let text = |mention: &mention::Mention, payload: &str| {
                    // From a root of its own, each path is absolute.
                    let prefix = if edition == "2015" { "::" } else { "crate::" };
                    let tokens = mention.tokens.replacen(&mention.key, &format!("{prefix}{}", mention.key), 1);
                    let item = Item { pinned: if hidden { "qx_ty!()".into() } else { tokens.clone() }, ..item.clone() };
                    let defined = format!("macro_rules! qx_ty {{ () => {{ {tokens} }} }}\n");
                    format!(
                        "{}{}{defined}pub mod qx_inner {{\n{}\n{payload}}}\n",
                        head(edition),
                        mention.items,
                        item.text()
                    )
                };
                programs.push(Program {
                    family: FAMILY,
                    template: format!("{}{}", attack.kind, if hidden { ", out of a macro" } else { "" }),
                    name: attack.tokens.clone(),
                    door: item.door,
                    edition,
                    redirects: vec![],
                    alone: true,
                    features: "",
                    payload: payload.clone(),
                    attack: text(&attack, &payload.text(&item)),
                    control: text(&control, ""),
                    teeth: text(&control, &payload.text(&item)),
                    harmless: None,
                    drops: 0,
                });
            }
        }
    }
    // The crates that the program itself needs are at the root in edition 2015.
    programs.retain(|program| program.edition != "2015" || !program.attack.contains("pub mod pinsight"));
    programs
}
