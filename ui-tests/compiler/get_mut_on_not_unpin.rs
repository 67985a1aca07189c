use pinsight::PinProject;
use std::pin::Pin;

use std::marker::PhantomPinned;

#[derive(PinProject)]
struct Task<F> {
    #[pin]
    future: F,
    retries: u32,
}

fn whole(task: Pin<&mut Task<PhantomPinned>>) -> &mut Task<PhantomPinned> {
    task.get_mut() //~ ERROR cannot be unpinned
}

fn main() {}
