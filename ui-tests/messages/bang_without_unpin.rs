use pinsight::PinProject;

#[derive(PinProject)]
#[pin(!)] //~ ERROR expected `!Unpin`
struct Task<F> {
    #[pin]
    future: F,
    retries: u32,
}

fn main() {}
