use pinsight::PinProject;
use std::pin::Pin;

#[derive(PinProject)]
struct Task<F> {
    #[pin]
    future: F,
    retries: u32,
}

impl<F> Task<F> {
    fn take(self: Pin<&mut Self>) -> F {
        let this = self.project();
        *this.future //~ ERROR cannot move out of dereference
    }
}

fn main() {}
