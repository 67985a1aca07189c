//! Places: what is done to a local by way of `x`, `x.f`, `x[i]` and `*x`.

use pinsight_machine::Certainty;

use super::source_text::{first_line, short};
use super::value::{Lent, Value};
use super::{Builder, line_of, name_of};
use crate::graph::{Action, LocalId, LocalKind};
use crate::types::{Classes, KnownType, classes_of};

/// An expression that names a place.
#[derive(Clone, Debug)]
pub(super) struct Place {
    /// `None`: a constant, a static, or a value that was not kept because nothing suspends while it is there.
    pub(super) root: Option<LocalId>,
    pub(super) path: Path,
    /// `.name`, `.0`, `[_]`.
    pub(super) part: String,
    /// Whether the index is a range, for which a function is called even of an array.
    pub(super) is_sliced: bool,
    /// Whether an index is on the way, which calls a function for all but arrays and slices.
    pub(super) is_indexed: bool,
    /// The classes of the place itself.
    pub(super) classes: Classes,
    pub(super) loans: Vec<Lent>,
    pub(super) known: Option<KnownType>,
    pub(super) line: u32,
}

/// How a place is reached from the local that it begins with.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Path {
    Itself,
    Part,
    /// Behind a `*`.
    Behind,
}

impl Place {
    fn nothing(value: Value, line: u32) -> Self {
        Place {
            root: None,
            path: Path::Itself,
            part: String::new(),
            is_indexed: false,
            is_sliced: false,
            classes: value.classes,
            loans: value.loans,
            known: value.known,
            line,
        }
    }
}

impl Builder<'_> {
    /// Evaluates an expression as a place. A value becomes a temporary, which lives to the end of the statement.
    pub(super) fn place(&mut self, expression: &syn::Expr) -> Place {
        match expression {
            syn::Expr::Paren(inner) => self.place(&inner.expr),
            syn::Expr::Group(inner) => self.place(&inner.expr),
            syn::Expr::Path(path) => match self.local_of(path) {
                Some(local) => self.place_of(local, line_of(path.path.segments[0].ident.span())),
                None => Place::nothing(self.constant(path), 0),
            },
            syn::Expr::Field(field) => {
                let base = self.place(&field.base);
                let member = match &field.member {
                    syn::Member::Named(name) => format!(".{}", name_of(name)),
                    syn::Member::Unnamed(index) => format!(".{}", index.index),
                };
                let field = self.field_of(&base, &member[1..]);
                let of_type =
                    base.known.as_ref().and_then(KnownType::peeled).and_then(|(known, _)| self.own_name(&known));
                let classes = of_type.and_then(|of_type| self.package.field_classes(&of_type, &member[1..]));
                let part = self.part_of(base, &member);
                match field {
                    Some(field) => Place { classes: self.classes_of_known(&field), known: Some(field), ..part },
                    None => Place { classes: classes.unwrap_or(part.classes), ..part },
                }
            }
            syn::Expr::Index(index) => {
                let base = self.place(&index.expr);
                // An overloaded index borrows the base first; the order shows only if the index suspends.
                self.value(&index.index);
                let is_sliced = matches!(&*index.index, syn::Expr::Range(_));
                Place { is_indexed: true, is_sliced, ..self.part_of(base, "[_]") }
            }
            syn::Expr::Unary(syn::ExprUnary { op: syn::UnOp::Deref(_), expr, .. }) => {
                let base = self.place(expr);
                Place { path: Path::Behind, classes: Classes::ANY, known: None, ..base }
            }
            _ => {
                let line = first_line(expression);
                let value = self.value(expression);
                match self.keep_temporary(expression, &value, line) {
                    Some(local) => self.place_of(local, line),
                    None => Place::nothing(value, line),
                }
            }
        }
    }

    /// The type of a field, where that of the place is known.
    fn field_of(&self, base: &Place, name: &str) -> Option<KnownType> {
        let (known, _) = base.known.as_ref()?.peeled()?;
        if let Ok(number) = name.parse()
            && let Some(part) = known.part("", number)
        {
            return Some(part);
        }
        self.package.field(&self.own_name(&known)?, name)
    }

    /// The name of a type; that of the impl for `Self`.
    pub(super) fn own_name(&self, known: &KnownType) -> Option<String> {
        let name = known.name()?;
        if name == "Self" { self.own_type.clone() } else { Some(name) }
    }

    pub(super) fn classes_of_known(&self, known: &KnownType) -> Classes {
        match known {
            KnownType::FutureOf(_) => Classes::DROP,
            KnownType::Primitive => Classes::COPY,
            KnownType::Array(classes) | KnownType::Closure(classes, _) => *classes,
            KnownType::Tuple(parts) => parts.iter().fold(Classes::COPY, |classes, (part, _)| classes.with(*part)),
            KnownType::Type(ty) => match self.own_type.as_deref().filter(|_| known.name().as_deref() == Some("Self")) {
                Some(own) => self.package.type_classes(own).unwrap_or(Classes::NAMED),
                None => classes_of(ty, &self.generics, self.package.types()),
            },
        }
    }

    fn part_of(&mut self, base: Place, member: &str) -> Place {
        let path = if base.path == Path::Behind { Path::Behind } else { Path::Part };
        Place { path, part: base.part + member, classes: Classes::ANY, known: None, ..base }
    }

    pub(super) fn place_of(&mut self, local: LocalId, line: u32) -> Place {
        let loans = self.loans_of(local);
        let local_of = self.frame().graph.local(local);
        let (classes, known) = (local_of.classes, local_of.known.clone());
        Place {
            root: Some(local),
            path: Path::Itself,
            part: String::new(),
            is_indexed: false,
            is_sliced: false,
            classes,
            loans,
            known,
            line,
        }
    }

    /// The local that a path names.
    pub(super) fn local_of(&mut self, path: &syn::ExprPath) -> Option<LocalId> {
        let ident = path.path.get_ident().filter(|_| path.qself.is_none())?;
        self.resolve(&name_of(ident))
    }

    /// A temporary for a value whose address is taken, or that waits for what is evaluated after it.
    fn keep_temporary(&mut self, expression: &syn::Expr, value: &Value, line: u32) -> Option<LocalId> {
        let frame = self.frame();
        if !frame.is_async || !frame.holds || is_promoted(expression) {
            return None;
        }
        let local = self.temporary(expression, value, line);
        let depth = self.frame().temporaries;
        self.frame().schedule(local, depth);
        Some(local)
    }

    /// A local for the value of an expression.
    pub(super) fn temporary(&mut self, expression: &syn::Expr, value: &Value, line: u32) -> LocalId {
        let name = short(expression);
        let local = self.frame().add_temporary(name, LocalKind::Temporary, value.classes, line);
        self.assign(local, value, line);
        local
    }

    /// Takes the value of a place.
    pub(super) fn take(&mut self, place: Place) -> Value {
        let action = match place.path {
            Path::Itself => Action::Value,
            Path::Part if place.root.is_some_and(|root| self.classes(root).is_reference()) => Action::Through,
            // Captured by a closure, an element is captured with all others.
            Path::Part if place.is_indexed && place.root.is_some_and(|root| self.is_upvar(root)) => Action::ByReference,
            Path::Part => self.part_value(&place),
            Path::Behind => Action::Through,
        };
        if let Some(root) = place.root {
            self.frame().step_part(root, action, &place.part, place.line);
        }
        // What is copied out from behind a reference is not that reference.
        let loans = if place.path == Path::Behind { Vec::new() } else { place.loans };
        Value { classes: place.classes, known: place.known, loans }
    }

    /// What it does to a local that a part of it is taken by value.
    pub(super) fn part_value(&mut self, place: &Place) -> Action {
        let of_root = place.root.and_then(|root| self.frame().graph.local(root).known.clone());
        let number = place.part.strip_prefix('.').and_then(|member| member.parse::<usize>().ok());
        let elements = of_root.as_ref().zip(number).and_then(|(known, number)| {
            let mut elements = known.elements(|ty| classes_of(ty, &self.generics, self.package.types()))?;
            if number < elements.len() {
                elements.remove(number);
            }
            Some(elements)
        });
        let of_root = of_root.as_ref().and_then(KnownType::peeled).and_then(|(known, _)| self.own_name(&known));
        let member = place.part.strip_prefix('.').filter(|member| !member.contains(['.', '[']));
        match (of_root, member) {
            _ if elements.is_some() => {
                let others = elements.unwrap_or_default();
                self.left(place.classes, others)
            }
            (Some(name), Some(member)) if self.package.field_classes(&name, member).is_some() => match place.classes {
                classes if !Classes::NEEDS_MOVE.overlaps(classes) => Action::Read,
                _ => match self.package.is_emptied(&name, &[member.to_owned()]) {
                    Some(true) => Action::Empty,
                    Some(false) => Action::Read,
                    None => Action::MovePart,
                },
            },
            _ => Action::PartValue,
        }
    }

    fn is_upvar(&mut self, local: LocalId) -> bool {
        self.frame().graph.local(local).kind == LocalKind::Upvar
    }

    /// A field of a local: `.name`.
    pub(super) fn field_place(&mut self, local: LocalId, part: &str, line: u32) -> Place {
        let base = self.place_of(local, line);
        let elements = base
            .known
            .as_ref()
            .and_then(|known| known.elements(|ty| classes_of(ty, &self.generics, self.package.types())));
        let number = part[1..].parse::<usize>().ok();
        let classes = number.zip(elements).and_then(|(number, elements)| elements.get(number).copied());
        let field = self.field_of(&base, &part[1..]);
        let place = self.part_of(base, part);
        match (classes, field) {
            (Some(classes), _) => Place { classes, ..place },
            (None, Some(field)) => Place { classes: self.classes_of_known(&field), known: Some(field), ..place },
            (None, None) => place,
        }
    }

    /// What is left of a tuple when a part of these classes is taken.
    pub(super) fn left(&self, taken: Classes, others: Vec<Classes>) -> Action {
        if !Classes::NEEDS_MOVE.overlaps(taken) {
            return Action::Read;
        }
        let mut is_known = true;
        for other in others {
            match other.always_needs_drop() {
                Some(true) => return Action::Read,
                Some(false) => {}
                None => is_known = false,
            }
        }
        if is_known { Action::Empty } else { Action::MovePart }
    }

    /// Takes the address of a place.
    pub(super) fn borrow(&mut self, place: Place, classes: Classes) -> Value {
        let Some(root) = place.root else { return Value::of(classes).lending(place.loans) };
        let (action, certainty) = match place.path {
            Path::Itself => (Action::Borrow, Some(Certainty::Certain)),
            Path::Part if place.is_indexed && self.owns_parts(root) => {
                (Action::ByReference, self.part_certainty(root, &place))
            }
            Path::Part => (Action::PartBorrow, self.part_certainty(root, &place)),
            Path::Behind => (Action::Through, None),
        };
        self.frame().step_part(root, action, &place.part, place.line);
        let mut value = Value::of(classes);
        if let Some(certainty) = certainty {
            let through =
                if certainty == Certainty::Possible && place.is_indexed { "index".to_owned() } else { String::new() };
            value.loans.push(Lent { target: root, part: place.part, certainty, through, line: place.line });
        }
        // A reference to a reference reaches what that one points at, through the first.
        if place.path != Path::Itself {
            value = value.lending(place.loans);
        }
        value
    }

    /// Whether the parts of a local lie in it.
    pub(super) fn owns_parts(&mut self, local: LocalId) -> bool {
        let Some(known) = self.frame().graph.local(local).known.clone() else { return false };
        known.owns_parts() || self.own_name(&known).is_some_and(|name| self.package.is_struct(&name))
    }

    /// Whether a reference to a part of a local points into the local itself, and not through a reference or a smart pointer.
    fn part_certainty(&mut self, root: LocalId, place: &Place) -> Option<Certainty> {
        let classes = self.classes(root);
        match classes {
            Classes::SHARED | Classes::UNIQUE | Classes::BOXED => None,
            _ if place.is_sliced => Some(Certainty::Possible),
            _ if self.owns_parts(root) => Some(Certainty::Certain),
            Classes::COPY | Classes::MOVE if !place.is_indexed => Some(Certainty::Certain),
            _ => Some(Certainty::Possible),
        }
    }

    /// `&expression`, and what a format macro or an operator does to its argument.
    pub(super) fn reference(&mut self, expression: &syn::Expr, is_unique: bool) -> Value {
        let place = self.place(expression);
        self.borrow(place, if is_unique { Classes::UNIQUE } else { Classes::SHARED })
    }
}

/// Whether the compiler makes a static of it when its address is taken.
fn is_promoted(expression: &syn::Expr) -> bool {
    match expression {
        syn::Expr::Lit(_) => true,
        syn::Expr::Path(path) => path.path.segments.len() > 1,
        syn::Expr::Unary(unary) => is_promoted(&unary.expr),
        syn::Expr::Array(array) => array.elems.iter().all(is_promoted),
        syn::Expr::Tuple(tuple) => tuple.elems.iter().all(is_promoted),
        _ => false,
    }
}
