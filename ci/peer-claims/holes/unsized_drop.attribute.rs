//@ row: `Drop` on a type that is never sized
//@ pin-project 1.2.0: conflicting implementations of trait `FooMustNotImplDrop` for type `Foo`
//@ pinsight: conflicting implementations of trait
#![forbid(unsafe_code)]
#![allow(dead_code)]
use pin_project::pin_project;
#[pin_project]
struct Foo { n: u8, #[pin] f: [u32] }
impl Drop for Foo { fn drop(&mut self) { let _unpinned: &mut [u32] = &mut self.f; } }
#[pin_project]
struct Bar<T> { n: u8, #[pin] f: [T] }
impl<T> Drop for Bar<T> { fn drop(&mut self) { self.f.reverse(); } }
fn main() {  }
