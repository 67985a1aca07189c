// Were another `Unpin` implemented for the type, the real one could be implemented by hand.
#![forbid(unsafe_code)]

use pinsight::PinProject;

mod fake {
    pub mod __private {
        pub use pinsight::__private::*;
        pub trait Unpin {}
    }
}

#[derive(PinProject)]
#[pin(crate = fake)] //~ ERROR what was found at the path
struct Task<F> {
    #[pin]
    future: F,
    retries: u32,
}

impl<F> Unpin for Task<F> {}

fn main() {}
