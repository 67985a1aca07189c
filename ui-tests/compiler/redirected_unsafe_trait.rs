// Another unsafe trait cannot pass for it either: it lacks the member.
#![forbid(unsafe_code)]

use pinsight::PinProject;

mod fake {
    pub mod __private {
        pub use core::marker::Send as UsePinnedDropInsteadOfDrop;
        pub use pinsight::__private::{Pin, Support, Unpin};
    }
}

#[derive(PinProject)] //~ ERROR is not a member of trait
#[pin(crate = fake)]
struct Task<F> {
    #[pin]
    future: Option<F>,
    retries: u32,
}

fn main() {}
