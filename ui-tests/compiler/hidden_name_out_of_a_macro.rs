// A macro names the trait that keeps the types out of the bound, before it is there for any other type.
#![forbid(unsafe_code)]
#![allow(dead_code)]

use pinsight::pin_project;
use std::marker::PhantomPinned;

macro_rules! hidden {
    () => { <u8 as __TaskPinnedFields<'static>>::Types };
}

struct Private(PhantomPinned);

#[pin_project]
pub struct Task {
    #[pin]
    future: Private,
    #[pin]
    other: hidden!(),
}

impl<'a> __TaskPinnedFields<'a> for u8 {
    type Types = ();
}

fn assert_unpin<T: Unpin>() {}

fn main() {
    assert_unpin::<Task>(); //~ ERROR cannot be unpinned
}
