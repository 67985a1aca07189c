/// How a method takes its receiver.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Receiver {
    ByValue,
    ByReference,
    Unknown,
}

/// How a call takes a value with these bounds.
pub(super) fn called_by<'b>(bounds: impl Iterator<Item = &'b syn::TypeParamBound>) -> Option<Receiver> {
    bounds.into_iter().find_map(|bound| match bound {
        syn::TypeParamBound::Trait(bound) => match bound.path.segments.last()?.ident.to_string().as_str() {
            "Fn" | "FnMut" | "AsyncFn" | "AsyncFnMut" => Some(Receiver::ByReference),
            "FnOnce" | "AsyncFnOnce" => Some(Receiver::ByValue),
            _ => None,
        },
        _ => None,
    })
}
