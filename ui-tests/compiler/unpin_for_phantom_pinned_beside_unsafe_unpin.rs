use pinsight::PinProject;

#[derive(PinProject)]
#[pin(UnsafeUnpin)] //~ ERROR conflicting implementations of trait `Unpin`
struct Task<F: ?Sized> {
    retries: u32,
    #[pin]
    future: F,
}

impl Unpin for Task<std::marker::PhantomPinned> {}

fn main() {}
