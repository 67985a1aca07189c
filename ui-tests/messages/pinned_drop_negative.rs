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
impl !PinnedDrop for Vec<u8> {} //~ ERROR cannot be implemented negatively

fn main() {
    let _: Option<Pin<&u8>> = None;
}
