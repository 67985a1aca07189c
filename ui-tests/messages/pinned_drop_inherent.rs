use pinsight::{PinProject, pinned_drop};
use std::pin::Pin;

#[derive(PinProject)]
#[pin(PinnedDrop)]
struct Task<F> {
    #[pin]
    future: F,
}

#[pinned_drop]
impl<F> Task<F> { //~ ERROR not of the type's own methods
    fn drop(self: Pin<&mut Self>) {}
}

fn main() {
    let _: Option<Pin<&u8>> = None;
}
