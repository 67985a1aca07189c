use pinsight::{PinProject, UnsafeUnpin};

#[derive(PinProject)]
#[pin(UnsafeUnpin)]
struct Task<F> {
    #[pin]
    future: F,
}

impl<F: Unpin> UnsafeUnpin for Task<F> {} //~ ERROR requires an `unsafe impl`

fn main() {}
