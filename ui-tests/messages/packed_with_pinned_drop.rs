use pinsight::{PinProject, pinned_drop};
use std::pin::Pin;

#[derive(PinProject)]
#[pin(PinnedDrop)]
#[repr(packed)] //~ ERROR cannot be projected, because it is packed
struct Task<F> {
    #[pin]
    future: F,
}

#[pinned_drop]
impl<F> PinnedDrop for Task<F> {
    fn drop(self: Pin<&mut Self>) {}
}

fn main() {}
