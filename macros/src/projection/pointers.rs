//! Pointers as pinned fields: what they point to stays where it is when they are moved, so `#[pin]` is not needed.
//!
//! Types are known by their names here, so this serves a warning, and nothing rests on it.

use super::model::{Field, Generics};
use crate::quote::Tokens;
use crate::tokens::{Cursor, is_punct};
use proc_macro2::TokenTree;

/// The pointers of the standard library that are `Unpin` whatever they point to.
const POINTERS: [&str; 3] = ["Box", "Rc", "Arc"];

/// How the type of a field is called in a message, if it is a pointer that is always `Unpin`.
pub(super) fn pointer(field: &Field, generics: &Generics) -> Option<String> {
    // Few types begin like a pointer: a look at the first token is cheaper than to read them.
    let may_be_one = match field.ty.iter().next()? {
        TokenTree::Ident(first) => begins_a_pointer(&first.to_string()),
        TokenTree::Punct(_) | TokenTree::Group(_) => true,
        TokenTree::Literal(_) => false,
    };
    if field.seen.is_parameter || !may_be_one {
        return None;
    }
    let pointer = of_type(&field.ty)?;
    let is_declared = generics.type_parameters().any(|parameter| begins_a_pointer(&parameter.squeezed()));
    (!is_declared).then_some(pointer)
}

fn begins_a_pointer(name: &str) -> bool {
    POINTERS.iter().chain(&["Pin", "std", "core", "alloc"]).any(|pointer| *pointer == name)
}

fn of_type(ty: &Tokens) -> Option<String> {
    let mut ty = Cursor::new(ty.clone());
    ty.open_invisible();
    if ty.punct('&').is_some() {
        if ty.punct('\'').is_some() {
            ty.ident();
        }
        return Some(if ty.peek_keyword("mut") { "&mut _" } else { "&_" }.into());
    }
    let name = name_in_std(&mut ty)?;
    ty.punct('<')?;
    let inner = ty.take_until(|token| is_punct(token, '>'));
    ty.punct('>')?;
    if !ty.is_empty() {
        return None;
    }
    if name == "Pin" {
        // A `Pin` is as movable as the pointer in it.
        return of_type(&inner.into_iter().collect()).map(|inner| format!("Pin<{inner}>"));
    }
    POINTERS.contains(&name.as_str()).then(|| format!("{name}<_>"))
}

/// `Box`, or the last name of a path that begins in the standard library.
fn name_in_std(path: &mut Cursor) -> Option<String> {
    path.path_separator();
    let first = path.ident()?.to_string();
    let mut last = first.clone();
    let mut is_alone = true;
    while path.path_separator().is_some() {
        last = path.ident()?.to_string();
        is_alone = false;
    }
    (is_alone || ["std", "core", "alloc"].contains(&first.as_str())).then_some(last)
}

/// Whether the attributes of a type allow the lint by which warnings are made.
pub(super) fn allows_warnings(allowed: &Tokens) -> bool {
    allowed.iter().any(|token| match token {
        TokenTree::Ident(name) => {
            crate::tokens::is_word(name, "deprecated") || crate::tokens::is_word(name, "warnings")
        }
        TokenTree::Group(group) => allows_warnings(&group.stream().into()),
        _ => false,
    })
}
