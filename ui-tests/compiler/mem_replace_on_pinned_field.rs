use pinsight::PinProject;
use std::pin::Pin;

#[derive(PinProject)]
struct Task<F> {
    #[pin]
    future: F,
    retries: u32,
}

impl<F> Task<F> {
    fn replace(self: Pin<&mut Self>, new: F) -> F {
        let this = self.project();
        std::mem::replace(&mut *this.future, new) //~ ERROR cannot borrow data in dereference
    }
}

fn main() {}
