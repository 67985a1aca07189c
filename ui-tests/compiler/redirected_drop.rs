// Were another `Drop` implemented for the type, the real one could be implemented by hand.
#![forbid(unsafe_code)]

use pinsight::{PinProject, pinned_drop};
use std::pin::Pin;

mod fake {
    pub mod __private {
        pub use pinsight::__private::*;
        pub trait Drop {
            fn drop(&mut self);
        }
    }
}

#[derive(PinProject)]
#[pin(PinnedDrop, crate = fake)] //~ ERROR what was found at the path
struct Task<F> {
    #[pin]
    future: Option<F>,
    retries: u32,
}

#[pinned_drop]
impl<F> PinnedDrop for Task<F> {
    fn drop(self: Pin<&mut Self>) {}
}

impl<F> Drop for Task<F> {
    fn drop(&mut self) {
        drop(self.future.take());
    }
}

fn main() {}
