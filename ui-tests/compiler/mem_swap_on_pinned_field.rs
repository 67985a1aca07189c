use pinsight::PinProject;
use std::pin::Pin;

#[derive(PinProject)]
struct Task<F> {
    #[pin]
    future: F,
    retries: u32,
}

impl<F> Task<F> {
    fn swap(self: Pin<&mut Self>, other: &mut F) {
        let this = self.project();
        std::mem::swap(this.future, other); //~ ERROR mismatched types
    }
}

fn main() {}
