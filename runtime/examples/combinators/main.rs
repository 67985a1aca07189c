//! Combinators, each of which shows something of projections: what is polled is `#[pin]`, what is counted is not.
//!
//! ```text
//! cargo run -p pinsight-rt --example combinators
//! ```
//!
//! | file | shows |
//! | --- | --- |
//! | `race.rs` | two pinned fields, projected at once |
//! | `join.rs` | an enum, projected into another, and replaced in place |
//! | `many.rs` | what a `Vec` cannot pin, and a box can |
//! | `abortable.rs` | a pinned field beside one that is shared |
//! | `retry.rs` | a pinned field that is replaced in place, again and again |
//!
//! For programs, the crate `futures-util` has combinators of these kinds.

mod abortable;
mod join;
mod many;
mod race;
mod retry;

use abortable::abortable;
use join::join;
use many::{join_all, race_all};
use pinsight_rt::time;
use pinsight_rt::{LocalExecutor, spawn};
use race::race;
use retry::{Backoff, Policy, retry};
use std::future::pending;
use std::time::Duration;

const MS: Duration = Duration::from_millis(1);

/// Is ready after some time, with that.
async fn after(milliseconds: u32) -> u32 {
    time::sleep(milliseconds * MS).await;
    milliseconds
}

fn main() {
    LocalExecutor::new().run(async {
        // No need to wait for time: it passes in leaps.
        time::pause();
        let start = time::now();
        let tell =
            |what: &str, result: String| println!("{:>4} ms  {what}: {result}", (time::now() - start).as_millis());
        tell("join", format!("{:?}", join(after(10), after(20)).await));
        tell("join_all", format!("{:?}", join_all([30, 10, 20].map(after)).await));
        tell("race", format!("{:?}", race(after(20), after(10)).await));
        tell("race_all", format!("{:?}", race_all([30, 10, 20].map(after)).await));
        let (forever, stop) = abortable(pending::<()>());
        drop(spawn(async move {
            time::sleep(10 * MS).await;
            stop.abort();
        }));
        tell("abortable", format!("{:?}", forever.await));
        let mut refusals = [Err("busy"), Err("busy"), Ok("welcome")].into_iter();
        let policy = Policy::attempts(5).backoff(Backoff::exponential(10 * MS)).jitter(0.5).seed(1);
        let attempt = || std::future::ready(refusals.next().expect("the third one succeeds"));
        tell("retry", format!("{:?}", retry(policy, attempt).when(|error| *error == "busy").await));
        let policy = Policy::attempts(3).backoff(Backoff::Fixed(10 * MS));
        tell("retry", format!("{:?}", retry(policy, async || Err::<(), _>("closed")).await));
    });
}
