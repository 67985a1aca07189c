//! Calls of functions and methods.

use pinsight_machine::Certainty;

use super::Builder;
use super::place::{Path, Place};
use super::value::{Lent, Value, all_loans, through};
use crate::graph::Action;
use crate::types::{self, Classes, KnownType, Receiver, Returns};

impl Builder<'_> {
    pub(super) fn call(&mut self, call: &syn::ExprCall) -> Value {
        let callee = match &*call.func {
            syn::Expr::Path(path) if self.local_of(path).is_none() => Some(path),
            other => {
                // A closure is called by reference, or consumed; what `FnOnce` it is only its type knows.
                let place = self.place(other);
                let how = place.known.as_ref().and_then(|known| self.called(known)).unwrap_or(Receiver::Unknown);
                self.receive(&place, how, "the call");
                None
            }
        };
        let values = self.operands(call.args.iter());
        let Some(callee) = callee else {
            return Value::unknown().lending(through(all_loans(values), "the call"));
        };
        let segments: Vec<String> = callee.path.segments.iter().map(|segment| segment.ident.to_string()).collect();
        let name = segments.last().map(String::as_str).unwrap_or_default();
        let of_type = segments.iter().rev().nth(1).map(String::as_str).unwrap_or_default();
        if is_type_name(name) {
            let inner = values.iter().fold(Classes::COPY, |classes, value| classes.with(value.classes));
            let classes = match name {
                "Some" | "Reverse" | "Pending" | "Wrapping" => inner,
                // The other side of a result has a type of its own.
                "Ok" | "Err" | "Ready" => inner.with(Classes::NAMED),
                // A variant has its enum in front.
                _ => {
                    let of_type =
                        if of_type == "Self" { self.own_type.as_deref().unwrap_or_default() } else { of_type };
                    let classes = self.package.type_classes(of_type).or_else(|| self.package.type_classes(name));
                    classes.unwrap_or(Classes::NAMED)
                }
            };
            return Value::inside(all_loans(values), classes);
        }
        let own = self.own_type.clone().unwrap_or_default();
        let of_type = if of_type == "Self" { own.as_str() } else { of_type };
        let classes = match (of_type, name) {
            ("mem", "take" | "replace") | ("", "take" | "replace") => Classes::ANY,
            ("mem", "size_of" | "size_of_val" | "align_of" | "discriminant") => Classes::COPY,
            ("Arc" | "Rc", "clone") => Classes::DROP,
            ("Box", "pin" | "new") => Classes::BOXED,
            ("" | "mem", "drop") => Classes::COPY,
            // A `Pin` is a struct around the pointer.
            ("Pin", "new" | "new_unchecked") => {
                let loans = all_loans(values);
                return Value::inside(loans, Classes::MOVE);
            }
            _ => self.returned_by(of_type, name),
        };
        let loans = match classes {
            Classes::COPY => Vec::new(),
            _ if name == "clone" => Vec::new(),
            _ => through(all_loans(values), name),
        };
        let output = self.package.output(&format!("{of_type}::{name}"));
        let output = output.or_else(|| self.package.output(name).filter(|_| !is_type_name(of_type)));
        Value::inside(loans, classes).typed(output, self)
    }

    /// How a call of something takes it.
    fn called(&self, known: &KnownType) -> Option<Receiver> {
        known.called().or_else(|| self.generics.called(&known.name()?))
    }

    /// What a function returns, by its own name and that of the type that it is of.
    fn returned_by(&self, of_type: &str, name: &str) -> Classes {
        if let Some((classes, _)) = self.package.returns(&format!("{of_type}::{name}")) {
            return classes;
        }
        if let Some(classes) = types::constructor(of_type, name) {
            return classes;
        }
        if !is_type_name(of_type)
            && let Some((classes, _)) = self.package.returns(name)
        {
            return classes;
        }
        let constructs = ["new", "from_", "with_", "default", "builder"].iter().any(|prefix| name.starts_with(prefix));
        if constructs && is_type_name(of_type) { Classes::NAMED } else { Classes::ANY }
    }

    pub(super) fn method_call(&mut self, call: &syn::ExprMethodCall) -> Value {
        let name = super::name_of(&call.method);
        let place = self.place(&call.receiver);
        // Where the receiver's type is known, so is the method.
        let of_type = place.known.as_ref().and_then(KnownType::peeled).and_then(|(known, _)| self.own_name(&known));
        let qualified = of_type.as_deref().map(|of_type| format!("{of_type}::{name}"));
        let own = qualified.as_deref().and_then(|qualified| self.package.receiver(qualified));
        let is_foreign = of_type.as_deref().is_some_and(|of_type| self.package.type_classes(of_type).is_none());
        let of_package =
            self.package.receiver(&name).filter(|_| !is_foreign || types::receiver(&name) == Receiver::Unknown);
        let how = own.unwrap_or_else(|| match (of_package, types::receiver(&name)) {
            (None, how) => how,
            (Some(how), Receiver::Unknown) => how,
            (Some(own), other) if own == other => own,
            // One of the two, and only types tell which.
            _ => Receiver::Unknown,
        });
        // That of an option has no argument; that of an iterator or a reader has.
        let how = match name.as_str() {
            "take" if own.is_none() && call.args.is_empty() => Receiver::ByReference,
            "take" if own.is_none() => Receiver::ByValue,
            _ => how,
        };
        let mut lent = self.receive(&place, how, &name);
        let values = self.operands(call.args.iter());
        self.store(&place, how, &values, &name);
        let by_name = match qualified.filter(|qualified| self.package.returns(qualified).is_some()) {
            Some(qualified) => Some(qualified),
            None => Some(name.clone()).filter(|name| types::receiver(name) == Receiver::Unknown),
        };
        if let Some(by_name) = by_name
            && let Some((classes, lends)) = self.package.returns(&by_name)
        {
            lent.extend(all_loans(values));
            let loans = if lends { through(lent, &name) } else { Vec::new() };
            return Value::inside(loans, classes).typed(self.package.output(&by_name), self);
        }
        match types::returns(&name) {
            Returns::Owned(classes) => Value::of(classes),
            Returns::Reference(classes) => Value::inside(through(lent, &name), classes),
            Returns::Receiver => {
                let known = place.known.as_ref().and_then(KnownType::peeled).map(|(known, _)| known);
                let classes = match place.classes {
                    Classes::SHARED | Classes::UNIQUE => Classes::ANY,
                    known if place.path == Path::Itself => known,
                    _ => Classes::ANY,
                };
                Value::of(classes).lending(place.loans).typed(known, self)
            }
            Returns::Unknown => {
                lent.extend(all_loans(values));
                let known = match name.as_str() {
                    "unwrap" | "expect" | "unwrap_or" | "unwrap_or_else" | "unwrap_or_default" => {
                        place.known.as_ref().and_then(KnownType::tried)
                    }
                    // What is inside stays the same.
                    "map_err" | "or_else" | "context" | "with_context" | "ok" | "ok_or" | "ok_or_else" | "cloned"
                    | "copied" | "fuse" => place.known.clone().filter(|known| !known.is_reference()),
                    _ => types::future_of(&name),
                };
                Value::of(wrapped_result(&name, &place).unwrap_or(Classes::ANY))
                    .lending(through(lent, &name))
                    .typed(known, self)
            }
        }
    }

    /// A method that gets a reference may keep it in its receiver.
    fn store(&mut self, place: &Place, how: Receiver, values: &[Value], name: &str) {
        let Some(root) = place.root.filter(|_| how != Receiver::ByValue && place.classes != Classes::SHARED) else {
            return;
        };
        let loans = values.iter().flat_map(|value| value.loans.clone()).collect();
        self.lend(root, &through(loans, name));
    }

    /// A method is called on a place; the references that its result may hold.
    pub(super) fn receive(&mut self, place: &Place, how: Receiver, name: &str) -> Vec<Lent> {
        let Some(root) = place.root else { return place.loans.clone() };
        let action = match (place.path, how) {
            (Path::Itself, Receiver::ByValue) => Action::Value,
            (Path::Itself, Receiver::ByReference) => Action::ByReference,
            (Path::Itself, Receiver::Unknown) => Action::Receiver,
            (Path::Part, Receiver::ByValue) => self.part_value(place),
            (Path::Part, Receiver::Unknown) => match self.part_value(place) {
                Action::Empty | Action::MovePart => Action::PartReceiverOrMove,
                _ => Action::PartReceiver,
            },
            (Path::Part, _) if place.is_indexed && self.owns_parts(root) => Action::ByReference,
            (Path::Part, _) if !place.classes.overlaps(Classes::SHARED | Classes::UNIQUE) => Action::PartBorrow,
            (Path::Part, _) => Action::PartReceiver,
            (Path::Behind, _) => Action::Through,
        };
        if matches!(action, Action::Receiver | Action::PartReceiver | Action::PartReceiverOrMove) {
            self.frame().graph.locals[root.index()].deciding_call.get_or_insert_with(|| name.to_owned());
        }
        self.frame().step_part(root, action, &place.part, place.line);
        let mut lent = Vec::new();
        let is_reference = matches!(self.classes(root), Classes::SHARED | Classes::UNIQUE);
        if !is_reference && how != Receiver::ByValue && place.path != Path::Behind {
            lent.push(Lent {
                target: root,
                part: place.part.clone(),
                certainty: Certainty::Possible,
                through: name.to_owned(),
                line: place.line,
            });
        }
        lent.extend(place.loans.iter().cloned());
        lent
    }
}

/// What a method makes of the receiver's own value.
fn wrapped_result(name: &str, place: &Place) -> Option<Classes> {
    match name {
        "unwrap" | "expect" | "unwrap_or_default" if place.classes == Classes::COPY => Some(Classes::COPY),
        "into_iter" | "collect" | "boxed" => Some(if name == "boxed" { Classes::BOXED } else { Classes::NAMED }),
        _ => None,
    }
}

pub(super) fn is_type_name(name: &str) -> bool {
    name.starts_with(|first: char| first.is_ascii_uppercase())
}
