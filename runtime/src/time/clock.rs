//! What time it is: the clock of the system, or one that stands still for a test.

use super::wheel::Wheel;
use crate::foreign::wake;
use std::cell::{Cell, RefCell};
use std::task::Waker;
use std::time::{Duration, Instant};

/// A tick is 2^9 ns, half a microsecond: the shortest of which there is a whole number in a second.
const TICK_BITS: u32 = 9;
const TICKS_PER_SECOND: u64 = 1_000_000_000 >> TICK_BITS;
/// Timers that fire at once: fewer than there are polls until the next look, so that a crowd of them does not pile up in the queue,
/// before everybody else.
const BURST: usize = 32;
/// How long the executor sleeps at least after timers have fired: in a crowd of them, one wake-up serves several.
const CALM: Duration = Duration::from_micros(64);

/// The sum, or the last point that there is. std does not tell which that is, and each system has its own. So this goes there by steps,
/// each half as long as the one before.
pub(super) fn after(instant: Instant, duration: Duration) -> Instant {
    instant.checked_add(duration).unwrap_or_else(|| {
        let steps = std::iter::successors(Some(Duration::MAX), |step| Some(*step / 2));
        let steps = steps.take_while(|step| *step > Duration::ZERO);
        steps.fold(instant, |last, step| last.checked_add(step).unwrap_or(last))
    })
}

/// The timers of an executor, and its clock.
pub(crate) struct Timers {
    pub(super) wheel: RefCell<Wheel>,
    /// Tick 0.
    start: Instant,
    /// The time at the last look. A deadline before it has passed for certain, which saves reading the clock.
    seen: Cell<Instant>,
    /// When timers have fired last.
    fired: Cell<Instant>,
    /// The time, while the clock stands still.
    paused: Cell<Option<Instant>>,
    /// How far the clock is ahead of the system's, having been paused and moved: a clock never goes back.
    ahead: Cell<Duration>,
    /// Empty between two calls of `fire`; kept for its memory.
    batch: Cell<Vec<Waker>>,
}

impl Timers {
    pub(crate) fn new() -> Self {
        let start = Instant::now();
        Self {
            wheel: RefCell::new(Wheel::new()),
            start,
            seen: Cell::new(start),
            fired: Cell::new(start),
            paused: Cell::new(None),
            ahead: Cell::default(),
            batch: Cell::default(),
        }
    }

    pub(crate) fn now(&self) -> Instant {
        self.paused.get().unwrap_or_else(|| self.running())
    }

    #[inline]
    fn running(&self) -> Instant {
        after(Instant::now(), self.ahead.get())
    }

    pub(super) fn seen(&self) -> Instant {
        self.seen.get()
    }

    /// The first tick that is not before this point, so that no timer is early. `None` is never: in 300,000 years there is no tick.
    pub(super) fn tick_after(&self, instant: Instant) -> Option<u64> {
        ticks(instant.saturating_duration_since(self.start) + Duration::from_nanos((1 << TICK_BITS) - 1))
    }

    /// The last tick that is not after this point.
    fn tick_before(&self, instant: Instant) -> u64 {
        ticks(instant.saturating_duration_since(self.start)).unwrap_or(u64::MAX)
    }

    fn instant(&self, tick: u64) -> Instant {
        let nanoseconds = (tick % TICKS_PER_SECOND) << TICK_BITS;
        after(self.start, Duration::new(tick / TICKS_PER_SECOND, nanoseconds as u32))
    }

    /// How long the executor may sleep; `None` is for ever.
    pub(crate) fn time_to_next(&self) -> Option<Duration> {
        let next = self.wheel.borrow().next_tick()?;
        if self.is_paused() {
            // What is due already is the rest of a burst. Otherwise the thread pool is at work, or the time would have been skipped; its end is
            // told.
            return self.wheel.borrow().has_expired().then_some(Duration::ZERO);
        }
        let (now, due) = (self.running(), self.instant(next));
        // What is due already is the rest of a burst, and does not wait.
        let wake_at = if due <= now { now } else { due.max(after(self.fired.get(), CALM)) };
        Some(wake_at.saturating_duration_since(now))
    }

    /// Wakes those whose time has come: at most a burst of them, so that a crowd of timers does not keep tasks waiting.
    pub(crate) fn fire(&self) {
        if self.wheel.borrow().is_empty() {
            return;
        }
        let now = self.now();
        // A system whose clock goes back must not take back what has been seen.
        self.seen.set(now.max(self.seen.get()));
        let mut wakers = self.batch.take();
        let mut wheel = self.wheel.borrow_mut();
        wheel.advance(self.tick_before(now));
        while wakers.len() < BURST
            && let Some(waker) = wheel.pop_expired()
        {
            wakers.push(waker);
        }
        drop(wheel);
        if !wakers.is_empty() {
            self.fired.set(now);
        }
        wake(wakers.drain(..));
        self.batch.set(wakers);
    }

    pub(crate) fn is_paused(&self) -> bool {
        self.paused.get().is_some()
    }

    /// Sets a paused clock to the next timer. Returns whether there was one.
    pub(crate) fn skip_to_next(&self) -> bool {
        let next = self.wheel.borrow().next_tick();
        match (self.paused.get(), next) {
            (Some(now), Some(tick)) => {
                self.paused.set(Some(self.instant(tick).max(now)));
                true
            }
            _ => false,
        }
    }

    pub(super) fn pause(&self) {
        if self.is_paused() {
            panic!("the clock is paused already\nhelp: call `time::pause` once, and `time::resume` before the next");
        }
        self.paused.set(Some(self.running().max(self.seen.get())));
    }

    pub(super) fn resume(&self) {
        let Some(now) = self.paused.take() else {
            panic!("the clock is not paused\nhelp: call `time::pause` first");
        };
        self.ahead.set(now.saturating_duration_since(Instant::now()));
    }

    pub(super) fn advance(&self, duration: Duration) {
        let Some(now) = self.paused.get() else {
            panic!("only a paused clock can be advanced\nhelp: call `time::pause` first");
        };
        self.paused.set(Some(after(now, duration)));
    }
}

/// How many whole ticks there are in a duration.
#[inline]
fn ticks(duration: Duration) -> Option<u64> {
    duration.as_secs().checked_mul(TICKS_PER_SECOND)?.checked_add(u64::from(duration.subsec_nanos() >> TICK_BITS))
}
