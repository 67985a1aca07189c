//! Attacks by `Self`, which is another type wherever the tokens of a field are repeated in a type of the engine's.

use crate::item::{DOORS, Door, Item, Place, Shape};
use crate::program::{Payload, Program};
use crate::representatives::argument_sets;
use crate::wrap::{WRAPS, Wrap};

pub(crate) const FAMILY: &str = "Self";

/// Items, and a type that is never `Unpin` where `Self` is the type itself.
const MENTIONS: &[(&str, &str, &str)] = &[
    (
        "implemented for the type alone",
        "pub trait QxT { type Out; }\nimpl<F> QxT for QxS<F> { type Out = ::arsenal::Evil<F>; }\n",
        "<Self as QxT>::Out",
    ),
    (
        "implemented for a projection as well",
        "pub trait QxT { type Out; }\nimpl<F> QxT for QxS<F> { type Out = ::arsenal::Evil<F>; }\n\
         impl<'a, F> QxT for QxP<'a, F> { type Out = u8; }\nimpl<'a, F> QxT for QxR<'a, F> { type Out = u8; }\n",
        "<Self as QxT>::Out",
    ),
    ("inside a carrier", "", "::arsenal::Ind<(::arsenal::Evil<F>, ::arsenal::Box<Self>)>"),
    ("as an argument", "", "::arsenal::Evil<::arsenal::Box<Self>>"),
    (
        "as a number",
        "impl<F> QxS<F> { pub const N: usize = 7; }\n",
        "<::arsenal::Sel<{ 7 }> as ::arsenal::Pick<Self>>::Out",
    ),
    (
        "as an associated type",
        "pub trait QxT { type Out: ?::arsenal::Sized; }\nimpl<F> QxT for QxS<F> { type Out = ::arsenal::Evil<F>; }\n\
         pub type QxA<T> = <T as QxT>::Out;\n",
        "QxA<Self>",
    ),
];

/// A macro that is another type where `Self` was spelled out.
const MACROS: &[(&str, &str, &str)] = &[
    ("macro by Self", "macro_rules! qx_s { (Self) => { ::arsenal::Evil<F> }; ($($t:tt)*) => { u8 } }\n", "qx_s!(Self)"),
    (
        "macro by Self, in a carrier",
        "macro_rules! qx_s { (Self) => { ::arsenal::Evil<F> }; ($($t:tt)*) => { u8 } }\n",
        "::arsenal::Ind<qx_s!(Self)>",
    ),
    (
        "macro in a length by Self",
        "macro_rules! qx_s { (Self) => { 7 }; ($($t:tt)*) => { 8 } }\n",
        "<::arsenal::Sel<{ qx_s!(Self) }> as ::arsenal::Pick<F>>::Out",
    ),
    (
        "array by Self",
        "macro_rules! qx_s { (Self) => { 1 }; ($($t:tt)*) => { 0 } }\n",
        "[::arsenal::Evil<F>; qx_s!(Self)]",
    ),
];

pub(crate) fn programs() -> Vec<Program> {
    let mut programs = Vec::new();
    for (kind, items, tokens) in MENTIONS.iter().chain(MACROS) {
        for wrap in WRAPS.iter().filter(|wrap| !wrap.measures() && !format!("{wrap:?}").starts_with("Rewritten")) {
            for door in DOORS {
                for shape in [Shape::Named, Shape::Tuple, Shape::Enum] {
                    for (number, arguments) in argument_sets().into_iter().enumerate() {
                        let base = Item { arguments, shape, place: Place::Last, ..Item::new(door) };
                        if base.is_possible() {
                            programs.extend(program(kind, items, tokens, *wrap, &base, number));
                        }
                    }
                }
            }
        }
    }
    programs
}

fn program(kind: &str, items: &str, tokens: &str, wrap: Wrap, base: &Item, number: usize) -> Option<Program> {
    let payloads = [Payload::IsUnpin("u8"), Payload::Drop, Payload::Unpin("u8")];
    let payload = &payloads[if number < 3 { 0 } else { number % payloads.len() }];
    let built = wrap.around(tokens, "Self", &|tokens, above, below| {
        Item { pinned: tokens.into(), above: above.into(), below: below.into(), ..base.clone() }.text()
    })?;
    // A type of the same meaning in which there is no `Self`.
    let honest = Item { pinned: "::arsenal::Evil<F>".into(), ..base.clone() };
    Some(Program {
        family: FAMILY,
        template: format!("{kind} / {wrap:?}"),
        name: format!("arguments {number}, {:?}", base.shape),
        door: base.door,
        edition: if base.door == Door::Lite { "2018" } else { "2021" },
        redirects: vec![],
        alone: false,
        features: "",
        payload: payload.clone(),
        attack: format!("{items}{built}{}", payload.text(base)),
        control: honest.text(),
        teeth: format!("{}{}", honest.text(), payload.text(base)),
        harmless: Some(format!("{items}{built}{}", base.run("u8"))),
        drops: usize::from(base.arguments.pinned_drop),
    })
}
