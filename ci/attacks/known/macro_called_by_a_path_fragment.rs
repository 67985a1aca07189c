// a macro in type position whose name is a `$p:path`
#![forbid(unsafe_code)]
#![allow(dead_code, non_camel_case_types)]
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
macro_rules! make {
    ($p:path) => {
        #[derive(pinsight::PinProject)]
        #[pin(project = TaskProj, project_ref = TaskProjRef)]
        struct Task<F> {
            #[pin]
            future: $p!(),
            retries: F,
        }
    };
}
make!(ty);
fn is_unpin<T: Unpin>() {}
fn main() {
    is_unpin::<Task<u8>>();
    println!("Task is Unpin, its pinned field is PhantomPinned");
}
