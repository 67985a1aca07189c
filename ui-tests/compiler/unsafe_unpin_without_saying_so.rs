use pinsight::{PinProject, UnsafeUnpin};

#[derive(PinProject)]
struct Task<F> {
    #[pin]
    future: F,
    retries: u32,
}

unsafe impl<F> UnsafeUnpin for Task<F> {} //~ ERROR would have no effect

fn main() {}
