use pinsight::PinProject;
use std::pin::Pin;

#[derive(PinProject)]
#[pin(PinnedDrop)]
struct Task<F> {
    #[pin]
    future: F,
}

impl<F> PinnedDrop for Task<F> { //~ ERROR cannot find trait `PinnedDrop`
    fn drop(self: Pin<&mut Self>) {}
}

fn main() {}
