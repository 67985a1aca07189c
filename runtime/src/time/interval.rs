//! Ticks at even distances.

use super::clock::after;
use super::sleep::{Sleep, now, sleep_until};
use std::future::poll_fn;
use std::pin::Pin;
use std::task::{Context, Poll, ready};
use std::time::{Duration, Instant};

/// What an interval does about ticks that nobody was there for.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum MissedTickBehavior {
    /// All of them at once, and then on as if none had been missed.
    #[default]
    Burst,
    /// One now, and the next one a whole period later.
    Delay,
    /// One now, and the next one when it would have come anyway.
    Skip,
}

/// Ticks now, and then once per period.
///
/// # Panics
///
/// If the period is zero.
#[track_caller]
pub fn interval(period: Duration) -> Interval {
    interval_at(now(), period)
}

/// Ticks then, and once per period afterwards.
///
/// # Panics
///
/// If the period is zero.
#[track_caller]
pub fn interval_at(start: Instant, period: Duration) -> Interval {
    assert!(
        period > Duration::ZERO,
        "the period of an interval must not be zero: it would never let anybody else run\n\
         help: use `yield_now` in a loop to run as often as possible"
    );
    Interval { sleep: sleep_until(start), period, behavior: MissedTickBehavior::default() }
}

/// See [`interval`].
#[derive(Debug)]
pub struct Interval {
    sleep: Sleep,
    period: Duration,
    behavior: MissedTickBehavior,
}

impl Interval {
    /// Waits for the next tick. Returns when it was due.
    pub async fn tick(&mut self) -> Instant {
        poll_fn(|context| self.poll_tick(context)).await
    }

    /// The same for futures written by hand.
    pub fn poll_tick(&mut self, context: &mut Context<'_>) -> Poll<Instant> {
        ready!(Pin::new(&mut self.sleep).poll(context));
        let due = self.sleep.deadline();
        self.sleep.reset(self.next(due, now()));
        Poll::Ready(due)
    }

    fn next(&self, due: Instant, now: Instant) -> Instant {
        let next = after(due, self.period);
        if next >= now {
            return next;
        }
        match self.behavior {
            MissedTickBehavior::Burst => next,
            MissedTickBehavior::Delay => after(now, self.period),
            MissedTickBehavior::Skip => {
                let into_period = (now - due).as_nanos() % self.period.as_nanos();
                // Less than the period, so the seconds fit.
                let (seconds, rest) = (into_period / 1_000_000_000, into_period % 1_000_000_000);
                after(now, self.period - Duration::new(seconds as u64, rest as u32))
            }
        }
    }

    /// Starts again: the next tick is a period from now.
    pub fn reset(&mut self) {
        self.sleep.reset(after(now(), self.period));
    }

    /// What is done about missed ticks; see [`MissedTickBehavior`].
    pub fn set_missed_tick_behavior(&mut self, behavior: MissedTickBehavior) {
        self.behavior = behavior;
    }

    /// The time between two ticks.
    pub fn period(&self) -> Duration {
        self.period
    }
}
