use pinsight::PinProject;
use std::marker::PhantomPinned;

#[derive(PinProject)] //~ ERROR conflicting implementations of trait `Unpin`
struct Task {
    #[pin]
    pinned: PhantomPinned,
}

impl Unpin for Task {}

fn main() {}
