use pinsight::PinProject;

#[derive(PinProject)]

struct Task<F> {
    #[pin(future)] //~ ERROR takes no arguments
    future: F,
}

fn main() {}
