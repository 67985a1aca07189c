//! What becomes of the item, and what must not be possible then.

use crate::item::{Place, Shape};
use crate::program::Payload;

pub(super) struct Change {
    pub(super) label: &'static str,
    pub(super) items: &'static str,
    /// Of the item that the engine reads.
    pub(super) parameters: &'static str,
    pub(super) predicates: &'static str,
    pub(super) pinned: &'static str,
    pub(super) unpinned: &'static str,
    pub(super) place: Place,
    /// The parameters and predicates of drop code for the changed item, where they are others.
    pub(super) drop_generics: Option<(&'static str, &'static str)>,
    /// Tokens of the item, and what is put there; beside the item if there are none.
    pub(super) edits: &'static [(&'static str, &'static str)],
    pub(super) payload: Payload,
    pub(super) shapes: &'static [Shape],
    /// The engine would accept the changed item, had it read that.
    pub(super) lawful: bool,
}

const TRAITS: &str =
    "pub trait QxSized {}\nimpl<T> QxSized for T {}\npub trait QxTr {}\npub struct QxLocal(::arsenal::Pinned);\n";

/// A type that shows a place other than its own.
const DEREFS: &str = "\
pub struct QxDeref<T>(::arsenal::Box<T>);
impl<T> ::arsenal::Deref for QxDeref<T> { type Target = T; fn deref(&self) -> &T { &self.0 } }
impl<T> ::arsenal::DerefMut for QxDeref<T> { fn deref_mut(&mut self) -> &mut T { &mut self.0 } }
";
const TWO_MACROS: &str = "\
macro_rules! qx_a { ($t:ty) => { $t } }
macro_rules! qx_b { ($t:ty) => { ::arsenal::Box<$t> } }
";
const OBJECT: &str = "pub trait QxTr {}\nimpl QxTr for ::arsenal::Evil {}\n";

const STRUCT: &[Shape] = &[Shape::Named];
const ENUM: &[Shape] = &[Shape::Enum];
const ALL: &[Shape] = &[Shape::Named, Shape::Tuple, Shape::Enum];

const PLAIN: Change = Change {
    label: "",
    items: TRAITS,
    parameters: "F",
    predicates: "",
    pinned: "F",
    unpinned: "u8",
    place: Place::Last,
    drop_generics: None,
    edits: &[],
    payload: Payload::Accepted,
    shapes: STRUCT,
    lawful: true,
};

/// The instances that nobody checks are reached by unsizing one that was.
const GENERICS: &[Change] = &[
    Change {
        label: "drops a where clause",
        drop_generics: Some(("F: ?::arsenal::Sized", "")),
        parameters: "F: ?::arsenal::Sized",
        predicates: "F: QxSized",
        edits: &[("where F: QxSized", "")],
        payload: Payload::Unpin("dyn QxTr"),
        ..PLAIN
    },
    Change {
        label: "drops a bound",
        drop_generics: Some(("F: ?::arsenal::Sized", "")),
        parameters: "F: ?::arsenal::Sized + QxSized",
        edits: &[("+ QxSized", "")],
        payload: Payload::Unpin("dyn QxTr"),
        ..PLAIN
    },
    Change {
        label: "relaxes a parameter",
        drop_generics: Some(("F: ?::arsenal::Sized", "")),
        edits: &[("QxS<F>", "QxS<F: ?::arsenal::Sized>")],
        payload: Payload::Unpin("dyn QxTr"),
        ..PLAIN
    },
    Change {
        label: "relaxes a parameter, for slices",
        drop_generics: Some(("F: ?::arsenal::Sized", "")),
        edits: &[("QxS<F>", "QxS<F: ?::arsenal::Sized>")],
        payload: Payload::Unpin("[QxLocal]"),
        ..PLAIN
    },
    Change {
        label: "turns the struct into an alias",
        unpinned: "[u8; 3]",
        place: Place::Middle,
        edits: &[
            ("qx_a: [u8; 3]", "qx_a: G"),
            ("struct QxS<F>", "struct QxWhole<F, G: ?::arsenal::Sized>"),
            ("", "type QxS<F> = QxWhole<F, [u8; 3]>;"),
        ],
        payload: Payload::Items("impl<F> ::arsenal::Unpin for QxWhole<F, [u8]> {}"),
        lawful: false,
        ..PLAIN
    },
    Change {
        label: "adds a parameter that may be unsized",
        unpinned: "[u8; 3]",
        place: Place::Middle,
        edits: &[("struct QxS<F>", "struct QxS<F, G: ?::arsenal::Sized = [u8; 3]>"), ("qx_a: [u8; 3]", "qx_a: G")],
        payload: Payload::Items("impl<F> ::arsenal::Unpin for QxS<F, [u8]> {}"),
        ..PLAIN
    },
];

const TYPES: &[Change] = &[
    Change {
        label: "makes a pinned parameter dereference",
        items: DEREFS,
        edits: &[("qx_f: F", "qx_f: QxDeref<F>")],
        ..PLAIN
    },
    Change {
        label: "makes a pinned parameter before the last dereference",
        items: DEREFS,
        edits: &[("qx_f: F", "qx_f: QxDeref<F>")],
        place: Place::First,
        ..PLAIN
    },
    Change { label: "boxes a pinned parameter", edits: &[("qx_f: F", "qx_f: ::arsenal::Box<F>")], ..PLAIN },
    Change {
        label: "borrows a pinned type",
        pinned: "::arsenal::Evil",
        edits: &[("::arsenal::Evil", "&'static mut ::arsenal::Evil")],
        ..PLAIN
    },
    Change {
        label: "pins a pinned parameter",
        edits: &[("qx_f: F", "qx_f: ::arsenal::Pin<::arsenal::Box<F>>")],
        ..PLAIN
    },
    Change {
        label: "makes a pinned type dereference",
        items: DEREFS,
        pinned: "::arsenal::Evil<F>",
        edits: &[("::arsenal::Evil<F>", "QxDeref<::arsenal::Evil<F>>")],
        shapes: ALL,
        ..PLAIN
    },
    Change {
        label: "makes a pinned type before the last dereference",
        items: DEREFS,
        pinned: "::arsenal::Evil<F>",
        place: Place::First,
        edits: &[("::arsenal::Evil<F>", "QxDeref<::arsenal::Evil<F>>")],
        shapes: ALL,
        ..PLAIN
    },
    Change { label: "sizes a pinned slice", pinned: "[F]", edits: &[("[F]", "[F; 3]")], ..PLAIN },
    Change {
        label: "sizes a pinned trait object",
        items: OBJECT,
        pinned: "dyn QxTr",
        edits: &[("dyn QxTr", "::arsenal::Evil")],
        ..PLAIN
    },
    Change {
        label: "changes a pinned type to another",
        pinned: "::arsenal::Evil",
        edits: &[("::arsenal::Evil", "::arsenal::Pinned")],
        shapes: ALL,
        ..PLAIN
    },
    Change {
        label: "hides a pinned type in a carrier",
        pinned: "::arsenal::Evil<F>",
        edits: &[("::arsenal::Evil<F>", "::arsenal::Ind<::arsenal::Evil<F>>")],
        shapes: ALL,
        ..PLAIN
    },
    Change {
        label: "makes a type of a macro another",
        items: TWO_MACROS,
        pinned: "qx_a!(F)",
        edits: &[("qx_a!", "qx_b!")],
        shapes: ALL,
        ..PLAIN
    },
];

const FIELDS: &[Change] = &[
    Change { label: "packs", edits: &[("struct QxS", "#[repr(packed)] struct QxS")], lawful: false, ..PLAIN },
    Change {
        label: "packs by two",
        edits: &[("struct QxS", "#[repr(packed(2))] struct QxS")],
        shapes: ALL,
        lawful: false,
        ..PLAIN
    },
    Change {
        label: "makes a union",
        parameters: "F: ::arsenal::Copy",
        edits: &[("struct QxS", "union QxS")],
        lawful: false,
        ..PLAIN
    },
    Change { label: "adds a pinned field", edits: &[("qx_a: u8", "qx_a: u8, #[pin] qx_x: ::arsenal::Evil")], ..PLAIN },
    Change { label: "adds a field", edits: &[("qx_a: u8", "qx_a: u8, qx_x: u8")], ..PLAIN },
    Change { label: "removes a field", edits: &[(", qx_a: u8", "")], ..PLAIN },
    Change { label: "adds a variant", edits: &[("QxC", "QxC, QxD(::arsenal::Evil)")], shapes: ENUM, ..PLAIN },
    Change { label: "removes a variant", edits: &[(", QxC", "")], shapes: ENUM, ..PLAIN },
    Change { label: "removes the item", edits: &[("struct QxS", "struct QxOther")], lawful: false, ..PLAIN },
    Change {
        label: "derives again, without pins",
        edits: &[
            ("struct QxS", "#[derive(::pinsight::PinProject)] #[pin(project = QxP2, unpinned)] struct QxS"),
            ("#[pin]", ""),
        ],
        shapes: ALL,
        lawful: false,
        ..PLAIN
    },
    Change {
        label: "projects again by the attribute, without pins",
        edits: &[("struct QxS", "#[::pinsight::pin_project(project = QxP2)] struct QxS"), ("#[pin]", "")],
        shapes: ALL,
        lawful: false,
        ..PLAIN
    },
    Change {
        label: "projects again by the attribute, by reference",
        edits: &[("struct QxS", "#[::pinsight::pin_project(project_ref = QxR2)] struct QxS"), ("#[pin]", "")],
        shapes: ENUM,
        lawful: false,
        ..PLAIN
    },
];

/// What changes nothing about the fields must not open the other promises.
const EDITS: &[(&str, &[(&str, &str)])] = &[
    ("adds a bound", &[("QxS<F>", "QxS<F: QxSized>")]),
    ("adds a where clause", &[("struct QxS<F>", "struct QxS<F> where F: QxSized")]),
    ("adds a default", &[("QxS<F>", "QxS<F = u8>")]),
    ("adds a parameter with a default", &[("QxS<F>", "QxS<F, G = u8>"), ("qx_a: u8", "qx_a: G")]),
    ("adds a constant with a default", &[("QxS<F>", "QxS<F, const G: usize = 3>")]),
    ("renames the parameter", &[("QxS<F>", "QxS<G>"), ("qx_f: F", "qx_f: G"), ("PhantomData<F>", "PhantomData<G>")]),
];

pub(super) fn all() -> Vec<Change> {
    let mut all: Vec<Change> = Vec::new();
    for changes in [GENERICS, TYPES, FIELDS] {
        all.extend(changes.iter().map(|change| Change { payload: change.payload.clone(), ..*change }));
    }
    for payload in [Payload::Drop, Payload::Unpin(""), Payload::IsUnpin("::arsenal::Evil")] {
        all.extend(EDITS.iter().map(|(label, edits)| Change { label, edits, payload: payload.clone(), ..PLAIN }));
    }
    all
}
