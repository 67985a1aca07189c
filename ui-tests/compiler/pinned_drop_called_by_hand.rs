use pinsight::{PinProject, PinnedDrop, pinned_drop};
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

fn twice<F>(task: Pin<&mut Task<F>>) {
    PinnedDrop::__put_pinned_drop_above_this_impl(task); //~ ERROR is unsafe
}

fn main() {}
