// what a fix of U1 that looks at the top level of the arguments only would leave open
#![forbid(unsafe_code)]
#![allow(dead_code)]
mod evil {
    pub mod __private {
        pub use pinsight::__private::*;
        pub trait MustNotImplement<O> {}
    }
}
macro_rules! m {
    ($a:path) => {
        #[pinsight::pin_project($a crate::evil)]
        struct S<F> {
            #[pin]
            f: Option<F>,
            n: u8,
        }
    };
}
m!(__crate);
impl<F> Drop for S<F> {
    fn drop(&mut self) {
        let moved = self.f.take();
        drop(moved)
    }
} // accepted
fn main() {
    let mut s = Box::pin(S { f: Some(1), n: 0 });
    let _ = s.as_mut().project();
}
