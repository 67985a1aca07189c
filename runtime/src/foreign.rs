//! Code of others that is called where a panic must not get out: wakers, hooks, and what is dropped in passing.

use std::panic::{AssertUnwindSafe, catch_unwind};
use std::task::Waker;

/// Calls foreign code whose panic is the business of nobody who is left.
pub(crate) fn swallow(function: impl FnOnce()) {
    if let Err(payload) = catch_unwind(AssertUnwindSafe(function)) {
        // It may panic in its drop as well. What comes of that stays in memory: there would be no end to it.
        std::mem::forget(catch_unwind(AssertUnwindSafe(|| drop(payload))));
    }
}

/// Writes to stderr. Not by `eprint`, which panics when nobody reads it.
pub(crate) fn note(text: std::fmt::Arguments<'_>) {
    let _ = std::io::Write::write_fmt(&mut std::io::stderr(), text);
}

/// Wakes all of them, also if one panics: it is not the others' fault, nor the executor's.
pub(crate) fn wake(mut wakers: impl Iterator<Item = Waker>) {
    while let Err(payload) = catch_unwind(AssertUnwindSafe(|| wakers.by_ref().for_each(Waker::wake))) {
        swallow(|| drop(payload));
    }
}
