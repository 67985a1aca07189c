//! A function's body begins by moving its arguments into locals.

use pinsight_machine::MachineKind;
use syn::{FnArg, Pat, ReceiverKind};

use super::binding::Matched;
use super::frame::Frame;
use super::value::Value;
use super::{Builder, line_of, name_of};
use crate::graph::{Local, LocalId, LocalKind};
use crate::types::{Classes, Generics, Known, classes_of};
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
            let spans = (signature.ident.span(), block.brace_token.span.open());
            vec![crate::machine::assemble(frame.graph, MachineKind::AsyncFn, path, spans, source)]
        }
        None => frame.graph.children,
    }
}

impl Builder<'_> {
    fn argument(&mut self, input: &FnArg, index: usize) {
        match input {
            FnArg::Receiver(receiver) => {
                let (classes, known) = match &receiver.kind {
                    ReceiverKind::Reference(_, _, Some(_)) => (Classes::UNIQUE, "&mut Self"),
                    ReceiverKind::Reference(_, _, None) => (Classes::SHARED, "&Self"),
                    ReceiverKind::Typed(_, ty) => {
                        let classes = classes_of(ty, &self.generics, self.package);
                        let line = line_of(receiver.self_token.span);
                        self.argument_local("self", classes, Known::new(ty), line);
                        return;
                    }
                    _ => {
                        let own = self.own_type.as_deref().and_then(|own| self.package.type_classes(own));
                        (own.unwrap_or(Classes::NAMED), "Self")
                    }
                };
                let line = line_of(receiver.self_token.span);
                let known = syn::parse_str(known).ok().as_ref().and_then(Known::new);
                self.argument_local("self", classes, known, line);
            }
            FnArg::Typed(typed) => {
                let classes = classes_of(&typed.ty, &self.generics, self.package);
                let known = Known::new(&typed.ty);
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

    pub(super) fn argument_local(&mut self, name: &str, classes: Classes, known: Option<Known>, line: u32) -> LocalId {
        let frame = self.frame();
        frame.graph.add_local(Local {
            name: name.to_owned(),
            kind: LocalKind::Upvar,
            classes,
            known: known.clone(),
            line,
            is_mut: false,
            asked: None,
        });
        let local = frame.declare(name, classes, known, line);
        self.assign(local, &Value::of(classes), line);
        self.frame().schedule(local, 0);
        self.frame().name(name, local);
        local
    }
}
