use pinsight::PinProject;

#[derive(PinProject)]
#[pin(Replace)] //~ ERROR unknown argument `Replace`
struct Task<F> {
    #[pin]
    future: F,
    retries: u32,
}

fn main() {}
