use pinsight::PinProject;

#[derive(PinProject)]
#[pin(PinedDrop)] //~ ERROR unknown argument `PinedDrop`
struct Task<F> {
    #[pin]
    future: F,
    retries: u32,
}

fn main() {}
