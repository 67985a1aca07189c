// The type is among the types of its own pinned fields, and so among what it is `Unpin` for.
#![forbid(unsafe_code)]
#![allow(dead_code)]

use pinsight::PinProject;
use std::marker::{PhantomData, PhantomPinned};

#[derive(PinProject)]
struct Task<F> {
    #[pin]
    next: PhantomData<Task<F>>,
    #[pin]
    future: Inner<F>,
}

struct Inner<F>(F, PhantomData<Task<F>>);

fn assert_unpin<T: Unpin>() {}

fn main() {
    assert_unpin::<Task<PhantomPinned>>(); //~ ERROR cannot be unpinned
}
