use pinsight::PinProject;

#[derive(PinProject)]

struct Task<F> {
    #[pin]
    #[pin] //~ ERROR duplicate `#[pin]`
    future: F,
}

fn main() {}
