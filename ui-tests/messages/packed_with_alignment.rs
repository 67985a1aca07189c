use pinsight::PinProject;

#[derive(PinProject)]
#[repr(packed(2))] //~ ERROR cannot be projected, because it is packed
struct Task<F> {
    #[pin]
    future: F,
    retries: u32,
}

fn main() {}
