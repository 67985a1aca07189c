//! A function's body begins by moving its arguments into locals.

use pinsight_machine::MachineKind;
use syn::{FnArg, Pat, ReceiverKind};

use super::binding::{Matched, type_text};
use super::frame::Frame;
use super::value::Value;
use super::{Builder, line_of, name_of};
use crate::graph::{Local, LocalId, LocalKind};
use crate::types::{Classes, Generics, classes_of};
use crate::{Package, Prediction, Source};

/// A body to read.
pub(crate) struct Body<'a> {
    pub(crate) signature: Option<&'a syn::Signature>,
    pub(crate) block: &'a syn::Block,
    /// Of the impl or trait around.
    pub(crate) generics: Generics,
    pub(crate) own_type: Option<String>,
    pub(crate) path: String,
    pub(crate) source: &'a Source,
    pub(crate) package: &'a Package,
}

/// The machines of a body: its own, if it is async, and else those inside of it.
pub(crate) fn build(body: Body<'_>) -> Vec<Prediction> {
    let Body { signature, block, mut generics, own_type, path, source, package } = body;
    let is_async = signature.is_some_and(|signature| signature.asyncness.is_some());
    if let Some(signature) = signature {
        generics.add(&signature.generics);
    }
    let mut builder = Builder {
        source,
        package,
        own_macros: Vec::new(),
        generics,
        own_type,
        path: path.clone(),
        frames: vec![Frame::new(is_async)],
    };
    let inputs = signature.iter().flat_map(|signature| &signature.inputs);
    for (index, input) in inputs.enumerate() {
        let attributes = match input {
            FnArg::Receiver(receiver) => &receiver.attrs,
            FnArg::Typed(typed) => &typed.attrs,
        };
        if package.is_active(attributes) {
            builder.argument(input, index);
        }
    }
    let suspends = is_async;
    builder.terminating(suspends, |builder| builder.block(block));
    builder.frame().leave_body();
    let Some(frame) = builder.frames.pop() else { return Vec::new() };
    match signature.filter(|_| is_async) {
        Some(signature) => {
            vec![crate::machine::assemble(frame.graph, MachineKind::AsyncFn, path, signature.ident.span(), source)]
        }
        None => frame.graph.children,
    }
}

impl Builder<'_> {
    fn argument(&mut self, input: &FnArg, index: usize) {
        match input {
            FnArg::Receiver(receiver) => {
                let (classes, type_name) = match &receiver.kind {
                    ReceiverKind::Reference(_, _, Some(_)) => (Classes::UNIQUE, "&mut Self".to_owned()),
                    ReceiverKind::Reference(_, _, None) => (Classes::SHARED, "&Self".to_owned()),
                    ReceiverKind::Typed(_, ty) => (classes_of(ty, &self.generics, self.package), type_text(ty)),
                    _ => {
                        let own = self.own_type.as_deref().and_then(|own| self.package.type_classes(own));
                        (own.unwrap_or(Classes::NAMED), "Self".to_owned())
                    }
                };
                let line = line_of(receiver.self_token.span);
                self.argument_local("self", classes, type_name, line);
            }
            FnArg::Typed(typed) => {
                let classes = classes_of(&typed.ty, &self.generics, self.package);
                let type_name = type_text(&typed.ty);
                match &*typed.pat {
                    // Moved straight into the local of its name.
                    Pat::Ident(ident) if ident.by_ref.is_none() && ident.subpat.is_none() => {
                        let line = line_of(ident.ident.span());
                        self.argument_local(&name_of(&ident.ident), classes, type_name, line);
                    }
                    pattern => {
                        let line = line_of(typed.colon_token.span);
                        let name = format!("__arg{index}");
                        let local = self.argument_local(&name, classes, type_name, line);
                        let place = self.place_of(local, line);
                        self.bind(pattern, &Matched::place(place), 0);
                    }
                }
            }
        }
    }

    fn argument_local(&mut self, name: &str, classes: Classes, type_name: String, line: u32) -> LocalId {
        let frame = self.frame();
        frame.graph.add_local(Local {
            name: name.to_owned(),
            kind: LocalKind::Upvar,
            classes,
            type_name: Some(type_name.clone()),
            line,
            asked: None,
        });
        let local = frame.declare(name, classes, Some(type_name), line);
        self.assign(local, &Value::of(classes), line);
        self.frame().schedule(local, 0);
        self.frame().name(name, local);
        local
    }
}
