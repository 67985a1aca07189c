// All but `foreign` would be safe code.
use pinsight::PinProject;
use std::marker::PhantomPinned;
mod foreign { pub struct Legit; unsafe impl pinsight::UnsafeUnpin for Legit {} }
mod fake { pub mod __private {
    pub use pinsight::__private::*;
    pub trait Always<'a> { type Out; }
    impl<'a, T> Always<'a> for T { type Out = crate::foreign::Legit; }
    pub type ByUnsafe<'a, T> = <T as Always<'a>>::Out;
} }
#[derive(PinProject)]
#[pin(UnsafeUnpin, crate = fake)]
struct S<F> { #[pin] f: F }
fn is_unpin<T: Unpin>(_: &T) {  }
fn main() {
    is_unpin(&S { f: PhantomPinned }); } //~ ERROR cannot be unpinned
