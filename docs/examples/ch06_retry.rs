//! A future that tries again: the attempt is pinned, and a new one is set in its place.

use pinsight::PinProject;
use std::pin::Pin;
use std::task::{Context, Poll, ready};

#[derive(PinProject)]
struct Retry<Make, Attempt> {
    make: Make,
    #[pin]
    attempt: Attempt,
    retries_left: u32,
}

fn retry<Make: FnMut() -> Attempt, Attempt>(retries: u32, mut make: Make) -> Retry<Make, Attempt> {
    let attempt = make(); // Not polled yet, so it may still be moved.
    Retry { make, attempt, retries_left: retries }
}

impl<Make, Attempt, T, E> Future for Retry<Make, Attempt>
where
    Make: FnMut() -> Attempt,
    Attempt: Future<Output = Result<T, E>>,
{
    type Output = Result<T, E>;

    fn poll(self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Self::Output> {
        let mut this = self.project();
        loop {
            match ready!(this.attempt.as_mut().poll(context)) {
                Err(_) if *this.retries_left > 0 => {
                    *this.retries_left -= 1;
                    // Drops the old attempt where it stands, and writes the new one there. Nothing is moved out.
                    this.attempt.set((this.make)());
                }
                result => return Poll::Ready(result),
            }
        }
    }
}

fn main() {
    let mut attempts = 0;
    let result = pinsight_rt::block_on(retry(3, || {
        attempts += 1;
        let number = attempts;
        async move {
            println!("attempt {number}");
            if number < 3 { Err("refused") } else { Ok("connected") }
        }
    }));
    println!("{result:?}");
}
