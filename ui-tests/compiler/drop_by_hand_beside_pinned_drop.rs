use pinsight::{PinProject, pinned_drop};
use std::pin::Pin;

#[derive(PinProject)] //~ ERROR conflicting implementations
#[pin(PinnedDrop)]
struct Task<F> {
    #[pin]
    future: F,
}

#[pinned_drop]
impl<F> PinnedDrop for Task<F> {
    fn drop(self: Pin<&mut Self>) {}
}

impl<F> Drop for Task<F> {
    fn drop(&mut self) {}
}

fn main() {}
