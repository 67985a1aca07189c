use crate::explain::model::Function;
use crate::quote::{Tokens, quote};
use pinsight_lowering::Prediction;
use std::fmt::Write as _;

/// A section for the end of the docs of the function.
pub(super) fn of(function: &Function) -> Tokens {
    let mut section = String::from(
        "
# State machine

Predicted from the source by `#[explain]`. ",
    );
    add(&mut section, &function.prediction);
    // One attribute a line, as doc comments have it, so that the expansion can be read.
    let lines = section.lines().map(|line| match line {
        "" => quote!(#[doc = #line]),
        line => {
            let line = format!(" {line}");
            quote!(#[doc = #line])
        }
    });
    lines.flatten().collect()
}

fn add(section: &mut String, prediction: &Prediction) {
    // Writing to a string does not fail.
    let _ = write!(section, "{}", prediction.machine.to_rustdoc());
    for child in &prediction.children {
        let machine = &child.machine;
        let place = machine.location.as_ref().map(|place| format!(" in line {}", place.line)).unwrap_or_default();
        let _ = write!(section, "\n## The {}{place}\n\n", machine.kind);
        add(section, child);
    }
}
