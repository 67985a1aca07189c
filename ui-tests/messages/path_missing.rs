use pinsight::PinProject;

#[derive(PinProject)]
#[pin(crate)] //~ ERROR expected the path
struct Task<F> {
    #[pin]
    future: F,
    retries: u32,
}

fn main() {}
