use pinsight::PinProject;
use std::pin::Pin;

#[derive(PinProject)]
struct Task<F> {
    #[pin]
    future: F,
    retries: u32,
}

impl<F> Task<F> {
    fn run(self: Pin<&mut Self>) {
        self.project();
        self.project(); //~ ERROR use of moved value
    }
}

fn main() {}
