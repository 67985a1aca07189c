//! At most so long.

use super::sleep::{Sleep, sleep};
use pinsight::PinProject;
use std::error::Error;
use std::fmt;
use std::pin::Pin;
use std::task::{Context, Poll};
use std::time::Duration;

/// Waits for a future, but not longer than told. Polls the future first, so that one that is ready is never too late.
///
/// ```
/// use pinsight_rt::{LocalExecutor, time};
/// use std::time::Duration;
///
/// let result = LocalExecutor::new().run(async {
///     time::timeout(Duration::from_millis(1), std::future::pending::<()>()).await
/// });
/// assert_eq!(result.unwrap_err().to_string(), "not ready within 1ms");
/// ```
#[track_caller]
pub fn timeout<F: Future>(limit: Duration, future: F) -> Timeout<F> {
    Timeout { future, limit, sleep: sleep(limit) }
}

/// See [`timeout`].
///
/// The future is pinned, since it is polled here. The `Sleep` is polled too, but it is `Unpin`, so `&mut` is enough.
#[derive(Debug, PinProject)]
#[must_use = "a future does nothing unless it is awaited"]
pub struct Timeout<F> {
    #[pin]
    future: F,
    limit: Duration,
    sleep: Sleep,
}

impl<F: Future> Future for Timeout<F> {
    type Output = Result<F::Output, Elapsed>;

    fn poll(self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Self::Output> {
        let this = self.project();
        if let Poll::Ready(output) = this.future.poll(context) {
            return Poll::Ready(Ok(output));
        }
        let limit = *this.limit;
        Pin::new(this.sleep).poll(context).map(|()| Err(Elapsed { limit }))
    }
}

/// The future was not ready in time.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Elapsed {
    limit: Duration,
}

impl fmt::Display for Elapsed {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "not ready within {:?}", self.limit)
    }
}

impl Error for Elapsed {}
