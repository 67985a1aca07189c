//! Attacks from inside the drop code: it may not be unsafe code, and may not reach what calls it.

use crate::harvest::Harvest;
use crate::item::{DOORS, Door, Item, Shape};
use crate::program::{Payload, Program};
use crate::random::Random;
use crate::representatives::argument_sets;

pub(crate) const FAMILY: &str = "drop code";

/// Calls of an unsafe function, without `unsafe`.
const UNSAFE: &[(&str, &str)] = &[
    ("call", "::victim::none::<()>();"),
    ("call with self", "::victim::pin::<_, ()>(@);"),
    ("call in a closure", "let qx_f = || ::victim::none::<()>(); qx_f();"),
    ("call in an item", "fn qx_f() { ::victim::none::<()>() } qx_f();"),
    ("call in a constant", "const QX: fn() = || ::victim::none::<()>(); QX();"),
    ("call in a macro", "macro_rules! qx_m { () => { ::victim::none::<()>() } } qx_m!();"),
    ("a raw pointer", "let qx_p: *const u8 = &1; let _ = *qx_p;"),
];

pub(crate) fn programs(harvest: &Harvest, rounds: usize) -> Vec<Program> {
    let mut programs = Vec::new();
    for (label, body) in UNSAFE {
        for door in DOORS {
            programs.extend(items(door).into_iter().map(|item| program(&format!("unsafe {label}"), "", body, &item)));
        }
    }
    let paths = harvest.names.iter().map(|name| vec![name.clone()]).chain(harvest.paths.iter().cloned());
    for path in paths {
        let path = path.join("::");
        let forms = [
            "P(@);",
            "@.P();",
            "Self::P(@);",
            "<Self>::P(@);",
            "P::drop(@);",
            "<Self as P>::drop(@);",
            "drop::<P>(@);",
            "let _: P = @;",
        ];
        for (number, form) in forms.into_iter().enumerate() {
            if path.contains("::") && form.contains(".P") {
                continue;
            }
            for round in 0..rounds {
                let mut random = Random::new(12, &format!("{path} {form} {round}"));
                let all = items(*random.of(&DOORS));
                programs.push(program(
                    &format!("reaches something, form {number}"),
                    &path,
                    &form.replace('P', &path),
                    random.of(&all),
                ));
            }
        }
    }
    programs
}

/// All kinds of items with drop code.
fn items(door: Door) -> Vec<Item> {
    let with_drop = argument_sets().into_iter().filter(|arguments| arguments.pinned_drop);
    let items = with_drop.map(|arguments| Item { arguments, shape: Shape::Named, own_drop: true, ..Item::new(door) });
    items.filter(Item::is_possible).collect()
}

fn program(template: &str, name: &str, body: &str, item: &Item) -> Program {
    let this = if item.door == Door::Lite { "qx_this" } else { "self" };
    let body = body.replace('@', this);
    let with = |body: &str| {
        let text = Item { drop_code: Some(body.to_owned()), ..item.clone() }.text();
        format!("{text}{}", item.projects())
    };
    let argument = if item.door == Door::Lite { "qx_this" } else { "self" };
    let function = match argument {
        "self" => item.implementation("", &format!("fn qx_outside(self: ::arsenal::Pin<&mut Self>) {{ {body} }}")),
        _ => item.implementation("", &format!("fn qx_outside(qx_this: ::arsenal::Pin<&mut Self>) {{ {body} }}")),
    };
    Program {
        family: FAMILY,
        template: template.into(),
        name: name.into(),
        door: item.door,
        edition: "2021",
        redirects: vec![],
        alone: false,
        features: "",
        payload: Payload::Reached,
        attack: with(&body),
        control: with(""),
        // What a method of the user's own reaches as well is theirs.
        teeth: format!("{}{}", with(""), function.replacen(" for ", " ", 1)),
        harmless: None,
        drops: 0,
    }
}
