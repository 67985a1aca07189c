//! A body, read from its arguments to its end.

use pinsight_machine::MachineKind;
use syn::FnArg;

use super::Builder;
use super::frame::Frame;
use crate::graph::Lowered;
use crate::types::Generics;
use crate::{Package, Source};

/// A body to read.
pub(crate) struct Body<'a> {
    pub(crate) signature: Option<&'a syn::Signature>,
    pub(crate) block: &'a syn::Block,
    /// The parameters of the impl or trait around it.
    pub(crate) generics: Generics,
    pub(crate) own_type: Option<String>,
    pub(crate) path: String,
    pub(crate) source: &'a Source,
    pub(crate) package: &'a Package,
}

/// The graphs of a body: its own, if it is async, and else those of the bodies inside of it.
pub(crate) fn build(body: Body<'_>) -> Vec<Lowered> {
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
            vec![Lowered { graph: frame.graph, kind: MachineKind::AsyncFn, path, spans }]
        }
        None => frame.graph.children,
    }
}
