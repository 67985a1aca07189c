//! Waiting for time to pass.
//!
//! Nothing here is ever early. A timer may be late by half a microsecond, and by up to 64 µs if others have just fired, plus what
//! the system and the tasks before it take. On Linux that is little for waits below 10 ms, which are made exact; longer ones may be late by the
//! timer slack of the thread, 50 µs as a rule.

pub(crate) mod clock;
mod interval;
pub(crate) mod slack;
mod sleep;
mod timeout;
mod wheel;

pub use self::interval::{Interval, MissedTickBehavior, interval, interval_at};
pub use self::sleep::{Sleep, advance, now, pause, resume, sleep, sleep_until};
pub use self::timeout::{Elapsed, Timeout, timeout};
