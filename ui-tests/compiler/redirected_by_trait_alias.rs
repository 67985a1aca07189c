// A where clause that decides what an alias with a parameter is: the proof names it with the same argument as the bound.
#![forbid(unsafe_code)]

use pinsight::PinProject;
use std::marker::PhantomPinned;

mod fake {
    pub mod __private {
        pub use pinsight::__private::{DeclaresUnsafeUnpin, Pin, Support, Unpin, UsePinnedDropInsteadOfDrop};
        pub type ByTrait<T> = <() as super::Choose<T>>::Out;
    }
    pub trait Choose<T: ?Sized> {
        type Out;
    }
    impl<'a> Choose<super::S<'a>> for () {
        type Out = ();
    }
}

#[derive(PinProject)]
#[pin(UnsafeUnpin, crate = fake)]
pub struct S<'a> { //~ ERROR what was found at the path
    #[pin]
    f: PhantomPinned,
    a: &'a u8,
}

fn is_unpin<T: Unpin>() {}

fn main() {
    is_unpin::<S<'static>>();
}
