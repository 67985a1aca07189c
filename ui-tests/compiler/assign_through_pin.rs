use pinsight::PinProject;
use std::pin::Pin;

#[derive(PinProject)]
struct Task<F> {
    #[pin]
    future: F,
    retries: u32,
}

impl<F> Task<F> {
    fn run(mut self: Pin<&mut Self>) {
        self.retries += 1; //~ ERROR cannot assign to data in dereference
    }
}

fn main() {}
