#![forbid(unsafe_code)]
#![allow(dead_code)]

use pinsight::PinProject;
use std::marker::PhantomPinned;

struct __TaskProjection<'a>(PhantomPinned, &'a ());
struct Ind<T>(Box<Option<T>>, PhantomPinned);
impl<T: Unpin> Unpin for Ind<T> {}

#[derive(PinProject)]
struct Task {
    #[pin]
    future: Ind<__TaskProjection<'static>>,
}

fn is_unpin<T: Unpin>() {}

fn main() {
    is_unpin::<Task>(); //~ ERROR cannot be unpinned
}
