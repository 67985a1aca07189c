//! Again, until it works.

use pinsight::PinProject;
use pinsight_rt::time::{Sleep, sleep};
use std::fmt;
use std::hash::{BuildHasher, RandomState};
use std::pin::Pin;
use std::task::{Context, Poll, ready};
use std::time::Duration;

/// Makes attempts until one succeeds, none are left, or the error is not worth another one (see [`Retry::when`]).
pub(crate) fn retry<Make, Attempt, T, E>(policy: Policy, mut make: Make) -> Retry<Make, Attempt, fn(&E) -> bool>
where
    Make: FnMut() -> Attempt,
    Attempt: Future<Output = Result<T, E>>,
{
    // Not polled yet, so it may still be moved, and so may the whole `Retry`.
    let attempt = make();
    Retry { make, attempt, pause: None, made: 1, policy, is_worth: |_| true }
}

/// See [`retry`].
#[derive(PinProject)]
#[must_use = "a future does nothing unless it is awaited"]
pub(crate) struct Retry<Make, Attempt, Worth> {
    make: Make,
    /// Pinned, because it is polled here and may point into itself. It is never moved: `Pin::set` drops it where it stands, and
    /// puts the next one there.
    #[pin]
    attempt: Attempt,
    pause: Option<Sleep>,
    made: u32,
    policy: Policy,
    is_worth: Worth,
}

impl<Make, Attempt, Worth> Retry<Make, Attempt, Worth> {
    /// After which errors there is another attempt; without this, after all.
    pub(crate) fn when<E, W: Fn(&E) -> bool>(self, is_worth: W) -> Retry<Make, Attempt, W> {
        let Self { make, attempt, pause, made, policy, .. } = self;
        Retry { make, attempt, pause, made, policy, is_worth }
    }
}

impl<Make, Attempt, Worth, T, E> Future for Retry<Make, Attempt, Worth>
where
    Make: FnMut() -> Attempt,
    Attempt: Future<Output = Result<T, E>>,
    Worth: Fn(&E) -> bool,
{
    type Output = Result<T, E>;

    fn poll(self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Self::Output> {
        // `attempt` is a `Pin<&mut Attempt>`, the others are plain `&mut`.
        let mut this = self.project();
        loop {
            if let Some(pause) = this.pause {
                ready!(Pin::new(pause).poll(context));
                *this.pause = None;
                this.attempt.set((this.make)());
            }
            match ready!(this.attempt.as_mut().poll(context)) {
                Err(error) if *this.made < this.policy.attempts && (this.is_worth)(&error) => {
                    *this.pause = Some(sleep(this.policy.pause(*this.made)));
                    *this.made += 1;
                }
                result => return Poll::Ready(result),
            }
        }
    }
}

impl<Make, Attempt, Worth> fmt::Debug for Retry<Make, Attempt, Worth> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Retry").field("made", &self.made).field("policy", &self.policy).finish_non_exhaustive()
    }
}

/// How often, and how long after each other.
#[derive(Clone, Debug)]
pub(crate) struct Policy {
    attempts: u32,
    backoff: Backoff,
    jitter: f64,
    seed: u64,
}

impl Policy {
    /// At most so many attempts, with no time between them.
    ///
    /// # Panics
    ///
    /// If it is zero: the first attempt is one.
    #[track_caller]
    pub(crate) fn attempts(attempts: u32) -> Self {
        assert!(attempts > 0, "a policy has to allow one attempt\nhelp: `Policy::attempts(1)` never repeats");
        Self { attempts, backoff: Backoff::None, jitter: 0.0, seed: RandomState::new().hash_one(()) }
    }

    /// The time between attempts.
    pub(crate) fn backoff(self, backoff: Backoff) -> Self {
        Self { backoff, ..self }
    }

    /// Shortens each pause by a random part, of at most this much of it (0 to 1), so that many clients do not come back at once.
    pub(crate) fn jitter(self, jitter: f64) -> Self {
        // What is no number is none; `clamp` would hand it on.
        Self { jitter: if jitter.is_nan() { 0.0 } else { jitter.clamp(0.0, 1.0) }, ..self }
    }

    /// Makes the random parts the same each time, for a test.
    pub(crate) fn seed(self, seed: u64) -> Self {
        Self { seed, ..self }
    }

    /// The pause after so many attempts.
    fn pause(&mut self, made: u32) -> Duration {
        let whole = match self.backoff {
            Backoff::None => Duration::ZERO,
            Backoff::Fixed(pause) => pause,
            Backoff::Exponential { first, limit } => {
                first.checked_mul(2_u32.saturating_pow(made - 1)).map_or(limit, |pause| pause.min(limit))
            }
        };
        // splitmix64.
        self.seed = self.seed.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut bits = self.seed;
        bits = (bits ^ (bits >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        bits = (bits ^ (bits >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        let random = ((bits ^ (bits >> 31)) >> 11) as f64 / (1_u64 << 53) as f64;
        // In this order, because the longest duration times one would be longer still, by rounding.
        whole.saturating_sub(whole.mul_f64(self.jitter * random))
    }
}

/// How pauses grow.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Backoff {
    /// There are none.
    None,
    /// All are as long.
    Fixed(Duration),
    /// Each is twice as long as the one before, up to a limit.
    Exponential {
        /// After the first attempt.
        first: Duration,
        /// The longest.
        limit: Duration,
    },
}

impl Backoff {
    /// Each is twice as long as the one before, up to a minute.
    pub(crate) fn exponential(first: Duration) -> Self {
        Self::Exponential { first, limit: Duration::from_secs(60) }
    }
}
