use pinsight::{PinProject, pinned_drop};
use std::pin::Pin;

#[derive(PinProject)]
#[pin(PinnedDrop)]
struct Task<F> {
    #[pin]
    future: F,
}

#[pinned_drop]
impl<F> PinnedDrop for Task<F> {
    unsafe fn drop(self: Pin<&mut Self>) {} //~ ERROR is not unsafe
}

fn main() {
    let _: Option<Pin<&u8>> = None;
}
