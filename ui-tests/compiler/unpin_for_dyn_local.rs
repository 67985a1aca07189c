use pinsight::PinProject;

trait Local {}

#[derive(PinProject)] //~ ERROR conflicting implementations of trait `Unpin`
struct Task<F: ?Sized> {
    retries: u32,
    #[pin]
    future: F,
}

impl Unpin for Task<dyn Local> {}

fn main() {}
