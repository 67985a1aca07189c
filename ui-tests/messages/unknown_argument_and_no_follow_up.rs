use pinsight::PinProject;
use std::pin::Pin;

#[derive(PinProject)]
#[pin(projct = TaskProj)] //~ ERROR unknown argument `projct`
struct Task<F> {
    #[pin]
    future: F,
}

impl<F> Task<F> {
    fn three_uses(mut self: Pin<&mut Self>) {
        self.as_mut().project();
        self.as_mut().project();
        self.as_ref().project_ref();
    }
}

fn main() {}
