use pinsight::PinProject;

#[derive(PinProject)] //~ ERROR conflicting implementations of trait `Unpin`
struct Task<F: ?Sized> {
    retries: u32,
    #[pin]
    future: F,
}

impl<F: ?Sized> Unpin for Task<F> {}

fn main() {}
