//! Attributes that change the item behind the engine's back: after it has read it, before the compiler does.

mod changes;

use crate::item::{Arguments, DOORS, Door, Item, Shape};
use crate::program::{Payload, Program};
use changes::Change;

pub(crate) const FAMILY: &str = "later attribute";

const IMPORTS: &str = "use ::arsenal_macros::{beside as qx_beside, defer as qx_defer, swap as qx_swap};\n";

pub(crate) fn programs() -> Vec<Program> {
    let mut programs: Vec<Program> = by_path();
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
        // A single name, or else the derive refuses it: an attribute with a path can only be a macro.
        let attribute = |(from, to): &(&str, &str)| {
            let [from, to] = [from, to].map(|text| match shape {
                Shape::Enum => text.replace("struct QxS", "enum QxS"),
                _ => text.to_string(),
            });
            let put = if change_it { &to } else { &from };
            let edit = match &*from {
                "" => format!("qx_beside({put:?})"),
                from => format!("qx_swap({from:?} => {put:?})"),
            };
            if deferred && late { format!("#[qx_defer({edit})]\n") } else { format!("#[{edit}]\n") }
        };
        let edits: String = change.edits.iter().map(attribute).collect();
        let (above, below) = if late || door == Door::Lite { (String::new(), edits) } else { (edits, String::new()) };
        // Drop code that is for the type as it finally is.
        let for_all = change.drop_generics.filter(|_| change_it && item.arguments.pinned_drop);
        let drop_generics = for_all.map(|(parameters, predicates)| (parameters.into(), predicates.into()));
        format!("{IMPORTS}{}{}", change.items, Item { above, below, drop_generics, ..item.clone() }.text())
    };
    let honest = edited(false, true);
    // A type that may be unsized cannot be replaced.
    let lawful = if change.lawful && !item.arguments.project_replace { edited(true, false) } else { String::new() };
    let payload = change.payload.text(&item);
    Some(Program {
        family: FAMILY,
        template: format!("{}{}", change.label, if deferred { ", deferred" } else { "" }),
        name: format!("arguments {number}, {shape:?}"),
        door,
        edition: "2021",
        redirects: vec![],
        alone: false,
        features: "",
        payload: change.payload.clone(),
        attack: format!("{}{payload}", edited(true, true)),
        control: format!("pub mod qx_honest {{ {honest} }}\npub mod qx_lawful {{ {lawful} }}\n"),
        teeth: format!("{honest}{}", if change.payload == Payload::Accepted { "" } else { &payload }),
        harmless: None,
        drops: 0,
    })
}

/// Attributes that are called by a path. They are refused whatever they do: so these do nothing.
fn by_path() -> Vec<Program> {
    let paths = [
        "::arsenal_macros::nothing",
        "arsenal_macros::nothing",
        "self::qx_nothing",
        "qx_macros::nothing",
        "clippy_::nothing",
    ];
    let program = |path: &str, door: Door, fragment: bool| {
        let with = |path: &str| {
            let called = if fragment { "$qx" } else { path };
            let attribute = match door {
                Door::Derive => format!("#[{called}]\n"),
                _ => format!("#[::arsenal_macros::defer({called})]\n"),
            };
            let within = fragment.then(|| ("$qx:path".to_owned(), path.to_owned()));
            let item = Item { below: attribute, within, ..Item::new(door) };
            format!(
                "use ::arsenal_macros::nothing as qx_nothing; use ::arsenal_macros as qx_macros; \n{}{}",
                item.text(),
                item.projects()
            )
        };
        Program {
            family: FAMILY,
            template: format!("called by a path{}", if fragment { ", as a fragment" } else { "" }),
            name: path.into(),
            door,
            edition: "2021",
            redirects: vec![],
            alone: false,
            features: "",
            payload: Payload::Refused,
            attack: with(path),
            control: with("qx_nothing"),
            teeth: String::new(),
            harmless: None,
            drops: 0,
        }
    };
    let kinds = DOORS.into_iter().flat_map(|door| [(door, false), (door, true)]);
    kinds.flat_map(|(door, fragment)| paths.map(|path| program(path, door, fragment))).collect()
}
