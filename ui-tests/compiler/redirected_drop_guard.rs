// A trait that is safe to implement cannot pass for the one that rejects a `Drop`.
#![forbid(unsafe_code)]

use pinsight::PinProject;

mod fake {
    pub mod __private {
        pub use pinsight::__private::*;
        pub trait UsePinnedDropInsteadOfDrop {
            type __ImplementedByPinsight;
        }
    }
}

#[derive(PinProject)]
#[pin(crate = fake)]
struct Task<F> { //~ ERROR implementing the trait `UsePinnedDropInsteadOfDrop` is not unsafe
    #[pin]
    future: Option<F>,
    retries: u32,
}

impl<F> Drop for Task<F> {
    fn drop(&mut self) {
        drop(self.future.take());
    }
}

fn main() {}
