//@ row: `Drop` on a type that is never sized
//@ pin-project-lite: conflicting implementations of trait `MustNotImplDrop` for type `Foo`
//@ pinsight: conflicting implementations of trait
#![forbid(unsafe_code)]
#![allow(dead_code)]
use pin_project_lite::pin_project;
pin_project! {
    struct Foo {
        n: u8,
        #[pin]
        f: [u32],
    }
}
impl Drop for Foo {
    fn drop(&mut self) {
        let _unpinned: &mut [u32] = &mut self.f;
    }
}
fn main() {}
