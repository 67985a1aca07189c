use pinsight::PinProject;

#[derive(PinProject)] //~ ERROR conflicting implementations
struct Task<F> {
    #[pin]
    future: F,
    retries: u32,
}

impl<F> Drop for Task<F> {
    fn drop(&mut self) {}
}

fn main() {}
