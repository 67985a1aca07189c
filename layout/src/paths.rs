//! From the compiler's names to the path that a person would write.

use std::borrow::Cow;

use pinsight_machine::MachineKind;

use crate::coroutine_names::CoroutineName;

/// The path of a coroutine. `linkage_name` is that of the function that polls it: the only place where the type of an impl
/// block is named.
pub(crate) fn human_path(namespaces: &[&str], name: CoroutineName<'_>, linkage_name: Option<&str>) -> String {
    let mut parts: Vec<Cow<'_, str>> = Vec::new();
    let implementation = namespaces.iter().rposition(|part| part.starts_with("{impl#"));
    let mut rest = namespaces;
    if let Some(place) = implementation
        && let Some(owner) = linkage_name.and_then(|name| owner_of(name, namespaces.len() - place))
    {
        parts.push(owner.into());
        rest = &namespaces[place + 1..];
    }
    for part in rest {
        match CoroutineName::parse(part) {
            Some(inner) => push_body(&mut parts, inner),
            None => parts.push(Cow::Borrowed(part)),
        }
    }
    push_body(&mut parts, name);
    parts.join("::")
}

/// An `async fn` is called by its own name, which stands before it; blocks and closures have none.
fn push_body(parts: &mut Vec<Cow<'_, str>>, name: CoroutineName<'_>) {
    match name.kind {
        MachineKind::AsyncFn | MachineKind::GenFn | MachineKind::AsyncGenFn => {}
        MachineKind::AsyncClosure | MachineKind::GenClosure | MachineKind::AsyncGenClosure => {
            // `{closure#1}::{async_closure#0}`: the closure, and the body that it returns.
            let number = parts
                .pop_if(|last| last.starts_with("{closure#"))
                .and_then(|last| Some(last.strip_prefix("{closure#")?.strip_suffix('}')?.to_owned()))
                .unwrap_or_else(|| name.number.to_owned());
            parts.push(format!("{{{}#{number}}}", name.kind).into());
        }
        MachineKind::AsyncBlock | MachineKind::GenBlock | MachineKind::AsyncGenBlock | MachineKind::Coroutine => {
            parts.push(format!("{{{}#{}}}", name.kind, name.number).into());
        }
    }
}

/// `app::Server` or `<app::Server as app::Service>` from the mangled name of a function whose path goes on with `after`
/// segments behind that.
fn owner_of(linkage_name: &str, after: usize) -> Option<String> {
    let demangled = format!("{:#}", rustc_demangle::try_demangle(linkage_name).ok()?);
    let parts = segments(&demangled);
    // Of a generic function v0 names the arguments in a segment of its own: `recv::<u8>`. What comes first is the owner.
    let segments: Vec<&str> = parts
        .into_iter()
        .enumerate()
        .filter(|(place, part)| *place == 0 || !part.starts_with('<'))
        .map(|(_, part)| part)
        .collect();
    let kept = segments.len().checked_sub(after).filter(|kept| *kept > 0)?;
    let mut owner = segments[..kept].join("::");
    // v0 writes the type of an inherent impl in brackets.
    if owner.starts_with('<') && owner.ends_with('>') && !owner.contains(" as ") {
        owner = owner[1..owner.len() - 1].to_owned();
    }
    Some(spaced(&owner))
}

/// The segments of a path, cut at each `::` that is in no brackets.
pub(crate) fn segments(path: &str) -> Vec<&str> {
    let bytes = path.as_bytes();
    let (mut depth, mut start) = (0u32, 0);
    let mut segments = Vec::new();
    for (index, byte) in bytes.iter().enumerate() {
        match byte {
            b'<' | b'(' | b'[' | b'{' => depth += 1,
            b'>' if index > 0 && bytes[index - 1] == b'-' => {}
            b'>' | b')' | b']' | b'}' => depth = depth.saturating_sub(1),
            b':' if depth == 0 && bytes.get(index + 1) == Some(&b':') => {
                segments.push(&path[start..index]);
                start = index + 2;
            }
            _ => {}
        }
    }
    segments.push(&path[start.min(path.len())..]);
    segments
}

/// `u8` and `Vec<T, A>` from `<u8, Vec<T, A>>`.
pub(crate) fn split_arguments(arguments: &str) -> Vec<String> {
    let Some(inner) = arguments.strip_prefix('<').and_then(|inner| inner.strip_suffix('>')) else { return Vec::new() };
    let bytes = inner.as_bytes();
    let (mut depth, mut start) = (0u32, 0);
    let mut list = Vec::new();
    for (index, byte) in bytes.iter().enumerate() {
        match byte {
            b'<' | b'(' | b'[' | b'{' => depth += 1,
            b'>' if index > 0 && bytes[index - 1] == b'-' => {}
            b'>' | b')' | b']' | b'}' => depth = depth.saturating_sub(1),
            b',' if depth == 0 => {
                list.push(inner[start..index].trim().to_owned());
                start = index + 1;
            }
            _ => {}
        }
    }
    list.push(inner[start..].trim().to_owned());
    list
}

/// One space after each comma, as the older mangling has none.
fn spaced(text: &str) -> String {
    let mut spaced = String::with_capacity(text.len());
    let mut rest = text.chars().peekable();
    while let Some(character) = rest.next() {
        spaced.push(character);
        if character == ',' && !matches!(rest.peek(), Some(' ' | ')' | '>' | ']') | None) {
            spaced.push(' ');
        }
    }
    spaced
}
