use pinsight::{PinProject, pinned_drop};
use std::pin::Pin;

#[derive(PinProject)]
#[pin(PinnedDrop)]
struct Task<F> {
    #[pin]
    future: F,
}

#[pinned_drop]
impl<F> Clone for Task<F> { //~ ERROR belongs on an implementation of `PinnedDrop`
    fn drop(self: Pin<&mut Self>) {}
}

fn main() {
    let _: Option<Pin<&u8>> = None;
}
