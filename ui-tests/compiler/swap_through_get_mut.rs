use pinsight::PinProject;
use std::pin::Pin;

#[derive(PinProject)]
struct Task<F> {
    #[pin]
    future: F,
    retries: u32,
}

fn swap<F>(one: Pin<&mut Task<F>>, other: &mut F) {
    let future: Pin<&mut F> = one.project().future;
    *future.get_mut() = todo(other); //~ ERROR cannot be unpinned
}

fn todo<F>(_: &mut F) -> F {
    loop {}
}

fn main() {}
