//! The payloads alone, without any trick: for each door, all arguments, all shapes, and the types on which coherence is subtle.

use crate::item::{Arguments, DOORS, Item, Place, Shape};
use crate::program::{Payload, Program};
use crate::representatives::argument_sets;

pub(crate) const FAMILY: &str = "no trick";

/// The parameters, the pinned type, and what is tried with them.
struct Case {
    label: &'static str,
    items: &'static str,
    parameters: &'static str,
    uses: &'static str,
    pinned: &'static str,
    payloads: &'static [Payload],
}

const LOCAL: &str = "pub struct QxLocal(::arsenal::Pinned);\npub trait QxTr {}\n";
const NEVER: &[Payload] = &[Payload::IsUnpin(""), Payload::Drop, Payload::Unpin(""), Payload::NeverPinned("")];

const CASES: &[Case] = &[
    Case {
        label: "a parameter",
        items: LOCAL,
        parameters: "F",
        uses: "F",
        pinned: "F",
        payloads: &[
            Payload::IsUnpin("::arsenal::Pinned"),
            Payload::IsUnpin("QxLocal"),
            Payload::IsUnpin("::arsenal::Evil"),
            Payload::Drop,
            Payload::Unpin(""),
            Payload::Unpin("::arsenal::Pinned"),
            Payload::Unpin("::arsenal::Evil"),
            Payload::Unpin("QxLocal"),
            Payload::Unpin("[QxLocal; 2]"),
            Payload::Unpin("(QxLocal, u8)"),
            Payload::Unpin("u8"),
            Payload::NeverPinned("::arsenal::Pinned"),
            Payload::Twice("u8"),
            Payload::Escapes("u8"),
        ],
    },
    Case {
        label: "a parameter that may be unsized",
        items: LOCAL,
        parameters: "F: ?::arsenal::Sized",
        uses: "F",
        pinned: "F",
        payloads: &[
            Payload::IsUnpin("dyn QxTr"),
            Payload::IsUnpin("[QxLocal]"),
            Payload::Drop,
            Payload::Unpin(""),
            Payload::Unpin("dyn QxTr"),
            Payload::Unpin("dyn QxTr + ::arsenal::Send"),
            Payload::Unpin("[QxLocal]"),
            Payload::Unpin("[::arsenal::Pinned]"),
            Payload::Unpin("QxLocal"),
            Payload::Unpin("str"),
            Payload::NeverPinned("QxLocal"),
        ],
    },
    Case {
        label: "never Unpin, of core",
        items: LOCAL,
        parameters: "",
        uses: "",
        pinned: "::arsenal::Pinned",
        payloads: NEVER,
    },
    Case { label: "never Unpin, local", items: LOCAL, parameters: "", uses: "", pinned: "QxLocal", payloads: NEVER },
    Case {
        label: "never Unpin, of another crate",
        items: LOCAL,
        parameters: "",
        uses: "",
        pinned: "::arsenal::Evil",
        payloads: NEVER,
    },
    Case {
        label: "always unsized",
        items: LOCAL,
        parameters: "",
        uses: "",
        pinned: "[QxLocal]",
        payloads: &[Payload::IsUnpin(""), Payload::Drop, Payload::Unpin("")],
    },
    Case {
        label: "unsized by its parameter",
        items: LOCAL,
        parameters: "F",
        uses: "F",
        pinned: "[F]",
        payloads: &[Payload::IsUnpin("QxLocal"), Payload::Drop, Payload::Unpin("QxLocal"), Payload::Unpin("")],
    },
    Case {
        label: "a trait object",
        items: LOCAL,
        parameters: "",
        uses: "",
        pinned: "dyn QxTr",
        payloads: &[Payload::IsUnpin(""), Payload::Drop, Payload::Unpin("")],
    },
    Case {
        label: "a trait object of another crate",
        items: LOCAL,
        parameters: "",
        uses: "",
        pinned: "dyn ::arsenal::Send",
        payloads: &[Payload::IsUnpin(""), Payload::Drop, Payload::Unpin("")],
    },
    Case {
        label: "an associated type",
        items: "pub trait QxHas { type Is; }\nimpl QxHas for u8 { type Is = ::arsenal::Evil; }\npub struct QxLocal(::arsenal::Pinned);\nimpl QxHas for QxLocal { type Is = QxLocal; }\n",
        parameters: "F: QxHas",
        uses: "F",
        pinned: "F::Is",
        payloads: &[
            Payload::IsUnpin("u8"),
            Payload::Drop,
            Payload::Unpin("u8"),
            Payload::Unpin("QxLocal"),
            Payload::Unpin(""),
        ],
    },
    Case {
        label: "with a lifetime",
        items: LOCAL,
        parameters: "'a, F",
        uses: "'a, F",
        pinned: "::arsenal::Evil<&'a F>",
        payloads: &[
            Payload::IsUnpin("'static, u8"),
            Payload::Twice("'static, u8"),
            Payload::Escapes("'static, u8"),
            Payload::Drop,
            Payload::Unpin("'static, u8"),
            Payload::Unpin(""),
        ],
    },
    Case {
        label: "with a constant",
        items: LOCAL,
        parameters: "const N: usize",
        uses: "{ N }",
        pinned: "[QxLocal; N]",
        payloads: &[Payload::IsUnpin("3"), Payload::Drop, Payload::Unpin("3"), Payload::Unpin("0"), Payload::Unpin("")],
    },
    Case {
        label: "Unpin if its own type is",
        items: LOCAL,
        parameters: "F",
        uses: "F",
        pinned: "::arsenal::Ind<(F, ::arsenal::Box<QxS<F>>)>",
        payloads: &[Payload::IsUnpin("QxLocal"), Payload::Drop, Payload::Unpin("QxLocal"), Payload::Unpin("")],
    },
];

pub(crate) fn programs() -> Vec<Program> {
    let mut programs = Vec::new();
    for case in CASES {
        for door in DOORS {
            for shape in [Shape::Named, Shape::Tuple, Shape::Enum] {
                for (number, arguments) in argument_sets().into_iter().enumerate() {
                    let item = Item {
                        arguments,
                        shape,
                        place: Place::Last,
                        // The drop-in doors keep the types of what is public out of sight.
                        visibility: if number % 2 == 0 { "" } else { "pub" },
                        parameters: case.parameters.into(),
                        uses: case.uses.into(),
                        pinned: case.pinned.into(),
                        ..Item::new(door)
                    };
                    let is_unsized = ["[QxLocal]", "[F]"].contains(&case.pinned)
                        || case.pinned.starts_with("dyn")
                        || case.parameters.contains('?');
                    let fits = !is_unsized || shape != Shape::Enum && !item.arguments.project_replace;
                    if item.is_possible() && fits {
                        programs.extend(case.payloads.iter().map(|payload| program(case, &item, number, payload)));
                    }
                }
            }
        }
    }
    programs.extend(excluded());
    programs
}

/// What excludes each other: replacing takes a value apart that has drop code.
fn excluded() -> Vec<Program> {
    let program = |door, shape| {
        let arguments = Arguments { project: true, project_replace: true, pinned_drop: true, ..Arguments::default() };
        let item = Item { arguments, shape, ..Item::new(door) };
        let honest = |replace: bool| {
            let arguments = Arguments { project_replace: replace, pinned_drop: !replace, ..item.arguments.clone() };
            Item { arguments, ..item.clone() }.text()
        };
        Program {
            family: FAMILY,
            template: "drop code and replacing".into(),
            name: format!("{shape:?}"),
            door,
            edition: "2021",
            redirects: vec![],
            alone: false,
            features: "",
            payload: Payload::Refused,
            attack: item.text(),
            control: format!("pub mod qx_one {{ {} }}\npub mod qx_other {{ {} }}\n", honest(true), honest(false)),
            teeth: String::new(),
            harmless: None,
            drops: 0,
        }
    };
    DOORS.into_iter().flat_map(|door| [Shape::Named, Shape::Enum].map(|shape| program(door, shape))).collect()
}

fn program(case: &Case, item: &Item, number: usize, payload: &Payload) -> Program {
    let attack = format!("{}{}{}", case.items, item.text(), payload.text(item));
    Program {
        family: FAMILY,
        template: case.label.into(),
        name: format!("arguments {number}, {:?}", item.shape),
        door: item.door,
        edition: "2021",
        redirects: vec![],
        alone: false,
        features: "",
        payload: payload.clone(),
        control: format!("{}{}", case.items, item.text()),
        teeth: attack.clone(),
        attack,
        harmless: None,
        drops: 0,
    }
}
