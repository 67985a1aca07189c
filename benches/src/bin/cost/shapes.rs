//! The shapes of type that are compared, because what a projection costs depends on where its pinned fields stand.

use std::fmt::Write;

#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Shape {
    Four,
    Last,
    First,
    Enum,
    Concrete,
}

pub(crate) struct Field {
    pub(crate) name: &'static str,
    pub(crate) ty: &'static str,
    pub(crate) is_pinned: bool,
}

/// The fields of a struct, which have no name, or those of one variant.
pub(crate) struct Fields {
    pub(crate) variant: Option<&'static str>,
    pub(crate) fields: &'static [Field],
}

const fn pinned(name: &'static str, ty: &'static str) -> Field {
    Field { name, ty, is_pinned: true }
}

const fn unpinned(name: &'static str, ty: &'static str) -> Field {
    Field { name, ty, is_pinned: false }
}

const FOUR: &[Field] = &[pinned("a", "A"), unpinned("b", "B"), pinned("c", "Option<A>"), unpinned("d", "Vec<B>")];
const LAST: &[Field] = &[pinned("c", "Option<A>"), unpinned("b", "B"), unpinned("d", "Vec<B>"), pinned("a", "A")];
const FIRST: &[Field] = &[pinned("a", "A"), unpinned("b", "B"), unpinned("c", "Option<B>"), unpinned("d", "Vec<B>")];
const RUNNING: &[Field] = &[pinned("a", "A"), unpinned("b", "B")];
const DONE: &[Field] = &[unpinned("d", "Vec<B>")];
const CONCRETE: &[Field] = &[
    pinned("a", "core::future::Pending<u32>"),
    unpinned("b", "u32"),
    pinned("c", "Option<core::future::Pending<u32>>"),
    unpinned("d", "Vec<u32>"),
];

impl Shape {
    /// In the order of the tables.
    pub(crate) const ALL: [Self; 5] = [Self::Four, Self::Last, Self::First, Self::Enum, Self::Concrete];

    /// For the command line and the tables.
    pub(crate) const fn slug(self) -> &'static str {
        match self {
            Self::Four => "four",
            Self::Last => "last",
            Self::First => "first",
            Self::Enum => "enum",
            Self::Concrete => "concrete",
        }
    }

    const fn title(self) -> &'static str {
        match self {
            Self::Four => "two of four fields pinned",
            Self::Last => "a future last, pinned",
            Self::First => "a future first, the only pinned field",
            Self::Enum => "an enum with two variants",
            Self::Concrete => "no generics",
        }
    }

    /// All shapes project `a`, which is pinned, and `b`, which is not.
    pub(crate) const fn contents(self) -> &'static [Fields] {
        match self {
            Self::Four => &[Fields { variant: None, fields: FOUR }],
            Self::Last => &[Fields { variant: None, fields: LAST }],
            Self::First => &[Fields { variant: None, fields: FIRST }],
            Self::Enum => {
                &[Fields { variant: Some("Running"), fields: RUNNING }, Fields { variant: Some("Done"), fields: DONE }]
            }
            Self::Concrete => &[Fields { variant: None, fields: CONCRETE }],
        }
    }

    pub(crate) const fn is_enum(self) -> bool {
        matches!(self, Self::Enum)
    }

    /// The type parameters, as they are declared and as they are passed on.
    pub(crate) const fn parameters(self) -> &'static [&'static str] {
        match self {
            Self::Concrete => &[],
            _ => &["A", "B"],
        }
    }

    /// `<A, B>` and, behind a lifetime, `<'p, A, B>`; nothing if there is nothing between the angles.
    pub(crate) fn generics(self, lifetime: Option<&str>) -> String {
        let all: Vec<_> = lifetime.into_iter().chain(self.parameters().iter().copied()).collect();
        if all.is_empty() { String::new() } else { format!("<{}>", all.join(", ")) }
    }

    /// The type of a field that all shapes have.
    pub(crate) fn type_of(self, name: &str) -> &'static str {
        let mut fields = self.contents().iter().flat_map(|contents| contents.fields);
        fields.find(|field| field.name == name).map_or("", |field| field.ty)
    }

    /// For the tables: what the type looks like, on one line.
    pub(crate) fn describe(self) -> String {
        let mut text = format!("{}: `", self.title());
        for (number, contents) in self.contents().iter().enumerate() {
            let fields = contents.fields.iter().map(|field| {
                let pin = if field.is_pinned { "#[pin] " } else { "" };
                format!("{pin}{}: {}", field.name, field.ty)
            });
            let fields = fields.collect::<Vec<_>>().join(", ");
            let gap = if number > 0 { ", " } else { "" };
            let name = contents.variant.map(|name| format!("{name} ")).unwrap_or_default();
            write!(text, "{gap}{name}{{ {fields} }}").expect("a String takes everything");
        }
        text + "`"
    }
}
