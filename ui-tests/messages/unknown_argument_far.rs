use pinsight::PinProject;

#[derive(PinProject)]
#[pin(frobnicate)] //~ ERROR unknown argument `frobnicate`
struct Task<F> {
    #[pin]
    future: F,
    retries: u32,
}

fn main() {}
