//! Combinators, each an example of a projection: what is polled is `#[pin]`, what is counted is not.

mod abortable;
mod join;
mod many;
mod race;
mod retry;
mod timeout;

pub use self::abortable::{AbortHandle, Abortable, Aborted, abortable};
pub use self::join::{Join, join};
pub use self::many::{JoinAll, RaceAll, join_all, race_all};
pub use self::race::{Either, Race, race};
pub use self::retry::{Backoff, Policy, Retry, retry};
pub use self::timeout::{Elapsed, Timeout, timeout};
