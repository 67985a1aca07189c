use pinsight::PinProject;

#[derive(PinProject)]
#[pin(PinnedDrop)] //~ ERROR says `PinnedDrop`, but does not implement it
struct Task<F> {
    #[pin]
    future: F,
}

fn main() {}
