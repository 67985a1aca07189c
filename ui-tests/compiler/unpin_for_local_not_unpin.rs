use pinsight::PinProject;

struct Local(std::marker::PhantomPinned);

#[derive(PinProject)] //~ ERROR conflicting implementations of trait `Unpin`
struct Task<F: ?Sized> {
    retries: u32,
    #[pin]
    future: F,
}

impl Unpin for Task<Local> {}

fn main() {}
