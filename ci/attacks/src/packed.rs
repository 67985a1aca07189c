//! A packed type, said in every way that can be seen. Over fields of alignment 1 the compiler itself has nothing against it.

use crate::item::{Arguments, DOORS, Door, Item, Place, Shape};
use crate::program::{Payload, Program};

pub(crate) const FAMILY: &str = "packed";

/// What stands above the item, and for what.
const ATTRIBUTES: &[(&str, &str, &str)] = &[
    ("plain", "#[repr(packed)]", ""),
    ("by one", "#[repr(packed(1))]", ""),
    ("by two", "#[repr(packed(2))]", ""),
    ("with C", "#[repr(C, packed)]", ""),
    ("before C", "#[repr(packed, C)]", ""),
    ("after another", "#[repr(C)]\n#[repr(packed)]", ""),
    ("raw argument", "#[repr(r#packed)]", ""),
    ("raw argument with a number", "#[repr(r#packed(1))]", ""),
    ("raw attribute", "#[r#repr(packed)]", ""),
    ("raw both", "#[r#repr(r#packed)]", ""),
    ("cfg_attr", "#[cfg_attr(all(), repr(packed))]", ""),
    ("cfg_attr, twice", "#[cfg_attr(all(), cfg_attr(all(), repr(packed)))]", ""),
    ("cfg_attr with others", "#[cfg_attr(all(), allow(dead_code), repr(C, packed))]", ""),
    ("cfg_attr, raw", "#[cfg_attr(all(), r#repr(r#packed))]", ""),
    ("$m:meta", "#[$m]", "$m:meta => repr(packed)"),
    ("$m:meta, raw", "#[$m]", "$m:meta => r#repr(r#packed)"),
    ("$i:ident", "#[repr($i)]", "$i:ident => packed"),
    ("$i:ident, raw", "#[repr($i)]", "$i:ident => r#packed"),
    ("$t:tt", "#[repr($t)]", "$t:tt => packed"),
    ("$r:ident", "#[$r(packed)]", "$r:ident => repr"),
    ("$r:path", "#[$r(packed)]", "$r:path => repr"),
    ("tokens", "#[repr($($t)*)]", "$($t:tt)* => C, packed"),
    ("$m:meta in cfg_attr", "#[cfg_attr(all(), $m)]", "$m:meta => repr(packed)"),
    ("put there by an attribute", "#[::arsenal_macros::swap(\"struct QxS\" => \"#[repr(packed)] struct QxS\")]", ""),
];

/// Pinned and unpinned types of alignment 1, and one that may have any.
const TYPES: &[(&str, &str)] = &[("alignment 1", "(::arsenal::Pinned, u8)"), ("any alignment", "F")];

pub(crate) fn programs() -> Vec<Program> {
    let named = Arguments { project: true, project_ref: true, ..Arguments::default() };
    let mut sets = vec![
        named.clone(),
        Arguments { pinned_drop: true, ..named.clone() },
        Arguments { not_unpin: true, ..named.clone() },
    ];
    sets.push(Arguments { project_ref: true, ..Arguments::default() });
    sets.push(Arguments { path: Some("::pinsight".into()), ..named });
    let mut programs = Vec::new();
    for (how, attribute, fragment) in ATTRIBUTES {
        for (label, pinned) in TYPES {
            for door in DOORS {
                for shape in [Shape::Named, Shape::Tuple] {
                    for (number, arguments) in sets.iter().enumerate() {
                        for above in [false, true] {
                            let item = Item {
                                arguments: arguments.clone(),
                                shape,
                                place: Place::Last,
                                pinned: (*pinned).into(),
                                ..Item::new(door)
                            };
                            // The attribute of a door comes before all others. A derive cannot see what one below it does.
                            let late = how.starts_with("put there") && door == Door::Derive && !above;
                            let possible = item.is_possible() && !(above && door != Door::Derive) && !late;
                            let program = || program(how, label, attribute, fragment, above, &item, number);
                            programs.extend(possible.then(program));
                        }
                    }
                }
            }
        }
    }
    programs
}

fn program(
    how: &str,
    label: &str,
    attribute: &str,
    fragment: &str,
    above: bool,
    item: &Item,
    number: usize,
) -> Program {
    let with = |attribute: String| {
        let (before, behind) = if above { (attribute, String::new()) } else { (String::new(), attribute) };
        let within = fragment.split_once(" => ").map(|(matcher, argument)| (matcher.to_owned(), argument.to_owned()));
        Item { above: before, below: behind, within, ..item.clone() }.text()
    };
    Program {
        family: FAMILY,
        template: format!("{how}, {label}"),
        name: format!("arguments {number}, {:?}", item.shape),
        door: item.door,
        edition: "2021",
        redirects: vec![],
        alone: false,
        features: "",
        payload: Payload::Accepted,
        attack: format!("{}{}", with(format!("{attribute}\n")), item.projects()),
        // Without the attribute, the macro has a fragment for nothing.
        control: format!("{}{}", Item { ..item.clone() }.text(), item.projects()),
        teeth: String::new(),
        harmless: None,
        drops: 0,
    }
}
