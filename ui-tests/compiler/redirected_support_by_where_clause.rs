// A where clause decides what an alias with a parameter is, so `Support` has none.
#![forbid(unsafe_code)]

use pinsight::PinProject;

mod fake {
    pub mod __private {
        pub use pinsight::__private::{Pin, UsePinnedDropInsteadOfDrop};
        pub trait Unpin {}
        pub type Support<T> = <() as super::Choose<T>>::Out;
    }
    pub use pinsight::__private::Support as Real;
    pub trait Choose<T: ?Sized> {
        type Out;
    }
}

#[derive(PinProject)]
#[pin(crate = fake)] //~ ERROR missing generics
pub struct S<F>
where
    (): fake::Choose<F, Out = fake::Real>,
{
    #[pin]
    f: F,
}

impl<F> Unpin for S<F> where (): fake::Choose<F, Out = fake::Real> {}

fn main() {}
