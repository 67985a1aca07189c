use pinsight::PinProject;
use std::marker::PhantomPinned;
use std::pin::pin;

#[derive(PinProject)]
#[pin(project_ref)]
struct Task<F> {
    #[pin]
    future: F,
}

fn main() {
    let mut task = pin!(Task { future: (1, PhantomPinned) });
    // The old value is dropped where it stands, the new one written there: nothing moves out of the pin.
    task.as_mut().project().future.set((2, PhantomPinned));
    assert_eq!(task.as_ref().project_ref().future.0, 2);
}
