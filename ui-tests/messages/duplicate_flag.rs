use pinsight::PinProject;

#[derive(PinProject)]
#[pin(!Unpin, !Unpin)] //~ ERROR duplicate `!Unpin`
struct Task<F> {
    #[pin]
    future: F,
    retries: u32,
}

fn main() {}
