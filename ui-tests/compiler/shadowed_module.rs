#![forbid(unsafe_code)]
#![allow(dead_code, non_camel_case_types)]

use pinsight::PinProject;
use std::marker::PhantomPinned;

// Named like the alias that the macro would have used.
mod __pinsight {
    pub mod __private {
        pub type Pin<T> = super::super::Inline<T>;
    }
}

struct Inline<T>(T, PhantomPinned);

#[derive(PinProject)]
#[pin(project = TaskProj, project_ref = TaskProjRef)]
struct Task<F> {
    #[pin]
    future: __pinsight::__private::Pin<F>,
    retries: F,
}

fn is_unpin<T: Unpin>() {}

fn main() {
    is_unpin::<Task<u8>>(); //~ ERROR cannot be unpinned
}
