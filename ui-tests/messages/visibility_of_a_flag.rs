use pinsight::PinProject;

#[derive(PinProject)]
#[pin(pub UnsafeUnpin)] //~ ERROR a visibility goes before
struct Task<F> {
    #[pin]
    future: F,
    retries: u32,
}

fn main() {}
