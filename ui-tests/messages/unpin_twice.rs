use pinsight::PinProject;

#[derive(PinProject)]
#[pin(UnsafeUnpin, !Unpin)] //~ ERROR exclude each other
struct Task<F> {
    #[pin]
    future: F,
    retries: u32,
}

fn main() {}
