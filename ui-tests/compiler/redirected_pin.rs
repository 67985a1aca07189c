// Were this what `project` takes, nothing would have to be pinned.
#![forbid(unsafe_code)]

use pinsight::PinProject;

mod fake {
    pub mod __private {
        pub use pinsight::__private::*;
        pub type Pin<T> = T;
    }
}

#[derive(PinProject)] //~ ERROR mismatched types
#[pin(crate = fake)]
struct Task<F> {
    #[pin]
    future: F,
    retries: u32,
}

fn main() {}
