//! The rows of the cheat sheet that compile. The fourth is `compiler/cheat_sheet_not_unpin_pinned.rs`.

use std::marker::PhantomPinned;
use std::pin::Pin;

/// `Unpin`, not wrapped: moves freely.
fn unpin_bare() -> String {
    let value = String::from("moved");
    let moved = value;
    moved
}

/// `Unpin`, wrapped: `Pin` is transparent.
fn unpin_pinned() -> String {
    let pinned = Box::pin(String::from("moved"));
    *Pin::into_inner(pinned)
}

/// `!Unpin`, not wrapped: it compiles, and it is dangerous once the value points into itself. Here it does not yet.
fn not_unpin_bare() -> (u8, PhantomPinned) {
    let value = (1, PhantomPinned);
    let moved = value;
    moved
}

fn main() {
    assert_eq!(unpin_bare(), unpin_pinned());
    assert_eq!(not_unpin_bare().0, 1);
}
