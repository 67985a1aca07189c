use pinsight::{PinProject, pinned_drop};
use std::pin::Pin;

#[derive(PinProject)]
struct Task<F> {
    #[pin]
    future: F,
}

#[pinned_drop]
impl<F> PinnedDrop for Task<F> { //~ ERROR would never run
    fn drop(self: Pin<&mut Self>) {}
}

fn main() {}
