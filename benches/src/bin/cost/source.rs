//! The text of the generated crates: the same types and the same functions, projected in different ways.

mod by_hand;

use std::fmt::Write;

use crate::kinds::Kind;
use crate::shapes::{Field, Shape};

/// One generated type.
#[derive(Clone, Copy)]
struct Subject {
    kind: Kind,
    shape: Shape,
    number: usize,
}

/// A crate with `types` projected types. `asks` says whether `project_ref` has to be asked for to get it.
pub(crate) fn of(kind: Kind, shape: Shape, types: usize, asks: bool) -> String {
    let mut source = String::from("//! Generated.\n\n#![allow(dead_code)]\n");
    if kind != Kind::Plain {
        source.push_str("\nuse core::pin::Pin;\n");
    }
    for number in 0..types {
        let subject = Subject { kind, shape, number };
        write!(source, "\n{}{}", subject.item(asks), subject.function()).expect("a String takes everything");
    }
    source
}

/// A crate in which `project_ref` is called on a type that asks for it, or does not.
pub(crate) fn probe(asks: bool) -> String {
    let source = of(Kind::DeriveRef, Shape::Four, 1, asks);
    format!("{source}pub fn probe<A, B>(s: Pin<&S0<A, B>>) -> &B {{\n    s.project_ref().b\n}}\n")
}

impl Subject {
    /// The type with all that makes it projected.
    fn item(self, asks: bool) -> String {
        let plain = || self.declaration("");
        let pinned = || self.declaration("#[pin] ");
        // An enum's projection has to be matched on, and the peers make none until it has a name.
        let (argument, attribute) = match self.shape.is_enum() {
            true => (format!("(project = {})", self.projection()), format!("#[project = {}]\n", self.projection())),
            false => (String::new(), String::new()),
        };
        match self.kind {
            Kind::Plain => plain(),
            Kind::Hand => plain() + &by_hand::items(self, by_hand::Methods::Both),
            Kind::HandProject => plain() + &by_hand::items(self, by_hand::Methods::Project),
            Kind::PinProject | Kind::PinProject11 => format!("#[pin_project::pin_project{argument}]\n{}", pinned()),
            Kind::PinProjectLite => format!("pin_project_lite::pin_project! {{\n{attribute}{}}}\n", pinned()),
            Kind::DeriveRef if asks => format!("#[derive(pinsight::PinProject)]\n#[pin(project_ref)]\n{}", pinned()),
            Kind::Derive | Kind::DeriveRef => format!("#[derive(pinsight::PinProject)]\n{}", pinned()),
            Kind::Attribute => format!("#[pinsight::pin_project{argument}]\n{}", pinned()),
            Kind::Lite => format!("pinsight::lite::pin_project! {{\n{attribute}{}}}\n", pinned()),
        }
    }

    fn declaration(self, pin: &str) -> String {
        let Self { shape, number, .. } = self;
        let fields = self.fields(|field| {
            let pin = if field.is_pinned { pin } else { "" };
            format!("{pin}{}: {}", field.name, field.ty)
        });
        format!("pub {} S{number}{} {{\n{fields}}}\n", self.keyword(), shape.generics(None))
    }

    const fn keyword(self) -> &'static str {
        if self.shape.is_enum() { "enum" } else { "struct" }
    }

    /// A line for each field, those of a variant inside of it.
    fn fields(self, line: impl Fn(&Field) -> String) -> String {
        let mut out = String::new();
        for contents in self.shape.contents() {
            let lines = contents.fields.iter().map(&line);
            match contents.variant {
                None => out.extend(lines.map(|line| format!("    {line},\n"))),
                Some(name) => {
                    let lines: String = lines.map(|line| format!("        {line},\n")).collect();
                    write!(out, "    {name} {{\n{lines}    }},\n").expect("a String takes everything");
                }
            }
        }
        out
    }

    /// The name of what `project` returns, where it needs one.
    fn projection(self) -> String {
        let Self { kind, number, .. } = self;
        match kind {
            Kind::Plain => format!("S{number}"),
            Kind::Derive | Kind::DeriveRef => format!("S{number}Proj"),
            _ => format!("Projection{number}"),
        }
    }

    /// A function that uses the projection. The unprojected form takes what a projection would return, so that it has
    /// a function too.
    fn function(self) -> String {
        let Self { kind, shape, number } = self;
        let (a, b) = (shape.type_of("a"), shape.type_of("b"));
        let generics = shape.generics(None);
        let (receiver, pinned) = match kind {
            Kind::Plain => (format!("&mut S{number}{generics}"), format!("&mut {a}")),
            _ => (format!("Pin<&mut S{number}{generics}>"), format!("Pin<&mut {a}>")),
        };
        let (returned, body) = if shape.is_enum() {
            let matched = if kind == Kind::Plain { "s" } else { "s.project()" };
            let name = self.projection();
            (
                format!("Option<({pinned}, &mut {b})>"),
                format!(
                    "match {matched} {{\n        {name}::Running {{ a, b }} => Some((a, b)),\n        \
                     {name}::Done {{ .. }} => None,\n    }}"
                ),
            )
        } else {
            let body = match kind {
                Kind::Plain => "(&mut s.a, &mut s.b)",
                _ => "let this = s.project();\n    (this.a, this.b)",
            };
            (format!("({pinned}, &mut {b})"), body.to_owned())
        };
        format!("pub fn touch{number}{generics}(s: {receiver}) -> {returned} {{\n    {body}\n}}\n")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_crate_is_rust_and_has_its_types() {
        for kind in Kind::ALL {
            for shape in Shape::ALL {
                for asks in [false, true] {
                    let source = of(kind, shape, 3, asks);
                    let file = syn::parse_file(&source).unwrap_or_else(|error| panic!("{error}:\n{source}"));
                    let functions = file.items.iter().filter(|item| matches!(item, syn::Item::Fn(_)));
                    assert_eq!(functions.count(), 3, "{source}");
                }
            }
        }
    }

    #[test]
    fn project_ref_is_asked_for_where_it_has_to_be() {
        assert!(of(Kind::DeriveRef, Shape::Last, 1, true).contains("#[pin(project_ref)]"));
        assert!(!of(Kind::DeriveRef, Shape::Last, 1, false).contains("#[pin(project_ref)]"));
        assert!(!of(Kind::Derive, Shape::Last, 1, true).contains("#[pin(project_ref)]"));
    }
}
