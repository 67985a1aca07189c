#![forbid(unsafe_code)]
#![allow(dead_code, non_camel_case_types)]

use pinsight::PinProject;
use std::marker::PhantomPinned;

struct __pinsight(PhantomPinned);

struct Box2<T>(T);

#[derive(PinProject)]
#[pin(project = TaskProj, project_ref = TaskProjRef)]
struct Task<F> {
    #[pin]
    future: Box2<__pinsight>,
    retries: F,
}

fn is_unpin<T: Unpin>() {}

fn main() {
    is_unpin::<Task<u8>>(); //~ ERROR cannot be unpinned
}
