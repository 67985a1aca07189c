use pinsight::PinProject;
use std::pin::Pin;

#[derive(PinProject)]
struct Task<F> {
    #[pin]
    future: Option<F>,
}

impl<F> Task<F> {
    fn take(self: Pin<&mut Self>) -> Option<F> {
        let this = self.project();
        this.future.take() //~ ERROR cannot borrow data in dereference
    }
}

fn main() {}
