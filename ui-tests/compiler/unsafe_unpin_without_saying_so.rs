use pinsight::{PinProject, UnsafeUnpin};

#[derive(PinProject)] //~ ERROR conflicting implementations
struct Task<F> {
    #[pin]
    future: F,
    retries: u32,
}

unsafe impl<F> UnsafeUnpin for Task<F> {}

fn main() {}
