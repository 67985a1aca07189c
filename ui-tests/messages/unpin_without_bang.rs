use pinsight::PinProject;

#[derive(PinProject)]
#[pin(Unpin)] //~ ERROR unknown argument `Unpin`
struct Task<F> {
    #[pin]
    future: F,
    retries: u32,
}

fn main() {}
