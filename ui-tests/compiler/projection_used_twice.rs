use pinsight::PinProject;
use std::pin::Pin;

fn use_it<F>(_: Pin<&mut F>) {}

#[derive(PinProject)]
struct Task<F> {
    #[pin]
    future: F,
    retries: u32,
}

impl<F> Task<F> {
    fn run(self: Pin<&mut Self>) {
        let this = self.project();
        use_it(this.future);
        use_it(this.future); //~ ERROR use of moved value
    }
}

fn main() {}
