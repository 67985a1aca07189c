use alloc::borrow::ToOwned;
use alloc::collections::BTreeMap;
use alloc::format;
use alloc::string::String;
use alloc::vec::Vec;

use crate::{Child, Machine};

/// Shortens a type to what a reader needs: each path to its last name, and no default allocator. The name of a coroutine or
/// closure is only clear with the function that it is in, which therefore stays. Where two types would look the same, they keep as much as tells them
/// apart.
///
/// ```
/// use pinsight_machine::views::short_type_name;
///
/// assert_eq!(short_type_name("alloc::vec::Vec<alloc::string::String, alloc::alloc::Global>"), "Vec<String>");
/// assert_eq!(short_type_name("app::net::send::{async_fn_env#0}<&str>"), "send::{async fn}<&str>");
/// assert_eq!(short_type_name("(std::io::Error, core::fmt::Error)"), "(io::Error, fmt::Error)");
/// ```
pub fn short_type_name(type_name: &str) -> String {
    let mut names = ShortNames::default();
    names.add(type_name);
    names.shorten(type_name)
}

impl Machine {
    /// The path with the type arguments of this instance, which are shortened as types are elsewhere: `app::hold<String>`.
    pub fn short_name(&self) -> String {
        if self.type_arguments.is_empty() {
            return self.path.clone().into_owned();
        }
        let arguments: Vec<String> = self.type_arguments.iter().map(|argument| short_type_name(argument)).collect();
        format!("{}<{}>", self.path, arguments.join(", "))
    }
}

/// Shortens types that are shown beside each other, so that no two look the same.
#[derive(Clone, Debug, Default)]
pub struct ShortNames {
    /// By the shortest form that is possible, the full paths which have it.
    paths: BTreeMap<String, Vec<String>>,
}

impl ShortNames {
    /// Makes the types of that machine known.
    pub fn of(machine: &Machine) -> Self {
        let mut names = ShortNames::default();
        for slot in machine.states.iter().flat_map(|state| state.slots.iter()) {
            slot.type_name.iter().for_each(|type_name| names.add(type_name));
            slot.child.iter().for_each(|child| names.add_child(child));
        }
        names
    }

    /// Makes a further type known.
    pub fn add(&mut self, type_name: &str) {
        let type_name = without_default_allocator(type_name);
        for piece in pieces(&type_name) {
            let Piece::Path(path) = piece else { continue };
            let same = self.paths.entry(suffix(path, 1)).or_default();
            if !same.iter().any(|known| known == path) {
                same.push(path.to_owned());
            }
        }
    }

    fn add_child(&mut self, child: &Child) {
        self.add(&child.type_name);
        child.children.iter().for_each(|child| self.add_child(child));
    }

    /// Shortens a type as [`short_type_name`] does, but tells it apart from all that are known.
    pub fn shorten(&self, type_name: &str) -> String {
        let type_name = without_default_allocator(type_name);
        let mut short = String::with_capacity(type_name.len());
        for piece in pieces(&type_name) {
            match piece {
                Piece::Path(path) => short.push_str(&self.shorten_path(path)),
                Piece::Other(text) => short.push_str(text),
            }
        }
        short
    }

    fn shorten_path(&self, path: &str) -> String {
        let shortest = suffix(path, 1);
        let Some(rivals) = self.paths.get(&shortest) else { return shortest };
        let segments = path.split("::").count();
        (1..=segments)
            .map(|kept| (kept, suffix(path, kept)))
            .find(|(kept, short)| rivals.iter().all(|rival| rival == path || suffix(rival, *kept) != *short))
            .map_or_else(|| path.to_owned(), |(_, short)| short)
    }
}

/// A part of the text of a type.
enum Piece<'a> {
    /// Names joined by `::`, or a single name.
    Path(&'a str),
    /// Everything between them.
    Other(&'a str),
}

/// Cuts a type into paths and what is between them. The text is the compiler's and no syntax is rejected.
fn pieces(type_name: &str) -> Vec<Piece<'_>> {
    let mut pieces = Vec::new();
    let mut rest = type_name;
    while !rest.is_empty() {
        let other = rest.find(is_name).unwrap_or(rest.len());
        let (before, from_name) = rest.split_at(other);
        if !before.is_empty() {
            pieces.push(Piece::Other(before));
        }
        let (path, after) = from_name.split_at(path_length(from_name));
        // In `<T as Trait>::Item` the last name belongs to what is before it.
        match path {
            "" => {}
            _ if before.ends_with("::") => pieces.push(Piece::Other(path)),
            _ => pieces.push(Piece::Path(path)),
        }
        rest = after;
    }
    pieces
}

fn is_name(char: char) -> bool {
    char.is_alphanumeric() || char == '_'
}

/// The length of the path with which the text begins, in bytes. `{async_fn_env#0}` is a name where it follows a `::`.
fn path_length(text: &str) -> usize {
    let name_length = |text: &str| text.find(|char| !is_name(char)).unwrap_or(text.len());
    let mut length = name_length(text);
    while let Some(next) = text[length..].strip_prefix("::") {
        let name = match next.strip_prefix('{') {
            Some(braced) => braced.find('}').map_or(0, |end| end + 2),
            None => name_length(next),
        };
        if name == 0 {
            break;
        }
        length += 2 + name;
    }
    length
}

/// The last names of a path, as many as asked for, and more while the first of them says nothing alone.
fn suffix(path: &str, kept: usize) -> String {
    let segments: Vec<&str> = path.split("::").collect();
    let mut start = segments.len().saturating_sub(kept);
    while start > 0 && segments[start].starts_with('{') {
        start -= 1;
    }
    let mut short = String::new();
    for (index, segment) in segments[start..].iter().enumerate() {
        if index > 0 {
            short.push_str("::");
        }
        push_segment(&mut short, segment);
    }
    short
}

/// `{async_block_env#1}` as `{async block#1}`; of a function there is only one, so that its number says nothing.
fn push_segment(short: &mut String, segment: &str) {
    let Some((kind, number)) = segment.split_once("_env#").filter(|(kind, _)| kind.starts_with('{')) else {
        short.push_str(segment);
        return;
    };
    short.push_str(&kind.replace('_', " "));
    if kind.ends_with("fn") {
        short.push('}');
    } else {
        short.push('#');
        short.push_str(number);
    }
}

fn without_default_allocator(type_name: &str) -> String {
    type_name.replace(", alloc::alloc::Global>", ">").replace(",alloc::alloc::Global>", ">")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn paths_lose_their_modules() {
        for (full, short) in [
            ("u8", "u8"),
            ("", ""),
            ("&mut tokio::net::tcp::stream::TcpStream", "&mut TcpStream"),
            ("[alloc::string::String; 3]", "[String; 3]"),
            ("dyn core::future::future::Future<Output=()> + core::marker::Send", "dyn Future<Output=()> + Send"),
            ("<T as core::iter::traits::iterator::Iterator>::Item", "<T as Iterator>::Item"),
            ("app::main::{async_block_env#1}", "main::{async block#1}"),
            ("app::main::{closure#0}::{async_closure_env#0}", "main::{closure#0}::{async closure#0}"),
            ("a::{impl#3}::{closure_env#2}<u8>", "a::{impl#3}::{closure#2}<u8>"),
            ("fn(u8) -> app::Reply {app::handler}", "fn(u8) -> Reply {handler}"),
            ("*const [alloc::vec::Vec<u8, alloc::alloc::Global>]", "*const [Vec<u8>]"),
            ("a::::b", "a::::b"),
            ("a::{b", "a::{b"),
        ] {
            assert_eq!(short_type_name(full), short);
        }
    }

    #[test]
    fn what_would_look_the_same_is_told_apart() {
        let mut names = ShortNames::default();
        ["std::io::error::Error", "core::fmt::Error", "x::error::Error", "u8"].iter().for_each(|name| names.add(name));
        assert_eq!(names.shorten("core::fmt::Error"), "fmt::Error");
        assert_eq!(names.shorten("std::io::error::Error"), "io::error::Error");
        assert_eq!(names.shorten("&x::error::Error"), "&x::error::Error");
        assert_eq!(names.shorten("Error"), "Error", "a type that is not known has nothing to be confused with");
    }
}
