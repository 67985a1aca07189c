use pinsight::{PinProject, PinnedDrop};
use std::pin::Pin;

#[derive(PinProject)]
#[pin(PinnedDrop)]
struct Task<F> {
    #[pin]
    future: F,
}

impl<F> PinnedDrop for Task<F> { //~ ERROR missing: `__put_pinned_drop_above_this_impl`
    fn drop(self: Pin<&mut Self>) {}
}

fn main() {}
