//! Every text that a user of the macros can see. `ui-tests/messages/` shows each of them in place.
//!
//! As rustc writes: lower-case, no full stop, code in backticks, then `help:` with what to write instead.

use crate::projection::{Door, KNOWN_ARGUMENTS};

pub(crate) fn not_a_struct_or_enum() -> String {
    "only a struct or an enum can be projected\n\
     help: put this attribute on the declaration of the type whose fields are to be projected"
        .into()
}

pub(crate) fn on_union() -> String {
    "a union cannot be projected: which of its fields is alive is not known\n\
     help: use an enum, with one variant for each field of the union"
        .into()
}

pub(crate) fn missing_name() -> String {
    "the type has no name yet\nhelp: write a name here".into()
}

pub(crate) fn missing_body() -> String {
    "the type has no body yet\nhelp: write its variants in `{ … }`".into()
}

pub(crate) fn packed(name: &str) -> String {
    format!(
        "`{name}` cannot be projected, because it is packed\n\
         help: remove `packed`, or do not derive projections for this type\n\
         note: a packed field may be moved to be dropped, which pinning forbids, and it cannot be borrowed"
    )
}

pub(crate) fn duplicate_attribute(name: &str) -> String {
    format!("duplicate `#[{name}]` attribute\nhelp: remove one of the two")
}

pub(crate) fn duplicate_argument(name: &str) -> String {
    format!("duplicate `{name}` argument\nhelp: remove one of the two")
}

pub(crate) fn pin_on_type() -> String {
    "not expected here: `#[pin]` without arguments belongs on a field\n\
     help: write `#[pin]` on each field that is to be pinned with the type, or give arguments: `#[pin(project = Name)]`"
        .into()
}

pub(crate) fn pin_beside_pin_project() -> String {
    "not expected here: `#[pin]` belongs on a field\n\
     help: write `#[pin]` on each field that is to be pinned, and arguments for the type in `#[pin_project(…)]`"
        .into()
}

pub(crate) fn pin_on_variant() -> String {
    "not expected here: `#[pin]` belongs on a field, not on a variant\n\
     help: write `#[pin]` on each field of the variant that is to be pinned"
        .into()
}

pub(crate) fn pin_takes_nothing_on_a_field() -> String {
    "`#[pin]` on a field takes no arguments\nhelp: write `#[pin]`".into()
}

pub(crate) fn arguments_removed() -> String {
    "another macro has removed the arguments of this projection\n\
     help: move `#[pin_project]` below the attribute of that macro"
        .into()
}

pub(crate) fn pin_project_beside_derive(arguments: &str) -> String {
    let arguments = if arguments.is_empty() { "(…)" } else { arguments };
    format!(
        "`#[derive(PinProject)]` takes its arguments in `#[pin(…)]`, not in `#[pin_project(…)]`\n\
         help: write `#[pin{arguments}]`"
    )
}

pub(crate) fn later_macro(door: Door) -> String {
    let ours = match door {
        Door::Derive => "#[derive(PinProject)]",
        Door::HandedOver => "#[pin_project]",
    };
    format!(
        "this macro runs after `{ours}`, and may change the type that has been projected\n\
         help: write `{ours}` below it"
    )
}

pub(crate) fn macro_in_generics() -> String {
    "a macro cannot stand in the parameters and bounds of a projected type, because they are repeated in its implementations\n\
     help: give what the macro stands for a name with `type` or `const`, and write that name here"
        .into()
}

pub(crate) fn stray_comma() -> String {
    "expected an argument before this comma\nhelp: remove the comma".into()
}

pub(crate) fn not_an_argument() -> String {
    format!("expected an argument\nhelp: write one of {}", known_arguments())
}

pub(crate) fn unknown_argument(written: &str) -> String {
    match nearest(written, &KNOWN_ARGUMENTS) {
        Some(meant) => format!("unknown argument `{written}`\nhelp: write `{meant}`"),
        None => format!("unknown argument `{written}`\nhelp: write one of {}", known_arguments()),
    }
}

pub(crate) fn unpin_without_bang() -> String {
    "unknown argument `Unpin`: without arguments, the type is `Unpin` when all its pinned fields are\n\
     help: write `!Unpin` for a type that never is, `UnsafeUnpin` to implement it by hand"
        .into()
}

pub(crate) fn bang_without_unpin() -> String {
    "expected `!Unpin`\nhelp: write `!Unpin`".into()
}

pub(crate) fn replace_was_removed() -> String {
    "unknown argument `Replace`\nhelp: write `project_replace`".into()
}

pub(crate) fn takes_no_value(name: &str) -> String {
    format!("`{name}` takes no value\nhelp: write `{name}`")
}

pub(crate) fn visibility_of_what(name: &str) -> String {
    format!(
        "a visibility goes before `project`, `project_ref` or `project_replace`, not before `{name}`\nhelp: write `{name}`"
    )
}

pub(crate) fn expected_name(argument: &str) -> String {
    format!("expected a name for the type that `{argument}` returns\nhelp: write `{argument} = Name`")
}

pub(crate) fn one_name_only(argument: &str) -> String {
    format!("expected one name after `{argument} =`\nhelp: write `{argument} = Name`, and a comma before what follows")
}

pub(crate) fn name_in_quotes(argument: &str, value: &str) -> String {
    format!("expected a name, not a string\nhelp: write `{argument} = {value}`")
}

pub(crate) fn expected_path() -> String {
    "expected the path of the `pinsight` crate\nhelp: write `crate = some::path`".into()
}

pub(crate) fn name_of_the_type(name: &str) -> String {
    format!("the projection cannot have the name of the type, `{name}`\nhelp: write another name, such as `{name}Proj`")
}

pub(crate) fn name_used_twice(name: &str, first: &str) -> String {
    format!("the name `{name}` is already that of `{first}`\nhelp: write another name")
}

pub(crate) fn unpin_twice() -> String {
    "`UnsafeUnpin` and `!Unpin` exclude each other\n\
     help: write `!Unpin` alone for a type that is never `Unpin`, `UnsafeUnpin` alone to implement it by hand"
        .into()
}

pub(crate) fn replace_with_pinned_drop() -> String {
    "`PinnedDrop` and `project_replace` exclude each other: replacing takes the type apart, so its drop could not run\n\
     help: remove one of the two, or replace the whole value with `Pin::set`"
        .into()
}

pub(crate) fn replace_of_enum_without_name() -> String {
    "`project_replace` on an enum needs a name\nhelp: write `project_replace = Name`".into()
}

pub(crate) fn missing_pin(name: &str) -> String {
    format!(
        "no field of `{name}` is pinned, so `project` gives `&mut` to every one of them\n\
         help: write `#[pin]` above the field that is polled, or `#[pin(unpinned)]` above the type if none is"
    )
}

pub(crate) fn phantom_without_pin(field: &str) -> String {
    format!(
        "the field `{field}` has no effect, because it is not pinned: `PhantomPinned` must be a pinned field to count\n\
         help: write `#[pin]` above it, or `#[pin(!Unpin)]` above the type instead of the field"
    )
}

pub(crate) fn needless_pin(field: &str, pointer: &str, is_only_one: bool) -> String {
    let reach = if pointer.starts_with("Pin<") { format!(" and poll `this.{field}.as_mut()`") } else { String::new() };
    let alone = if is_only_one { ", with `#[pin(unpinned)]` above the type" } else { "" };
    format!(
        "the field `{field}` needs no `#[pin]`: its `{pointer}` may always be moved, and what that points to stays where it is\n\
         help: remove `#[pin]`{reach}{alone}, or write `#[allow(deprecated)]` above the type to keep it"
    )
}

pub(crate) fn pinned_drop_on_what() -> String {
    "`#[pinned_drop]` belongs on an implementation of `PinnedDrop`\n\
     help: write `#[pinned_drop] impl PinnedDrop for Type { fn drop(self: Pin<&mut Self>) { … } }`"
        .into()
}

pub(crate) fn pinned_drop_takes_nothing() -> String {
    "`#[pinned_drop]` takes no arguments\nhelp: write `#[pinned_drop]`".into()
}

pub(crate) fn pinned_drop_of_drop() -> String {
    "`#[pinned_drop]` implements `PinnedDrop`, not `Drop`\nhelp: write `impl PinnedDrop for …`".into()
}

pub(crate) fn pinned_drop_inherent() -> String {
    "`#[pinned_drop]` belongs on an implementation of `PinnedDrop`, not of the type's own methods\n\
     help: write `impl PinnedDrop for …`"
        .into()
}

pub(crate) fn pinned_drop_negative() -> String {
    "`PinnedDrop` cannot be implemented negatively\nhelp: remove the `!`, or the whole implementation".into()
}

pub(crate) fn pinned_drop_is_safe(what: &str) -> String {
    format!("implementing {what} is not unsafe\nhelp: remove `unsafe`")
}

pub(crate) fn pinned_drop_for_what() -> String {
    "`PinnedDrop` can be implemented for a struct or an enum only\nhelp: name the type that derives the projection"
        .into()
}

pub(crate) fn pinned_drop_missing_method() -> String {
    "missing the method `drop` of `PinnedDrop`\nhelp: write `fn drop(self: Pin<&mut Self>) { … }`".into()
}

pub(crate) fn pinned_drop_other_item(kind: &str, name: &str) -> String {
    format!("{kind} `{name}` is not a member of `PinnedDrop`\nhelp: write only `fn drop(self: Pin<&mut Self>) {{ … }}`")
}

pub(crate) fn pinned_drop_duplicate() -> String {
    "duplicate method `drop`\nhelp: remove one of the two".into()
}

pub(crate) fn pinned_drop_returns() -> String {
    "`drop` returns nothing\nhelp: remove the return type".into()
}

pub(crate) fn pinned_drop_argument() -> String {
    "`drop` must take the one argument `self: Pin<&mut Self>`\nhelp: write `fn drop(self: Pin<&mut Self>)`".into()
}

pub(crate) fn pinned_drop_lite_argument() -> String {
    "`drop` must take the one argument `this: Pin<&mut Self>`\nhelp: write `fn drop(this: Pin<&mut Self>)`".into()
}

pub(crate) fn pinned_drop_qualifier(word: &str) -> String {
    format!("`drop` cannot be `{word}`\nhelp: write `fn drop(self: Pin<&mut Self>)`")
}

pub(crate) fn pinned_drop_and_more() -> String {
    "not expected here: behind the type stands one implementation of `PinnedDrop`, and nothing else\n\
     help: move this out of the macro"
        .into()
}

pub(crate) fn lite_not_a_struct_or_enum() -> String {
    "expected a struct or an enum\nhelp: write the declaration of the type whose fields are to be projected".into()
}

pub(crate) fn lite_pin_on_type() -> String {
    "not expected here: `#[pin]` belongs on a field\nhelp: write `#[pin]` on each field that is to be pinned".into()
}

pub(crate) fn lite_and_more() -> String {
    "not expected here: `pin_project!` takes one type, and behind it at most an implementation of `PinnedDrop`\n\
     help: move this out of the macro, or into a `pin_project!` of its own"
        .into()
}

pub(crate) fn lite_drop_of_what() -> String {
    "only `PinnedDrop` can be implemented inside of the macro\nhelp: move this implementation out of the macro".into()
}

pub(crate) fn lite_expected_name(argument: &str) -> String {
    format!("expected one name for the type that `{argument}` returns\nhelp: write `#[{argument} = Name]`")
}

pub(crate) fn lite_unknown_project(written: &str) -> String {
    format!("unknown argument `{written}`\nhelp: write `#[project(!Unpin)]`, or `#[project = Name]`")
}

fn known_arguments() -> String {
    list(&KNOWN_ARGUMENTS)
}

/// Names as code, with commas.
pub(crate) fn list(names: &[&str]) -> String {
    names.iter().map(|name| format!("`{name}`")).collect::<Vec<_>>().join(", ")
}

/// The known argument that `written` was probably meant to be: at most a third of it is different.
pub(crate) fn nearest(written: &str, known: &[&'static str]) -> Option<&'static str> {
    let (distance, meant) =
        known.iter().map(|known| (distance(&written.to_lowercase(), &known.to_lowercase()), *known)).min()?;
    (distance <= written.len().max(meant.len()) / 3).then_some(meant)
}

/// Levenshtein's distance.
fn distance(left: &str, right: &str) -> usize {
    let right: Vec<char> = right.chars().collect();
    let mut row: Vec<usize> = (0..=right.len()).collect();
    for (i, from) in left.chars().enumerate() {
        let mut diagonal = row[0];
        row[0] = i + 1;
        for (j, to) in right.iter().enumerate() {
            let substituted = diagonal + usize::from(from != *to);
            diagonal = row[j + 1];
            row[j + 1] = substituted.min(row[j] + 1).min(diagonal + 1);
        }
    }
    row[right.len()]
}
