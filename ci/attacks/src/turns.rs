//! A procedural macro that is another type each time that it is called, so that the type of a field has not one meaning.

use crate::item::{Arguments, DOORS, Item, Place, Shape};
use crate::program::{Payload, Program};

pub(crate) const FAMILY: &str = "macro that takes turns";

/// The pinned type, and another.
const TYPES: [(&str, &str, &str); 2] =
    [("", "::arsenal::Evil<F>", "u8"), ("in a carrier", "::arsenal::Ind<::arsenal::Evil<F>>", "::arsenal::Ind<u8>")];

/// For each choice of the first four calls in which it is the pinned type.
pub(crate) fn programs() -> Vec<Program> {
    let methods = |project, project_ref| Arguments { project, project_ref, ..Arguments::default() };
    let mut sets = vec![methods(true, true), methods(true, false), methods(false, true)];
    sets.push(Arguments { not_unpin: true, ..methods(true, false) });
    let mut programs = Vec::new();
    for turns in 1..16 {
        for (label, one, other) in TYPES {
            for door in DOORS {
                for (number, arguments) in sets.iter().enumerate() {
                    for shape in [Shape::Named, Shape::Enum] {
                        for place in [Place::Middle, Place::Last] {
                            let item = Item { arguments: arguments.clone(), shape, place, ..Item::new(door) };
                            programs.push(program(turns, label, one, other, &item, number));
                        }
                    }
                }
            }
        }
    }
    programs.extend(predicates());
    programs
}

/// In a predicate, it holds for less in one of the places where that is repeated: an implementation by hand for the rest does not overlap there.
fn predicates() -> Vec<Program> {
    let items = "pub trait QxHolds<T: ?::arsenal::Sized> {}\npub trait QxTr {}\npub struct QxWide;\npub struct QxNarrow;\n\
                 impl<T: ?::arsenal::Sized> QxHolds<T> for QxWide {}\nimpl<T> QxHolds<T> for QxNarrow {}\n";
    let program = |door, call: u32, project_ref| {
        let arguments = Arguments { project: true, project_ref, ..Arguments::default() };
        let with = |tokens: &str| Item {
            arguments: arguments.clone(),
            place: Place::Last,
            parameters: "F: ?::arsenal::Sized".into(),
            predicates: format!("{tokens}: QxHolds<F>"),
            ..Item::new(door)
        };
        let turns = 0xfff ^ (1 << call);
        let item = with(&format!("::arsenal_macros::turn!(\"@HERE@\" {turns} \"QxWide\" \"QxNarrow\")"));
        let honest = with("QxWide");
        let payload = Payload::Unpin("dyn QxTr");
        Program {
            family: FAMILY,
            template: format!("predicate, the call {call}"),
            name: format!("project_ref {project_ref}"),
            door,
            edition: "2021",
            redirects: vec![],
            alone: false,
            features: "",
            attack: format!("{items}{}{}", item.text(), payload.text(&honest)),
            control: format!("{items}{}", honest.text()),
            teeth: format!("{items}{}{}", honest.text(), payload.text(&honest)),
            payload,
            harmless: None,
            drops: 0,
        }
    };
    let calls = (0..12).flat_map(|call| [(call, false), (call, true)]);
    calls.flat_map(|(call, project_ref)| DOORS.map(|door| program(door, call, project_ref))).collect()
}

fn program(turns: u32, label: &str, one: &str, other: &str, item: &Item, number: usize) -> Program {
    let with = |pinned: &str| Item { pinned: pinned.into(), ..item.clone() }.text();
    // The field is of the pinned type indeed. Where it is not, nothing is attacked.
    let field = match item.shape {
        Shape::Enum => "match qx_s { QxS::QxA { qx_f, .. } => qx_f, _ => ::arsenal::stop() }",
        _ => "qx_s.qx_f",
    };
    let is_pinned = format!("fn qx_field(qx_s: QxS<u8>) -> {} {{ {field} }}\n", one.replace('F', "u8"));
    // The type stands there twice in an enum, wherever it is repeated.
    let turns = match item.shape {
        Shape::Enum => (0..4).map(|call| (turns >> call & 1) * (3 << (2 * call))).sum(),
        _ => turns,
    };
    let payload = if item.arguments.not_unpin { Payload::Unpin("u8") } else { Payload::IsUnpin("u8") };
    let macro_call = format!("::arsenal_macros::turn!(\"@HERE@\" {turns} \"{one}\" \"{other}\")");
    Program {
        family: FAMILY,
        template: format!("{turns:b} {label}"),
        name: format!("arguments {number}, {:?}", item.shape),
        door: item.door,
        edition: "2021",
        redirects: vec![],
        alone: false,
        features: "",
        attack: format!("{}{is_pinned}{}", with(&macro_call), payload.text(item)),
        control: format!("{}{is_pinned}", with(one)),
        teeth: format!("{}{is_pinned}{}", with(one), payload.text(item)),
        payload,
        harmless: None,
        drops: 0,
    }
}
