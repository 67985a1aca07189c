// edition 2015
// a module `pinsight` at the root, where a path began whose `::` had the place of the type's name
#![forbid(unsafe_code)]
#![allow(dead_code)]
extern crate pinsight as real;
pub mod pinsight {
    pub mod __private {
        pub trait Unpin {}
    }
}
pub mod inner {
    use std::pin::Pin;
    #[derive(::real::PinProject)]
    pub struct S<F> {
        #[pin]
        f: Option<F>,
    }
    impl<F> ::pinsight::__private::Unpin for (Option<F>,) {}
    impl<F> Unpin for S<F> {}
    pub struct Fut(::std::marker::PhantomPinned, [u8; 3]);
    pub fn run() {
        let mut s = Box::pin(S { f: Some(Fut(::std::marker::PhantomPinned, [7; 3])) });
        let first = {
            let p: Pin<&mut Option<Fut>> = s.as_mut().project().f;
            &p.as_ref().get_ref().as_ref().unwrap().1 as *const _ as usize
        };
        let moved = Box::new(Pin::get_mut(s.as_mut()).f.take().unwrap());
        println!("pinned at {:#x}, then moved to {:#x}", first, &moved.1 as *const _ as usize);
    }
}
fn main() {
    inner::run()
}
