//! Names that Rust could have, for what has none or one that cannot be written.

use std::collections::BTreeMap;

use pinsight_machine::{Machine, Role, Slot, State};

/// `process_data` made a type's name: `ProcessData`.
pub(super) fn camel_case(words: &str) -> String {
    let mut name = String::new();
    for word in words.split(|character: char| !character.is_alphanumeric()).filter(|word| !word.is_empty()) {
        let mut characters = word.chars();
        name.extend(characters.next().into_iter().flat_map(char::to_uppercase));
        name.push_str(characters.as_str());
    }
    if name.is_empty() || name.starts_with(|first: char| first.is_ascii_digit()) {
        name.insert_str(0, "Machine");
    }
    // The one word in this form that is no name.
    if name == "Self" { "SelfMachine".to_owned() } else { name }
}

/// The machine as a type: the last name of its path, and of a block or closure that of the function too.
pub(super) fn of_machine(machine: &Machine) -> String {
    let last_braces = machine.path.rfind("::{").map(|at| machine.path.split_at(at));
    let (path, block) = last_braces.filter(|_| machine.path.ends_with('}')).unwrap_or((&machine.path, ""));
    camel_case(&format!("{} {block}", path.rsplit("::").next().unwrap_or(path)))
}

/// A type in which the names in braces, which only the compiler can give, are those of the types that [`of_machine`] makes:
/// `MaybeDone<operation::{async fn}>` becomes `MaybeDone<Operation>`.
pub(super) fn in_type(type_name: &str) -> String {
    let mut rust = String::new();
    let mut rest = type_name;
    while let Some(open) = rest.find('{') {
        let before = &rest[..open];
        let is_part = |character: char| character.is_alphanumeric() || character == '_' || character == ':';
        let start = before
            .rfind(|character| !is_part(character))
            .map_or(0, |at| at + before[at..].chars().next().map_or(1, char::len_utf8));
        let mut end = open;
        // `serve::{async block#0}::{closure#1}`
        while let Some(length) = rest[end..].starts_with('{').then(|| rest[end..].find('}')).flatten() {
            end += length + 1;
            end += if rest[end..].starts_with("::{") { 2 } else { 0 };
        }
        if end == open {
            break;
        }
        rust.push_str(&before[..start]);
        let function = before[start..].trim_end_matches(':').rsplit("::").next().unwrap_or_default();
        let kinds = rest[open..end].replace("{async fn}", "");
        rust.push_str(&camel_case(&format!("{function} {kinds}")));
        rest = &rest[end..];
    }
    rust + rest
}

/// The names of a state's fields: different ones, though variables may shadow each other.
pub(super) fn fields(state: &State) -> Vec<String> {
    let mut seen: BTreeMap<String, usize> = BTreeMap::new();
    let one = |slot: &Slot| {
        let name = match slot.role {
            Role::Argument => format!("captured_{}", slot.name),
            _ => slot.name.to_string(),
        };
        let mut name: String = name.chars().map(|part| if part.is_alphanumeric() { part } else { '_' }).collect();
        if name == "self" || name.starts_with(|first: char| first.is_ascii_digit()) {
            name.insert(0, '_');
        }
        let count = seen.entry(name.clone()).or_default();
        *count += 1;
        if *count == 1 { name } else { format!("{name}_{count}") }
    };
    state.slots.iter().map(one).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use pinsight_machine::{MachineKind, StateKind};

    #[test]
    fn machines_are_named_for_their_functions() {
        let name =
            |path: &'static str| of_machine(&Machine { path: path.into(), ..Machine::new(MachineKind::AsyncFn) });
        assert_eq!(name("app::process_data"), "ProcessData");
        assert_eq!(name("<app::Server as app::Serve>::serve::{async block#0}"), "ServeAsyncBlock0");
        assert_eq!(name("app::{async block#1}"), "AppAsyncBlock1");
        assert_eq!(name(""), "Machine");
    }

    #[test]
    fn types_have_no_braces() {
        assert_eq!(in_type("&mut Vec<u8>"), "&mut Vec<u8>");
        assert_eq!(in_type("operation::{async fn}"), "Operation");
        assert_eq!(in_type("MaybeDone<net::send::{async fn}<&str>>"), "MaybeDone<Send<&str>>");
        assert_eq!(
            in_type("(f::{async block#0}, g::{closure#1}::{async closure})"),
            "(FAsyncBlock0, GClosure1AsyncClosure)"
        );
        assert_eq!(in_type("half {"), "half {");
    }

    #[test]
    fn fields_differ() {
        let slots = ["x", "y", "x", "self"].map(|name| Slot::new(name.into(), Role::Local)).to_vec();
        let state = State { slots: slots.into(), ..State::new(StateKind::Suspended(0)) };
        assert_eq!(fields(&state), ["x", "y", "x_2", "_self"]);
    }
}
