//! From the syntax of a body to its [`Graph`](crate::graph::Graph), in the order in which it is evaluated.

mod arguments;
mod awaiting;
mod block;
mod body;
mod branch;
mod call;
mod expression;
mod frame;
mod loops;
mod macros;
mod nested;
mod pattern;
mod place;
mod source_text;
mod value;

pub(crate) use body::{Body, build};

use proc_macro2::Span;

use crate::graph::{Action, LocalId, LocalKind};
use crate::types::{Classes, Generics};
use crate::{Package, Source};
use frame::Frame;

/// Reads one body, and those inside of it.
pub(crate) struct Builder<'a> {
    source: &'a Source,
    package: &'a Package,
    generics: Generics,
    /// The class of `Self`, where that is known.
    own_type: Option<String>,
    /// The path of the body, by which those inside of it are known.
    path: String,
    /// The macros that the body defines itself, with what they mention.
    own_macros: Vec<(String, proc_macro2::TokenStream)>,
    /// The innermost is the last.
    frames: Vec<Frame>,
}

impl Builder<'_> {
    fn frame(&mut self) -> &mut Frame {
        // There is always the frame of the body itself.
        let innermost = self.frames.len() - 1;
        &mut self.frames[innermost]
    }

    /// The local with that name; one of a frame around becomes an upvar of each frame between.
    fn resolve(&mut self, name: &str) -> Option<LocalId> {
        self.resolve_in(name, self.frames.len() - 1)
    }

    fn resolve_in(&mut self, name: &str, frame: usize) -> Option<LocalId> {
        if let Some(local) = self.frames[frame].find(name) {
            return Some(local);
        }
        let outer = self.resolve_in(name, frame.checked_sub(1)?)?;
        let (classes, known, line) = {
            let outer = self.frames[frame - 1].graph.local(outer);
            (outer.classes, outer.known.clone(), outer.line)
        };
        let frame = &mut self.frames[frame];
        if let Some((_, inner)) = frame.upvars.iter().find(|(known, _)| *known == outer) {
            return Some(*inner);
        }
        let inner = frame.graph.add_local(crate::graph::Local {
            name: name.to_owned(),
            kind: LocalKind::Upvar,
            classes,
            known,
            line,
            is_mut: false,
            deciding_call: None,
        });
        frame.upvars.push((outer, inner));
        Some(inner)
    }

    fn step(&mut self, local: LocalId, action: Action, line: u32) {
        self.frame().step(local, action, line);
    }

    fn classes(&mut self, local: LocalId) -> Classes {
        self.frame().graph.local(local).classes
    }
}

/// The line in which something begins.
fn line_of(span: Span) -> u32 {
    span.start().line as u32
}

/// The name of an identifier, without the `r#` of a raw one.
fn name_of(ident: &syn::Ident) -> String {
    let name = ident.to_string();
    match name.strip_prefix("r#") {
        Some(plain) => plain.to_owned(),
        None => name,
    }
}
