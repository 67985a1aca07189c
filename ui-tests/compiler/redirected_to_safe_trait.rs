#![forbid(unsafe_code)]

use pinsight::PinProject;
use std::marker::PhantomPinned;

// Were it believed, every type would be `Unpin`.
mod fake {
    pub mod __private {
        pub trait UnsafeUnpin {
            fn __is_unsafe_unpin() {}
        }
        impl<T: ?Sized> UnsafeUnpin for T {}
    }
}

#[derive(PinProject)] //~ ERROR conflicting implementations, and is not unsafe
#[pin(UnsafeUnpin, crate = fake)]
struct Task {
    #[pin]
    future: PhantomPinned,
}

fn main() {}
