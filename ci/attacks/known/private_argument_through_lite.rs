#![forbid(unsafe_code)]
#![allow(dead_code)]
use std::marker::PhantomPinned;
mod evil {
    pub mod __private {
        pub use pinsight::__private::*;
        pub trait MustNotImplement<O> {}
    }
}
pinsight::lite::pin_project! {
    #[project = P, __crate crate::evil]
    struct S<F> { #[pin] f: Option<F>, n: u8, _p: PhantomPinned }
}
impl<F> Drop for S<F> {
    fn drop(&mut self) {
        let moved = self.f.take();
        std::mem::drop(moved);
        println!("moved in Drop");
    }
}
fn main() {
    let mut s = Box::pin(S { f: Some(1), n: 0, _p: PhantomPinned });
    let _ = s.as_mut().project();
}
