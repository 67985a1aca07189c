#![forbid(unsafe_code)]
#![allow(non_camel_case_types)]
use pinsight::PinProject;
use std::marker::PhantomPinned;
mod fake { pub mod __private {
    pub use core::marker::Send as UnsafeUnpin;
    pub struct ByUnsafe<'a, T>(core::marker::PhantomData<&'a ()>, core::marker::PhantomData<T>);
    #[allow(non_camel_case_types)] pub struct UnsafeUnpin_UnlessTheAttributeSaysSo;
} }
#[derive(PinProject)] //~ ERROR is not a member of trait
#[pin(UnsafeUnpin, crate = fake)]
struct S<F> { #[pin] f: F }
fn is_unpin<T: Unpin>(_: &T) {  }
fn main() { is_unpin(&S { f: PhantomPinned }); }
