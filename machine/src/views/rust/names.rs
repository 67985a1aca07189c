//! Names that Rust could have, for what has none or one that cannot be written.

use alloc::borrow::ToOwned;
use alloc::format;
use alloc::string::{String, ToString};
use alloc::vec::Vec;

use crate::{Machine, Role, State};

/// The words that are no names; all but those of `PATHS` are names with `r#` in front.
const KEYWORDS: [&str; 49] = [
    "abstract", "as", "async", "await", "become", "box", "break", "const", "continue", "do", "dyn", "else", "enum",
    "extern", "false", "final", "fn", "for", "gen", "if", "impl", "in", "let", "loop", "macro", "match", "mod", "move",
    "mut", "override", "priv", "pub", "ref", "return", "static", "struct", "trait", "true", "try", "type", "typeof",
    "unsafe", "unsized", "use", "virtual", "where", "while", "yield", "_",
];

const PATHS: [&str; 4] = ["self", "Self", "super", "crate"];

/// Words as the name of a type: `process_data` becomes `ProcessData`.
pub fn rust_type_name(words: &str) -> String {
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
    rust_type_name(&format!("{} {block}", path.rsplit("::").next().unwrap_or(path)))
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
        rust.push_str(&rust_type_name(&format!("{function} {kinds}")));
        rest = &rest[end..];
    }
    rust + rest
}

/// Gives the fields of a type names that Rust can write and that differ, though variables may shadow each other.
#[derive(Clone, Debug, Default)]
pub struct RustFieldNames {
    taken: Vec<String>,
}

impl RustFieldNames {
    /// The name of the next field: `type` becomes `r#type`, `self` becomes `self_`, and a second `x` becomes `x_2`.
    pub fn next(&mut self, name: &str) -> String {
        let name = name.strip_prefix("r#").unwrap_or(name);
        let mut name: String = name.chars().map(|part| if part.is_alphanumeric() { part } else { '_' }).collect();
        if name.is_empty() || name.starts_with(|first: char| first.is_ascii_digit()) {
            name.insert(0, '_');
        }
        if PATHS.contains(&&*name) || name == "_" {
            name.push_str(if name == "_" { "value" } else { "_" });
        }
        let count = self.taken.iter().filter(|taken| **taken == name).count();
        self.taken.push(name.clone());
        match count {
            0 if KEYWORDS.contains(&&*name) => format!("r#{name}"),
            0 => name,
            _ => format!("{name}_{}", count + 1),
        }
    }
}

/// The names of a state's fields.
pub(super) fn fields(state: &State) -> Vec<String> {
    let mut names = RustFieldNames::default();
    let one = |name: &str, role| match role {
        Role::Argument => format!("captured_{name}"),
        _ => name.to_string(),
    };
    state.slots.iter().map(|slot| names.next(&one(&slot.name, slot.role))).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{MachineKind, Slot, StateKind};

    #[test]
    fn machines_are_named_for_their_functions() {
        let name =
            |path: &'static str| of_machine(&Machine { path: path.into(), ..Machine::new(MachineKind::AsyncFn) });
        assert_eq!(name("app::process_data"), "ProcessData");
        assert_eq!(name("<app::Server as app::Serve>::serve::{async block#0}"), "ServeAsyncBlock0");
        assert_eq!(name("app::{async block#1}"), "AppAsyncBlock1");
        assert_eq!(name("app::self"), "SelfMachine");
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
    fn fields_are_names_that_differ() {
        let names = ["x", "y", "x", "self", "type", "r#type", "gen", "0", "a.b", "", "_"];
        let slots: Vec<Slot> = names.iter().map(|name| Slot::new((*name).into(), Role::Local)).collect();
        let state = State { slots: slots.into(), ..State::new(StateKind::Suspended(0)) };
        assert_eq!(
            fields(&state),
            ["x", "y", "x_2", "self_", "r#type", "type_2", "r#gen", "_0", "a_b", "_value", "_value_2"]
        );
    }
}
