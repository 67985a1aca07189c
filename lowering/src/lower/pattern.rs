//! Patterns: the locals that they make, and what that does to what is matched.

use pinsight_machine::Certainty;
use syn::Pat;

use super::place::{Path, Place};
use super::value::{Lent, Value};
use super::{Builder, line_of, name_of};
use crate::graph::{Action, LocalId};
use crate::types::{Classes, KnownType, classes_of, may_lend};

/// What a pattern is matched with.
#[derive(Clone, Debug)]
pub(super) struct Matched {
    /// The place that it is in. A value that was just computed has none.
    pub(super) root: Option<LocalId>,
    pub(super) path: Path,
    part: String,
    classes: Classes,
    known: Option<KnownType>,
    loans: Vec<Lent>,
    /// Whether a field was on the way to it, which a smart pointer may have been looked through for.
    is_field: bool,
    /// The parts of a tuple that is only made to be matched.
    elements: Vec<Matched>,
}

impl Matched {
    pub(super) fn tuple(elements: Vec<Value>) -> Self {
        let parts = elements.iter().map(|value| (value.classes, value.known.clone())).collect();
        let whole = Value { known: Some(KnownType::Tuple(parts)), ..Value::unknown() };
        Matched { elements: elements.into_iter().map(Matched::value).collect(), ..Matched::value(whole) }
    }

    pub(super) fn value(value: Value) -> Self {
        let Value { classes, loans, known } = value;
        Matched {
            root: None,
            path: Path::Itself,
            part: String::new(),
            classes,
            known,
            loans,
            is_field: false,
            elements: Vec::new(),
        }
    }

    pub(super) fn place(place: Place) -> Self {
        let Place { root, path, part, classes, loans, known, .. } = place;
        Matched { root, path, is_field: !part.is_empty(), part, classes, known, loans, elements: Vec::new() }
    }

    /// The same, only looked at: nothing happens to the place that it is in.
    pub(super) fn looked_at(&self) -> Matched {
        Matched { root: None, ..self.clone() }
    }

    /// Part of it, as a pattern reaches it.
    fn part(&self, name: &str) -> Matched {
        if let Some(element) = name[1..].parse().ok().and_then(|number: usize| self.elements.get(number)) {
            return element.clone();
        }
        let classes = match self.classes {
            // A pattern looks through references, and binds references.
            Classes::SHARED | Classes::UNIQUE => self.classes,
            Classes::COPY => Classes::COPY | Classes::SHARED,
            // What gives no reference gives none inside of an `Ok` either.
            Classes::NAMED if self.known.is_none() => Classes::NAMED,
            _ => Classes::ANY,
        };
        let path = if self.path == Path::Behind { Path::Behind } else { Path::Part };
        let is_reference = matches!(self.classes, Classes::SHARED | Classes::UNIQUE);
        let mut loans = self.loans.clone();
        // What was lent as a whole is now lent in part.
        loans.iter_mut().filter(|_| is_reference).for_each(|loan| loan.part.push_str(name));
        Matched {
            root: self.root,
            path,
            part: format!("{}{name}", self.part),
            classes,
            known: None,
            loans,
            is_field: self.is_field,
            elements: Vec::new(),
        }
    }
}

impl Builder<'_> {
    /// Makes the locals of a pattern; they are dropped at the end of the scope at that depth.
    pub(super) fn bind(&mut self, pattern: &Pat, matched: &Matched, depth: usize) {
        match pattern {
            Pat::Ident(ident) => self.bind_ident(ident, matched, depth),
            Pat::Paren(inner) => self.bind(&inner.pat, matched, depth),
            Pat::Guard(guarded) => self.bind(&guarded.pat, matched, depth),
            Pat::Type(typed) => {
                let classes = match &*typed.ty {
                    syn::Type::Infer(_) => matched.classes,
                    ty => classes_of(ty, &self.generics, self.package.types()).narrowed(matched.classes),
                };
                let known = KnownType::new(&typed.ty).or_else(|| matched.known.clone());
                let mut typed_as = Matched { classes, known, ..matched.clone() };
                if !may_lend(&typed.ty) {
                    typed_as.loans.clear();
                }
                self.bind(&typed.pat, &typed_as, depth);
            }
            Pat::Reference(reference) => {
                self.look(matched, pattern);
                let inner = Matched { classes: Classes::ANY, path: Path::Behind, known: None, ..matched.clone() };
                self.bind(&reference.pat, &inner, depth);
            }
            Pat::Tuple(tuple) => {
                self.bind_numbered(tuple.elems.iter(), matched, "", depth);
                if tuple.elems.iter().all(moves) {
                    self.empty(matched, Action::Empty);
                } else if tuple.elems.iter().any(moves) {
                    let elements = matched
                        .known
                        .as_ref()
                        .and_then(|known| known.elements(|ty| classes_of(ty, &self.generics, self.package.types())));
                    let left = elements.filter(|elements| elements.len() == tuple.elems.len()).map(|elements| {
                        let left = elements.into_iter().zip(&tuple.elems).filter(|(_, part)| !moves(part));
                        self.left(Classes::DROP, left.map(|(classes, _)| classes).collect())
                    });
                    self.empty(matched, left.unwrap_or(Action::MovePart));
                }
            }
            Pat::TupleStruct(parts) => {
                self.look(matched, pattern);
                let name = parts.path.segments.last().map(|last| last.ident.to_string()).unwrap_or_default();
                self.bind_numbered(parts.elems.iter(), matched, &name, depth);
            }
            Pat::Slice(slice) => {
                self.look(matched, pattern);
                let known = matched.known.as_ref().and_then(KnownType::element);
                for element in &slice.elems {
                    let part = self.part_typed(matched, "[_]", known.clone());
                    self.bind(element, &part, depth);
                }
            }
            Pat::Struct(fields) => {
                let of_type = fields.path.segments.last().map(|last| last.ident.to_string()).unwrap_or_default();
                let of_type = if of_type == "Self" { self.own_type.clone().unwrap_or(of_type) } else { of_type };
                for field in fields.fields.iter().filter(|field| self.package.is_active(&field.attrs)) {
                    let name = member_name(field);
                    let known = self.package.field(&of_type, &name);
                    let mut part = self.part_typed(matched, &format!(".{name}"), known);
                    if let Some(classes) = self.package.field_classes(&of_type, &name)
                        && !part.classes.is_reference()
                        && !matched.classes.overlaps(Classes::SHARED | Classes::UNIQUE)
                    {
                        part.classes = classes;
                    }
                    self.bind(&field.pat, &part, depth);
                }
                if let Some(left) = self.left_of(fields, &of_type) {
                    self.empty(matched, left);
                }
            }
            Pat::Or(cases) => {
                // All cases bind the same names.
                for (index, case) in cases.cases.iter().enumerate() {
                    if index == 0 { self.bind(case, matched, depth) } else { self.look(matched, case) }
                }
            }
            Pat::Wild(_) | Pat::Rest(_) => {}
            _ => self.look(matched, pattern),
        }
    }

    /// A struct or tuple of which all parts are bound by value has nothing left to drop.
    fn empty(&mut self, matched: &Matched, action: Action) {
        if let Some(root) = matched.root.filter(|_| matched.path == Path::Itself) {
            self.step(root, action, 0);
        }
    }

    /// What a pattern leaves of a struct.
    fn left_of(&self, fields: &syn::PatStruct, of_type: &str) -> Option<Action> {
        let moved: Vec<String> = fields.fields.iter().filter(|field| moves(&field.pat)).map(member_name).collect();
        if moved.is_empty() {
            return None;
        }
        Some(match self.package.is_emptied(of_type, &moved) {
            Some(true) => Action::Empty,
            Some(false) => Action::Read,
            None => Action::MovePart,
        })
    }

    /// The parts of a tuple, or of a variant.
    fn bind_numbered<'p>(
        &mut self,
        parts: impl Iterator<Item = &'p Pat>,
        matched: &Matched,
        variant: &str,
        depth: usize,
    ) {
        for (number, part) in parts.enumerate() {
            let peeled = matched.known.as_ref().and_then(KnownType::peeled).map(|(known, _)| known);
            let known = peeled.as_ref().and_then(|known| known.part(variant, number));
            let known = known.or_else(|| self.package.field(variant, &number.to_string()));
            let inner = self.part_typed(matched, &format!(".{number}"), known);
            self.bind(part, &inner, depth);
        }
    }

    /// A part whose type is known. Of what is matched through a reference, a reference is bound.
    fn part_typed(&self, matched: &Matched, name: &str, known: Option<KnownType>) -> Matched {
        let part = matched.part(name);
        if !matched.elements.is_empty() {
            return part;
        }
        match known {
            Some(known) if !matches!(part.classes, Classes::SHARED | Classes::UNIQUE) => {
                let is_reference =
                    matched.known.as_ref().and_then(KnownType::peeled).and_then(|(_, reference)| reference);
                match is_reference {
                    Some(_) => part,
                    None if matched.classes.overlaps(Classes::SHARED | Classes::UNIQUE) && matched.known.is_none() => {
                        part
                    }
                    None => Matched { classes: self.classes_of_known(&known), known: Some(known), ..part },
                }
            }
            known => Matched { known, ..part },
        }
    }

    fn bind_ident(&mut self, pattern: &syn::PatIdent, matched: &Matched, depth: usize) {
        let name = name_of(&pattern.ident);
        let line = line_of(pattern.ident.span());
        let names_constant = name.starts_with(|first: char| first.is_ascii_uppercase());
        if names_constant && pattern.by_ref.is_none() && pattern.subpat.is_none() {
            return self.look_at(matched, line);
        }
        let is_unique = pattern.mutability.is_some();
        let (classes, loans) = match (pattern.by_ref.is_some(), matched.root) {
            (true, Some(root)) => {
                let classes = if is_unique { Classes::UNIQUE } else { Classes::SHARED };
                (classes, self.bind_reference(root, matched, line))
            }
            (true, None) => (if is_unique { Classes::UNIQUE } else { Classes::SHARED }, matched.loans.clone()),
            (false, root) => {
                if let Some(root) = root {
                    let action = match matched.path {
                        _ if matched.path != Path::Itself && self.classes(root).is_reference() => Action::Through,
                        _ if matches!(matched.classes, Classes::SHARED | Classes::UNIQUE) => Action::Read,
                        Path::Itself => Action::Value,
                        Path::Part => Action::BindPart,
                        Path::Behind => Action::Through,
                    };
                    self.step(root, action, line);
                }
                // What is copied out from behind a reference is not that reference.
                let is_behind = matched.path == Path::Behind;
                (matched.classes, if is_behind { Vec::new() } else { matched.loans.clone() })
            }
        };
        let known = matched.known.clone().filter(|_| pattern.by_ref.is_none());
        let local = self.frame().declare(&name, classes, known, line);
        self.assign(local, &Value::of(classes).lending(loans), line);
        self.frame().graph.locals[local.index()].is_mut = pattern.mutability.is_some() && pattern.by_ref.is_none();
        self.frame().schedule(local, depth);
        self.frame().name(&name, local);
        if let Some((_, inner)) = &pattern.subpat {
            self.bind(inner, matched, depth);
        }
    }

    /// `ref name`.
    fn bind_reference(&mut self, root: LocalId, matched: &Matched, line: u32) -> Vec<Lent> {
        let (action, certainty) = match matched.path {
            Path::Itself => (Action::Borrow, Some(Certainty::Certain)),
            Path::Part => match self.classes(root) {
                Classes::SHARED | Classes::UNIQUE => (Action::Through, None),
                _ if matched.is_field && !self.owns_parts(root) => (Action::PartBorrow, Some(Certainty::Possible)),
                // A pattern does not look through smart pointers.
                _ => (Action::Borrow, Some(Certainty::Certain)),
            },
            Path::Behind => (Action::Through, None),
        };
        self.step(root, action, line);
        let mut loans = matched.loans.clone();
        loans.extend(certainty.map(|certainty| Lent {
            target: root,
            part: matched.part.clone(),
            certainty,
            through: String::new(),
            line,
        }));
        loans
    }

    /// A local that gets its value later.
    pub(super) fn declare_later(&mut self, pattern: &Pat, depth: usize) {
        let (ident, classes, known) = match pattern {
            Pat::Ident(ident) => (ident, Classes::ANY, None),
            Pat::Type(typed) => match &*typed.pat {
                Pat::Ident(ident) => {
                    (ident, classes_of(&typed.ty, &self.generics, self.package.types()), KnownType::new(&typed.ty))
                }
                _ => return,
            },
            _ => return,
        };
        let name = name_of(&ident.ident);
        let local = self.frame().declare(&name, classes, known, line_of(ident.ident.span()));
        self.frame().schedule(local, depth);
        self.frame().name(&name, local);
    }

    /// Which variant it is, or what value, is read.
    fn look(&mut self, matched: &Matched, pattern: &Pat) {
        if let Pat::Path(_) | Pat::Lit(_) | Pat::Range(_) | Pat::TupleStruct(_) | Pat::Slice(_) | Pat::Reference(_) =
            pattern
        {
            self.look_at(matched, 0);
        }
    }

    fn look_at(&mut self, matched: &Matched, line: u32) {
        if let Some(root) = matched.root {
            let is_behind = matched.path == Path::Behind || self.classes(root).is_reference();
            let action = match is_behind {
                true => Action::Through,
                // An element of what is no array is found by a function.
                false if matched.part.ends_with(']') && !self.owns_parts(root) => Action::PartValue,
                false => Action::Read,
            };
            self.step(root, action, line);
        }
    }
}

fn member_name(field: &syn::FieldPat) -> String {
    match &field.member {
        syn::Member::Named(name) => name_of(name),
        syn::Member::Unnamed(index) => index.index.to_string(),
    }
}

/// Whether a pattern binds all that it stands for by value.
fn moves(pattern: &Pat) -> bool {
    match pattern {
        Pat::Ident(ident) => ident.by_ref.is_none(),
        Pat::Paren(inner) => moves(&inner.pat),
        Pat::Type(typed) => moves(&typed.pat),
        Pat::Tuple(tuple) => tuple.elems.iter().all(moves),
        _ => false,
    }
}
