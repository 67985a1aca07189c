//! Attributes that change the item behind the engine's back: after it has read it, before the compiler does.

mod changes;

use crate::item::{Arguments, DOORS, Door, Item, Shape};
use crate::program::{Payload, Program};
use changes::Change;

pub(crate) const FAMILY: &str = "later attribute";

pub(crate) fn programs() -> Vec<Program> {
    let mut programs = Vec::new();
    for change in changes::all() {
        for door in DOORS {
            for deferred in [false, true] {
                if !deferred && door != Door::Derive {
                    // These doors apply all other attributes before they read the item.
                    continue;
                }
                for shape in change.shapes {
                    for (number, arguments) in sets(door).into_iter().enumerate() {
                        programs.extend(program(&change, door, deferred, *shape, number, arguments));
                    }
                }
            }
        }
    }
    programs
}

fn sets(door: Door) -> Vec<Arguments> {
    let named = Arguments { project: true, project_ref: true, ..Arguments::default() };
    let mut sets = vec![
        named.clone(),
        Arguments { project_ref: true, ..Arguments::default() },
        Arguments { project: true, ..Arguments::default() },
        Arguments { project_replace: true, ..named.clone() },
        Arguments { pinned_drop: true, ..named.clone() },
        Arguments { not_unpin: true, ..named.clone() },
    ];
    if door != Door::Lite {
        sets.push(Arguments { unsafe_unpin: true, ..named.clone() });
        sets.push(Arguments { path: Some("::pinsight".into()), ..named });
    }
    sets
}

fn program(
    change: &Change,
    door: Door,
    deferred: bool,
    shape: Shape,
    number: usize,
    arguments: Arguments,
) -> Option<Program> {
    let item = Item {
        arguments,
        shape,
        place: change.place,
        parameters: change.parameters.into(),
        predicates: change.predicates.into(),
        pinned: change.pinned.into(),
        unpinned: change.unpinned.into(),
        ..Item::new(door)
    };
    let unsized_field = change.pinned.starts_with(['[', 'd']) || change.parameters.contains('?');
    if !item.is_possible() || unsized_field && item.arguments.project_replace {
        return None;
    }
    let edited = |change_it: bool, late: bool| {
        // Each attribute finds what it looks for; that of a control puts it back.
        let attribute = |(from, to): &(&str, &str)| {
            let [from, to] = [from, to].map(|text| match shape {
                Shape::Enum => text.replace("struct QxS", "enum QxS"),
                _ => text.to_string(),
            });
            let put = if change_it { &to } else { &from };
            let edit = match &*from {
                "" => format!("::arsenal_macros::beside({put:?})"),
                from => format!("::arsenal_macros::swap({from:?} => {put:?})"),
            };
            if deferred && late { format!("#[::arsenal_macros::defer({edit})]\n") } else { format!("#[{edit}]\n") }
        };
        let edits: String = change.edits.iter().map(attribute).collect();
        let (above, below) = if late || door == Door::Lite { (String::new(), edits) } else { (edits, String::new()) };
        format!("{}{}", change.items, Item { above, below, ..item.clone() }.text())
    };
    let honest = edited(false, true);
    let lawful = if change.lawful { edited(true, false) } else { String::new() };
    let payload = change.payload.text(&item);
    Some(Program {
        family: FAMILY,
        template: format!("{}{}", change.label, if deferred { ", deferred" } else { "" }),
        name: format!("arguments {number}, {shape:?}"),
        door,
        edition: "2021",
        redirects: vec![],
        alone: false,
        payload: change.payload.clone(),
        attack: format!("{}{payload}", edited(true, true)),
        control: format!("pub mod qx_honest {{ {honest} }}\npub mod qx_lawful {{ {lawful} }}\n"),
        teeth: format!("{honest}{}", if change.payload == Payload::Accepted { "" } else { &payload }),
        harmless: None,
        drops: 0,
    })
}
