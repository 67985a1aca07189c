// `!Unpin` would mean nothing.
#![forbid(unsafe_code)]

use pinsight::PinProject;

mod fake {
    pub mod __private {
        pub use pinsight::__private::*;
        pub struct PhantomPinned;
    }
}

#[derive(PinProject)]
#[pin(!Unpin, crate = fake)] //~ ERROR what was found at the path
struct Task {
    retries: u32,
}

fn main() {}
