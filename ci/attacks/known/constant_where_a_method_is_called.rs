// `crate = path`: the fake `PinnedDrop` has an associated constant where the generated code calls a method, inside `unsafe`
#![forbid(unsafe_code)]
#![allow(dead_code)]
use pinsight::PinProject;
use std::pin::Pin;
mod fake {
    pub mod __private {
        pub use pinsight::__private::*;
        pub trait DeclaresPinnedDrop {}
        #[allow(non_upper_case_globals)]
        pub trait PinnedDrop: Sized {
            const __put_pinned_drop_above_this_impl: unsafe fn(std::pin::Pin<&mut Self>);
        }
    }
}
#[derive(PinProject)]
#[pin(PinnedDrop, crate = crate::fake)]
struct S {
    #[pin]
    f: Vec<u8>,
    n: Box<u8>,
}
#[allow(non_upper_case_globals)]
impl fake::__private::PinnedDrop for S {
    // `destroy::<S>` would recurse; any unsafe function of this shape will do
    const __put_pinned_drop_above_this_impl: unsafe fn(Pin<&mut S>) = free;
}
const fn wrap() -> unsafe fn(Pin<&mut S>) {
    victim::destroy_fields
}
#[allow(non_upper_case_globals)]
const free: unsafe fn(Pin<&mut S>) = wrap();
impl victim::Fields for S {
    type F = Vec<u8>;
    fn field(self: Pin<&mut Self>) -> *mut Vec<u8> {
        let p = self.project().f;
        p.get_mut() as *mut _
    }
}
fn main() {
    drop(S { f: vec![1; 64], n: Box::new(1) });
}
