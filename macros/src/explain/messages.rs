//! Every text of `#[explain]` that is an error; `ui-tests/messages/explain_*` show each of them in place.

use super::arguments::KNOWN;
use crate::messages::{list, nearest};

pub(super) fn not_a_function() -> String {
    "only an async function can be explained\n\
     help: put `#[explain]` on an `async fn`, on an `impl` block or on an inline module"
        .into()
}

pub(super) fn not_async(name: &str, returns_future: bool) -> String {
    if returns_future {
        format!(
            "the body of `{name}` does not end in an `async` block, so there is no state machine to explain\n\
             help: put `#[explain]` on the function that makes the future"
        )
    } else {
        format!("`{name}` is not async, so it has no state machine\nhelp: write `async fn`, or remove `#[explain]`")
    }
}

pub(super) fn without_body() -> String {
    "a method without a body has no state machine\nhelp: put `#[explain]` on an implementation of the trait".into()
}

pub(super) fn nothing_async(what: &str) -> String {
    format!("no function in this {what} is async\nhelp: remove `#[explain]`")
}

pub(super) fn not_an_argument() -> String {
    format!("expected an argument\nhelp: write one of {}", list(&KNOWN))
}

pub(super) fn unknown_argument(written: &str) -> String {
    match nearest(written, &KNOWN) {
        Some(meant) => format!("unknown argument `{written}`\nhelp: write `{meant}`"),
        None => format!("unknown argument `{written}`\nhelp: write one of {}", list(&KNOWN)),
    }
}

pub(super) fn expected_bool(name: &str) -> String {
    format!("expected `true` or `false`\nhelp: write `{name} = false`")
}

pub(super) fn expected_constant_name() -> String {
    "expected a name for the constant\nhelp: write `name = PROCESS_MACHINE`".into()
}

pub(super) fn expected_size() -> String {
    "expected a number of bytes\nhelp: write `max_size = 1024`, or `max_size(1024, T = u32)` for a generic function"
        .into()
}

pub(super) fn expected_instance() -> String {
    "expected a parameter and what it is in the instance\nhelp: write `max_size(1024, T = u32)`".into()
}

pub(super) fn expected_count() -> String {
    "expected a number of suspend points\nhelp: write `max_suspends = 4`".into()
}

pub(super) fn expected_denied() -> String {
    "expected what is denied\nhelp: write `deny(self_reference)`".into()
}

pub(super) fn unknown_denied(written: &str) -> String {
    format!("`{written}` cannot be denied\nhelp: write `deny(self_reference)`")
}

pub(super) fn expected_edition() -> String {
    "expected an edition of Rust\nhelp: write `edition = 2021`, or leave it out for 2024".into()
}

pub(super) fn nothing_left() -> String {
    "`docs = false` and `value = false` leave nothing to be done\n\
     help: remove one of the two, or the whole `#[explain]`"
        .into()
}

pub(super) fn name_without_value(name: &str) -> String {
    format!(
        "`name` and `value = false` exclude each other\n\
         help: remove `value = false` for a constant `{name}`, `name = {name}` for none"
    )
}

pub(super) fn name_for_several() -> String {
    "`name` cannot be the name of several machines\n\
     help: put `#[explain(name = …)]` on the one function that it is meant for"
        .into()
}

pub(super) fn value_of_trait_method(self_type: &str) -> String {
    format!(
        "`{self_type}` cannot have constants of its own, so its machines cannot be values\nhelp: remove `value = true`"
    )
}

pub(super) fn generic_without_instance(name: &str, parameters: &[String]) -> String {
    let example: Vec<String> = parameters.iter().map(|parameter| format!("{parameter} = …")).collect();
    format!(
        "`{name}` is generic: its size depends on {}\n\
         help: name the instance that is meant: `max_size(bytes, {})`",
        list(&parameters.iter().map(String::as_str).collect::<Vec<_>>()),
        example.join(", ")
    )
}

pub(super) fn not_a_parameter(written: &str, parameters: &[String]) -> String {
    if parameters.is_empty() {
        return format!("`{written}` is not a parameter: the function is not generic\nhelp: write `max_size = bytes`");
    }
    let parameters: Vec<&str> = parameters.iter().map(String::as_str).collect();
    let one_of = if parameters.len() == 1 { "" } else { "one of " };
    format!("`{written}` is not a parameter of the function\nhelp: write {one_of}{}", list(&parameters))
}

pub(super) fn too_many_suspends(name: &str, actual: usize, allowed: u64) -> String {
    let points = if actual == 1 { "suspend point" } else { "suspend points" };
    format!(
        "`{name}` has {actual} {points}, but `max_suspends` allows {allowed}\n\
         help: await fewer futures in it, for example together with `join!`, or allow {actual}"
    )
}

pub(super) fn self_reference(function: &str, holder: &str, points_at: &str) -> String {
    format!(
        "`{function}` refers to itself: {holder}, which is kept here, {points_at}, which is kept too\n\
         help: end the use of {holder} before this `.await`, or make it after it"
    )
}
