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
    fn drop(self: Pin<&mut Self>) {}
}

#[pinned_drop]
impl PinnedDrop for (u8, u8) { //~ ERROR for a struct or an enum only
    fn drop(self: Pin<&mut Self>) {}
}

fn main() {
    let _: Option<Pin<&u8>> = None;
}
