// The pinned field's type is an associated type, which is not `Unpin` for one type alone.
#![forbid(unsafe_code)]
#![allow(dead_code)]

use pinsight::PinProject;
use std::marker::PhantomPinned;

trait Source {
    type Item;
}

struct Local;

impl Source for Local {
    type Item = PhantomPinned;
}

#[derive(PinProject)]
struct Task<F: Source> {
    #[pin]
    item: F::Item,
}

impl Unpin for Task<Local> {} //~ ERROR conflicting implementations

fn main() {}
