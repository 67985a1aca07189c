//! The crates that are compared: the same types and the same functions, projected in different ways.

use std::fmt::Write;

#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Kind {
    Empty,
    Plain,
    Hand,
    PinProject,
    PinProjectLite,
    Derive,
    Attribute,
    Lite,
}

impl Kind {
    /// In the order of the tables.
    pub(crate) const ALL: [Self; 8] = [
        Self::Empty,
        Self::Plain,
        Self::Hand,
        Self::PinProject,
        Self::PinProjectLite,
        Self::Derive,
        Self::Attribute,
        Self::Lite,
    ];

    /// For the command line and the names of the crates.
    pub(crate) const fn slug(self) -> &'static str {
        match self {
            Self::Empty => "empty",
            Self::Plain => "plain",
            Self::Hand => "hand",
            Self::PinProject => "pin-project",
            Self::PinProjectLite => "pin-project-lite",
            Self::Derive => "derive",
            Self::Attribute => "attribute",
            Self::Lite => "lite",
        }
    }

    /// For the tables.
    pub(crate) const fn title(self) -> &'static str {
        match self {
            Self::Empty => "empty crate",
            Self::Plain => "structs without projection",
            Self::Hand => "hand-written `unsafe`",
            Self::PinProject => "pin-project 1.1.13",
            Self::PinProjectLite => "pin-project-lite 0.2.18",
            Self::Derive => "pinsight `#[derive(PinProject)]`",
            Self::Attribute => "pinsight `#[pin_project]`",
            Self::Lite => "pinsight `lite::pin_project!`",
        }
    }

    pub(crate) const fn is_ours(self) -> bool {
        matches!(self, Self::Derive | Self::Attribute | Self::Lite)
    }

    /// The library that the generated crate depends on.
    pub(crate) const fn library(self) -> Option<&'static str> {
        match self {
            Self::Empty | Self::Plain | Self::Hand => None,
            Self::PinProject => Some("pin-project"),
            Self::PinProjectLite => Some("pin-project-lite"),
            Self::Derive | Self::Attribute | Self::Lite => Some("pinsight"),
        }
    }

    /// A crate with `types` projected types.
    pub(crate) fn source(self, types: usize) -> String {
        let mut source = String::from("//! Generated.\n\n#![allow(dead_code)]\n");
        if !matches!(self, Self::Empty | Self::Plain) {
            source.push_str("\nuse core::pin::Pin;\n");
        }
        for number in 0..types {
            self.push_type(&mut source, number);
        }
        source
    }

    fn push_type(self, source: &mut String, n: usize) {
        let item = |pin: &str| {
            format!("pub struct S{n}<A, B> {{\n    {pin}a: A,\n    b: B,\n    {pin}c: Option<A>,\n    d: Vec<B>,\n}}\n")
        };
        let item = match self {
            Self::Empty => return,
            Self::Plain => item(""),
            Self::Hand => format!("{}{}", item(""), by_hand(n)),
            Self::PinProject => format!("#[pin_project::pin_project]\n{}", item("#[pin] ")),
            Self::PinProjectLite => {
                format!("pin_project_lite::pin_project! {{\n{}}}\n", item("#[pin] "))
            }
            Self::Derive => format!("#[derive(pinsight::PinProject)]\n{}", item("#[pin] ")),
            Self::Attribute => format!("#[pinsight::pin_project]\n{}", item("#[pin] ")),
            Self::Lite => format!("pinsight::lite::pin_project! {{\n{}}}\n", item("#[pin] ")),
        };
        // The unprojected form takes what a projection would return, so that it has a function too.
        let function = if self == Self::Plain {
            format!("pub fn touch{n}<A, B>(s: &mut S{n}<A, B>) -> (&mut A, &mut B) {{\n    (&mut s.a, &mut s.b)\n}}\n")
        } else {
            format!(
                "pub fn touch{n}<A, B>(s: Pin<&mut S{n}<A, B>>) -> (Pin<&mut A>, &mut B) {{\n    \
                 let this = s.project();\n    (this.a, this.b)\n}}\n"
            )
        };
        write!(source, "\n{item}{function}").expect("a String takes everything");
    }
}

/// What a careful person writes for one type: two projections, two methods and the bound on `Unpin`.
fn by_hand(n: usize) -> String {
    format!(
        "pub struct Projection{n}<'p, A, B> {{
    a: Pin<&'p mut A>,
    b: &'p mut B,
    c: Pin<&'p mut Option<A>>,
    d: &'p mut Vec<B>,
}}
pub struct ProjectionRef{n}<'p, A, B> {{
    a: Pin<&'p A>,
    b: &'p B,
    c: Pin<&'p Option<A>>,
    d: &'p Vec<B>,
}}
impl<A: Unpin, B> Unpin for S{n}<A, B> {{}}
impl<A, B> S{n}<A, B> {{
    fn project(self: Pin<&mut Self>) -> Projection{n}<'_, A, B> {{
        unsafe {{
            let this = self.get_unchecked_mut();
            Projection{n} {{
                a: Pin::new_unchecked(&mut this.a),
                b: &mut this.b,
                c: Pin::new_unchecked(&mut this.c),
                d: &mut this.d,
            }}
        }}
    }}
    fn project_ref(self: Pin<&Self>) -> ProjectionRef{n}<'_, A, B> {{
        unsafe {{
            let this = self.get_ref();
            ProjectionRef{n} {{
                a: Pin::new_unchecked(&this.a),
                b: &this.b,
                c: Pin::new_unchecked(&this.c),
                d: &this.d,
            }}
        }}
    }}
}}
"
    )
}
