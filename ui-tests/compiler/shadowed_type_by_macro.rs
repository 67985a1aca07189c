#![forbid(unsafe_code)]
#![allow(dead_code, non_camel_case_types)]

use pinsight::PinProject;
use std::marker::PhantomPinned;

mod __pinsight {
    pub mod __private {
        pub type Drop_ButPinnedDropInstead = super::super::PhantomPinned;
    }
}

macro_rules! ty {
    () => {
        __pinsight::__private::Drop_ButPinnedDropInstead
    };
}

#[derive(PinProject)]
#[pin(project = TaskProj, project_ref = TaskProjRef)]
struct Task<F> {
    #[pin]
    future: ty!(),
    retries: F,
}

fn is_unpin<T: Unpin>() {}

fn main() {
    is_unpin::<Task<u8>>(); //~ ERROR cannot be unpinned
}
