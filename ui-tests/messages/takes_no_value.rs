use pinsight::PinProject;

#[derive(PinProject)]
#[pin(PinnedDrop = yes)] //~ ERROR `PinnedDrop` takes no value
struct Task<F> {
    #[pin]
    future: F,
    retries: u32,
}

#[pinsight::pinned_drop]
impl<F> PinnedDrop for Task<F> {
    fn drop(self: std::pin::Pin<&mut Self>) {}
}

fn main() {}
