// What proves the path cannot be claimed in a where clause, which the compiler looks at by itself.
#![forbid(unsafe_code)]
#![allow(dead_code)]

use pinsight::PinProject;

mod fake {
    pub mod __private {
        pub use pinsight::__private::{Pin, Support, UsePinnedDropInsteadOfDrop};
        pub trait Unpin {}
    }
    pub use pinsight::__private::Genuine;
}

#[derive(PinProject)]
#[pin(crate = fake)]
struct Task<'a>
where
    (fake::__private::Support, dyn fake::__private::Unpin): fake::Genuine<Self>, //~ ERROR what was found at the path to `pinsight`
    &'a (): Sized,
{
    #[pin]
    future: &'a (),
}

fn main() {
    let _task = Task { future: &() }; //~ ERROR what was found at the path to `pinsight`
}
