// An alias whose argument decides nothing: as no call says it, it is never known.
#![forbid(unsafe_code)]
#![allow(dead_code)]

use pinsight::PinProject;

mod fake {
    pub mod __private {
        pub use pinsight::__private::{Pin, Unpin, UsePinnedDropInsteadOfDrop};
        pub trait Whatever<T: ?Sized> {
            type Out: ?Sized;
        }
        impl<T: ?Sized> Whatever<T> for () {
            type Out = dyn Unpin;
        }
        pub type Support<T> = pinsight::__private::Support<<() as Whatever<T>>::Out>;
    }
}

#[derive(PinProject)] //~ ERROR type annotations needed
#[pin(crate = fake)]
struct Task<F> {
    #[pin]
    future: F,
}

fn main() {}
