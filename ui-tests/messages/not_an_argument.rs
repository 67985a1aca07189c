use pinsight::PinProject;

#[derive(PinProject)]
#[pin(42)] //~ ERROR expected an argument
struct Task<F> {
    #[pin]
    future: F,
    retries: u32,
}

fn main() {}
