// `UnsafeUnpin` is not looked up at the path at all: the real trait decides.
#![forbid(unsafe_code)]

use pinsight::PinProject;
use std::marker::PhantomPinned;

mod fake {
    pub mod __private {
        pub use pinsight::__private::*;
        pub trait UnsafeUnpin {}
        impl<T: ?Sized> UnsafeUnpin for T {}
        pub trait DeclaresUnsafeUnpin {}
    }
}

#[derive(PinProject)]
#[pin(UnsafeUnpin, crate = fake)]
struct Task {
    #[pin]
    future: PhantomPinned,
}

fn is_unpin<T: Unpin>() {}

fn main() {
    is_unpin::<Task>(); //~ ERROR cannot be unpinned
}
