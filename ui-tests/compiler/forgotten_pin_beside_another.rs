use pinsight::PinProject;
use std::pin::Pin;
use std::task::{Context, Poll};

#[derive(PinProject)]
#[pin(project = BothProj)]
struct Both<A, B> {
    #[pin]
    first: A,
    second: B,
}

impl<A: Future<Output = ()>, B: Future<Output = ()>> Future for Both<A, B> {
    type Output = ();

    fn poll(self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<()> {
        let this = self.project();
        if this.first.poll(context).is_pending() {
            return Poll::Pending;
        }
        this.second.poll(context) //~ ERROR no method named `poll`
    }
}

fn main() {}
