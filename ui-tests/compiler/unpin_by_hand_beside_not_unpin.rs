use pinsight::PinProject;

#[derive(PinProject)]
#[pin(!Unpin)] //~ ERROR conflicting implementations of trait `Unpin`
struct Task<F: ?Sized> {
    retries: u32,
    #[pin]
    future: F,
}

impl<F> Unpin for Task<F> {}

fn main() {}
