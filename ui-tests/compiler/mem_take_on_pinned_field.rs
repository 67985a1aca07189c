use pinsight::PinProject;
use std::pin::Pin;

#[derive(PinProject)]
struct Task<F> {
    #[pin]
    future: F,
    retries: u32,
}

impl<F: Default> Task<F> {
    fn take(self: Pin<&mut Self>) -> F {
        let this = self.project();
        std::mem::take(&mut *this.future) //~ ERROR cannot borrow data in dereference
    }
}

fn main() {}
