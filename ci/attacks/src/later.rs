//! Attributes that change the item behind the engine's back: after it has read it, before the compiler does.

use crate::item::{Arguments, DOORS, Door, Item, Place, Shape};
use crate::program::{Payload, Program};

const FAMILY: &str = "later attribute";

/// What the engine reads, what becomes of it, and what must not be possible then.
struct Change {
    label: &'static str,
    items: &'static str,
    /// Of the item that the engine reads.
    parameters: &'static str,
    predicates: &'static str,
    pinned: &'static str,
    unpinned: &'static str,
    /// Tokens of the item, and what is put there.
    from: &'static str,
    to: &'static str,
    payload: Payload,
    shapes: &'static [Shape],
}

const TRAITS: &str =
    "pub trait QxSized {}\nimpl<T> QxSized for T {}\npub trait QxTr {}\npub struct QxLocal(::arsenal::Pinned);\n";
/// Has two places for one value, and shows one after the other.
const DEREFS: &str = "pub struct QxDeref<T>(::arsenal::Box<T>);\nimpl<T> ::arsenal::Deref for QxDeref<T> { type Target = T; fn deref(&self) -> &T { &self.0 } }\n\
    impl<T> ::arsenal::DerefMut for QxDeref<T> { fn deref_mut(&mut self) -> &mut T { &mut self.0 } }\n";
const STRUCTS: &[Shape] = &[Shape::Named];
const ALL: &[Shape] = &[Shape::Named, Shape::Tuple, Shape::Enum];

const PLAIN: Change = Change {
    label: "",
    items: TRAITS,
    parameters: "F",
    predicates: "",
    pinned: "F",
    unpinned: "u8",
    from: "",
    to: "",
    payload: Payload::Drop,
    shapes: ALL,
};

fn changes() -> Vec<Change> {
    let accepted = |label, from, to| Change { label, from, to, payload: Payload::Accepted, ..PLAIN };
    let mut all = vec![
        // What the generics allow.
        Change {
            label: "drops a where clause",
            parameters: "F: ?::arsenal::Sized",
            predicates: "F: QxSized",
            from: "where F : QxSized ",
            to: "",
            payload: Payload::Unpin("dyn QxTr"),
            shapes: STRUCTS,
            ..PLAIN
        },
        Change {
            label: "drops a bound",
            parameters: "F: ?::arsenal::Sized + QxSized",
            from: "+ QxSized ",
            to: "",
            payload: Payload::Unpin("dyn QxTr"),
            shapes: STRUCTS,
            ..PLAIN
        },
        Change {
            label: "relaxes a parameter",
            from: "< F >",
            to: "< F : ? ::arsenal::Sized >",
            payload: Payload::Unpin("dyn QxTr"),
            shapes: STRUCTS,
            ..PLAIN
        },
        Change {
            label: "relaxes a parameter, for slices",
            from: "< F >",
            to: "< F : ? ::arsenal::Sized >",
            payload: Payload::Unpin("[QxLocal]"),
            shapes: STRUCTS,
            ..PLAIN
        },
        Change { label: "adds a bound", from: "< F >", to: "< F : QxSized >", payload: Payload::Drop, ..PLAIN },
        Change {
            label: "turns the struct into an alias",
            from: "struct QxS < F >",
            to: "type QxS < F > = QxWhole < F , [ u8 ; 3 ] > ; struct QxWhole < F , G : ? ::arsenal::Sized >",
            unpinned: "[u8; 3]",
            payload: Payload::Accepted,
            shapes: STRUCTS,
            ..PLAIN
        },
        // The types of pinned fields.
        Change {
            label: "makes a pinned parameter dereference",
            items: DEREFS,
            from: ": F ",
            to: ": QxDeref < F >",
            payload: Payload::Accepted,
            shapes: STRUCTS,
            ..PLAIN
        },
        Change {
            label: "boxes a pinned parameter",
            from: ": F ",
            to: ": ::arsenal::Box < F >",
            payload: Payload::Accepted,
            shapes: STRUCTS,
            ..PLAIN
        },
        Change {
            label: "borrows a pinned parameter",
            from: ": F ",
            to: ": &'static mut F",
            payload: Payload::Accepted,
            shapes: STRUCTS,
            ..PLAIN
        },
        Change {
            label: "pins a pinned parameter",
            from: ": F ",
            to: ": ::arsenal::Pin < ::arsenal::Box < F > >",
            payload: Payload::Accepted,
            shapes: STRUCTS,
            ..PLAIN
        },
        Change {
            label: "makes a pinned type dereference",
            items: DEREFS,
            pinned: "::arsenal::Evil<F>",
            from: "::arsenal::Evil < F >",
            to: "QxDeref < ::arsenal::Evil < F > >",
            payload: Payload::Accepted,
            ..PLAIN
        },
        Change {
            label: "sizes a pinned slice",
            pinned: "[F]",
            from: "[F ]",
            to: "[F ; 3 ]",
            payload: Payload::Accepted,
            shapes: STRUCTS,
            ..PLAIN
        },
        Change {
            label: "sizes a pinned trait object",
            pinned: "dyn QxTr",
            items: "pub trait QxTr {}\nimpl QxTr for ::arsenal::Evil {}\n",
            from: "dyn QxTr",
            to: "::arsenal::Evil",
            payload: Payload::Accepted,
            shapes: STRUCTS,
            ..PLAIN
        },
        Change {
            label: "changes a pinned type to another",
            pinned: "::arsenal::Evil",
            from: "::arsenal::Evil",
            to: "::arsenal::Pinned",
            payload: Payload::Accepted,
            ..PLAIN
        },
        Change {
            label: "hides a pinned type in a carrier",
            pinned: "::arsenal::Evil<F>",
            from: "::arsenal::Evil < F >",
            to: "::arsenal::Ind < ::arsenal::Evil < F > >",
            payload: Payload::Accepted,
            ..PLAIN
        },
        Change {
            label: "makes a type of a macro another",
            items: "macro_rules! qx_a { ($t:ty) => { $t } }\nmacro_rules! qx_b { ($t:ty) => { ::arsenal::Box<$t> } }\n",
            pinned: "qx_a!(F)",
            from: "qx_a!",
            to: "qx_b!",
            payload: Payload::Accepted,
            ..PLAIN
        },
        // The set of fields.
        accepted("packs", "struct QxS", "# [ repr ( packed ) ] struct QxS"),
        accepted("packs by two", "struct QxS", "# [ repr ( packed ( 2 ) ) ] struct QxS"),
        Change {
            label: "makes a union",
            from: "struct QxS",
            to: "union QxS",
            pinned: "::arsenal::Pinned",
            ..accepted("", "", "")
        },
        Change {
            label: "adds a pinned field",
            from: "qx_a : u8",
            to: "qx_a : u8 , # [ pin ] qx_x : ::arsenal::Evil",
            shapes: STRUCTS,
            ..accepted("", "", "")
        },
        Change {
            label: "adds a field",
            from: "qx_a : u8",
            to: "qx_a : u8 , qx_x : u8",
            shapes: STRUCTS,
            ..accepted("", "", "")
        },
        Change { label: "removes a field", from: ", qx_a : u8", to: "", shapes: STRUCTS, ..accepted("", "", "") },
        Change {
            label: "adds a variant",
            from: "QxC",
            to: "QxC , QxD ( ::arsenal::Evil )",
            shapes: &[Shape::Enum],
            ..accepted("", "", "")
        },
        Change { label: "removes a variant", from: ", QxC", to: "", shapes: &[Shape::Enum], ..accepted("", "", "") },
        Change {
            label: "adds a second derive without pins",
            from: "#[pin]",
            to: "",
            shapes: ALL,
            ..accepted("", "", "")
        },
        Change {
            label: "removes the item",
            from: "struct QxS",
            to: "struct QxOther",
            shapes: STRUCTS,
            payload: Payload::Accepted,
            ..PLAIN
        },
    ];
    // What was accepted must not have opened the other promises either.
    for payload in [Payload::Drop, Payload::Unpin(""), Payload::IsUnpin("::arsenal::Evil")] {
        for (label, from, to) in [
            ("adds a bound", "< F >", "< F : QxSized >"),
            ("adds a where clause", "{", "where F : QxSized {"),
            ("removes the pins", "#[pin]", ""),
            ("adds a default", "< F >", "< F = u8 >"),
            ("adds a parameter with a default", "< F >", "< F , G = u8 >"),
            ("adds a constant with a default", "< F >", "< F , const G : usize = 3 >"),
            ("renames the parameter", "< F >", "< F >"),
        ] {
            all.push(Change { label, from, to, payload: payload.clone(), shapes: STRUCTS, ..PLAIN });
        }
    }
    all
}

pub(crate) fn programs() -> Vec<Program> {
    let mut programs = Vec::new();
    for change in changes() {
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
    let attribute = |from: &str, to: &str| {
        let rewrite = format!("::arsenal_macros::swap({from:?} => {to:?})");
        if deferred { format!("#[::arsenal_macros::defer({rewrite})]\n") } else { format!("#[{rewrite}]\n") }
    };
    let item = Item {
        arguments,
        shape,
        place: Place::Last,
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
    let from = if shape == Shape::Enum { change.from.replace("struct QxS", "enum QxS") } else { change.from.into() };
    let to = if shape == Shape::Enum { change.to.replace("struct QxS", "enum QxS") } else { change.to.into() };
    let with = |below: String| Item { below, ..item.clone() }.text();
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
        attack: format!("{}{}{payload}", change.items, with(attribute(&from, &to))),
        // The attribute finds what it looks for, and puts it back.
        control: format!("{}{}", change.items, with(attribute(&from, &from))),
        teeth: format!("{}{}{payload}", change.items, with(attribute(&from, &from))),
        harmless: None,
        drops: 0,
    })
}
