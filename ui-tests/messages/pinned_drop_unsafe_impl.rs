use pinsight::{PinProject, pinned_drop};
use std::pin::Pin;

#[derive(PinProject)]
#[pin(PinnedDrop)]
struct Task<F> {
    #[pin]
    future: F,
}

#[pinned_drop]
unsafe impl<F> PinnedDrop for Task<F> { //~ ERROR is not unsafe
    fn drop(self: Pin<&mut Self>) {}
}

fn main() {
    let _: Option<Pin<&u8>> = None;
}
