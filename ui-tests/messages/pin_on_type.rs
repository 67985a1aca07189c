use pinsight::PinProject;

#[derive(PinProject)]
#[pin] //~ ERROR not expected here
struct Task<F> {
    #[pin]
    future: F,
    retries: u32,
}

fn main() {}
