use pinsight::PinProject;

#[derive(PinProject)]
#[repr(C, packed)] //~ ERROR cannot be projected, because it is packed
struct Task<F> {
    #[pin]
    future: F,
    retries: u32,
}

fn main() {}
