//! A function's body begins by moving its arguments into locals.

use syn::{FnArg, Pat, ReceiverKind};

use super::pattern::Matched;
use super::value::Value;
use super::{Builder, line_of, name_of};
use crate::graph::{Local, LocalId, LocalKind};
use crate::types::{Classes, KnownType, classes_of};

impl Builder<'_> {
    pub(super) fn argument(&mut self, input: &FnArg, index: usize) {
        match input {
            FnArg::Receiver(receiver) => {
                let (classes, known) = match &receiver.kind {
                    ReceiverKind::Reference(_, _, Some(_)) => (Classes::UNIQUE, "&mut Self"),
                    ReceiverKind::Reference(_, _, None) => (Classes::SHARED, "&Self"),
                    ReceiverKind::Typed(_, ty) => {
                        let classes = classes_of(ty, &self.generics, self.package.types());
                        let line = line_of(receiver.self_token.span);
                        self.argument_local("self", classes, KnownType::new(ty), line);
                        return;
                    }
                    _ => {
                        let own = self.own_type.as_deref().and_then(|own| self.package.type_classes(own));
                        (own.unwrap_or(Classes::NAMED), "Self")
                    }
                };
                let line = line_of(receiver.self_token.span);
                let known = syn::parse_str(known).ok().as_ref().and_then(KnownType::new);
                self.argument_local("self", classes, known, line);
            }
            FnArg::Typed(typed) => {
                let classes = classes_of(&typed.ty, &self.generics, self.package.types());
                let known = KnownType::new(&typed.ty);
                match &*typed.pat {
                    // Moved straight into the local of its name.
                    Pat::Ident(ident) if ident.by_ref.is_none() && ident.subpat.is_none() => {
                        let line = line_of(ident.ident.span());
                        self.argument_local(&name_of(&ident.ident), classes, known, line);
                    }
                    pattern => {
                        let line = line_of(typed.colon_token.span);
                        let name = format!("__arg{index}");
                        let local = self.argument_local(&name, classes, known, line);
                        let place = self.place_of(local, line);
                        self.bind(pattern, &Matched::place(place), 0);
                    }
                }
            }
        }
    }

    pub(super) fn argument_local(
        &mut self,
        name: &str,
        classes: Classes,
        known: Option<KnownType>,
        line: u32,
    ) -> LocalId {
        let frame = self.frame();
        frame.graph.add_local(Local {
            name: name.to_owned(),
            kind: LocalKind::Upvar,
            classes,
            known: known.clone(),
            line,
            is_mut: false,
            deciding_call: None,
        });
        let local = frame.declare(name, classes, known, line);
        self.assign(local, &Value::of(classes), line);
        self.frame().schedule(local, 0);
        self.frame().name(name, local);
        local
    }
}
