// The type of the field comes out of a macro, and there is `project_ref` alone to find that it is another one.
#![forbid(unsafe_code)]
#![allow(non_camel_case_types)]

use pinsight::pin_project;
use std::marker::PhantomPinned;
use std::pin::Pin;

mod __EWrittenOnce {
    #[allow(dead_code)]
    pub type Pinned0 = std::marker::PhantomPinned;
}
macro_rules! ty {
    () => {
        __EWrittenOnce::Pinned0
    };
}

#[pin_project(project_ref = R)]
enum E { //~ ERROR ambiguous, or defined twice
    #[allow(dead_code)]
    V(#[pin] ty!()),
}

fn is_unpin<T: Unpin>(_: &T) {}

fn main() {
    let e = E::V(PhantomPinned);
    is_unpin(&e);
    let R::V(p) = Pin::new(&e).project_ref();
    let _: Pin<&PhantomPinned> = p;
}
