use pinsight::PinProject;
use std::pin::Pin;

use std::marker::PhantomPinned;

#[derive(PinProject)]
struct Task<F> {
    #[pin]
    future: F,
    retries: u32,
}

fn main() {
    let mut task = Task { future: PhantomPinned, retries: 1 };
    let _ = Pin::new(&mut task).project(); //~ ERROR cannot be unpinned
}
