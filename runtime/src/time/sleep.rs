//! Timers, and the clock that they go by.

use super::clock::after;
use crate::coop::{poll_budget, yield_now};
use crate::executor::local::{Local, no_executor};
use std::fmt;
use std::pin::Pin;
use std::ptr;
use std::rc::Rc;
use std::task::{Context, Poll};
use std::time::{Duration, Instant};

/// Now, by the clock of the executor that is running on this thread, which may be [paused](super::pause); without one, by the system's.
pub fn now() -> Instant {
    Local::with_current(|local| local.timers.now()).unwrap_or_else(Instant::now)
}

/// Waits for as long as told.
///
/// # Panics
///
/// When it is polled outside a running executor.
#[track_caller]
pub fn sleep(duration: Duration) -> Sleep {
    sleep_until(after(now(), duration))
}

/// Waits until then.
///
/// # Panics
///
/// When it is polled outside a running executor.
pub fn sleep_until(deadline: Instant) -> Sleep {
    Sleep { deadline, timer: None }
}

/// See [`sleep`].
#[must_use = "a future does nothing unless it is awaited"]
pub struct Sleep {
    deadline: Instant,
    timer: Option<Timer>,
}

/// An entry in the wheel of an executor.
struct Timer {
    local: Rc<Local>,
    key: usize,
}

impl Timer {
    fn remove(self) {
        // The waker is dropped after the borrow: it may be of a task that has more timers.
        let waker = self.local.timers.wheel.borrow_mut().remove(self.key);
        drop(waker);
    }
}

impl Sleep {
    /// When it is over.
    pub fn deadline(&self) -> Instant {
        self.deadline
    }

    /// Waits until then instead, also if it was over already.
    pub fn reset(&mut self, deadline: Instant) {
        self.deadline = deadline;
        self.disarm();
    }

    fn disarm(&mut self) {
        if let Some(timer) = self.timer.take() {
            timer.remove();
        }
    }
}

impl Future for Sleep {
    type Output = ();

    fn poll(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<()> {
        let this = &mut *self;
        if let Some(Timer { local, key }) = &this.timer {
            let wheel = &local.timers.wheel;
            let is_over = if wheel.borrow().has_fired(*key) {
                Some(true)
            } else if Local::with_current(|current| ptr::eq(current, &**local)) != Some(true) {
                // It has come to another executor: the one before may never run again.
                None
            } else if wheel.borrow().has_waker(*key, context.waker()) {
                Some(false)
            } else {
                // Foreign code, which may have let the time pass.
                let waker = context.waker().clone();
                let old = wheel.borrow_mut().set_waker(*key, waker);
                drop(old);
                Some(wheel.borrow().has_fired(*key))
            };
            match is_over {
                Some(true) => {
                    return poll_budget(context, |_| {
                        this.disarm();
                        Poll::Ready(())
                    });
                }
                Some(false) => return Poll::Pending,
                None => this.disarm(),
            }
        }
        let armed = Local::with_current(|local| {
            let timers = &local.timers;
            if this.deadline <= timers.seen() {
                return poll_budget(context, |_| Poll::Ready(()));
            }
            if let Some(tick) = timers.tick_after(this.deadline) {
                // Foreign code. Whatever it does, the tick is the same; if that has passed, the timer fires at the next look.
                let waker = context.waker().clone();
                let key = timers.wheel.borrow_mut().insert(tick, waker);
                this.timer = Some(Timer { local: local.rc(), key });
            }
            Poll::Pending
        });
        armed.unwrap_or_else(|| no_executor("a timer"))
    }
}

impl Drop for Sleep {
    fn drop(&mut self) {
        self.disarm();
    }
}

impl fmt::Debug for Sleep {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Sleep").field("deadline", &self.deadline).finish_non_exhaustive()
    }
}

/// Lets the clock of the running executor stand still, for a test. Whenever all tasks wait, it is set to the next timer, so that
/// no test has to wait for time. [`now`] tells it; `Instant::now` and `Instant::elapsed` of std do not.
///
/// ```
/// use pinsight_rt::{LocalExecutor, time};
/// use std::time::Duration;
///
/// LocalExecutor::new().run(async {
///     time::pause();
///     let start = time::now();
///     time::sleep(Duration::from_secs(3600)).await;
///     assert!(time::now() - start >= Duration::from_secs(3600));
/// });
/// ```
///
/// # Panics
///
/// Outside a running executor, and if the clock is paused already.
#[track_caller]
pub fn pause() {
    Local::current("`time::pause`").timers.pause();
}

/// Lets a paused clock follow the system's again.
///
/// # Panics
///
/// Outside a running executor, and if the clock is not paused.
#[track_caller]
pub fn resume() {
    Local::current("`time::resume`").timers.resume();
}

/// Moves a paused clock on. The timers that it passes have fired afterwards, and their tasks have been polled.
///
/// # Panics
///
/// Outside a running executor, and if the clock is not paused.
pub async fn advance(duration: Duration) {
    let local = Local::current("`time::advance`");
    local.timers.advance(duration);
    local.timers.fire();
    while local.timers.wheel.borrow().has_expired() {
        yield_now().await;
        local.timers.fire();
    }
    yield_now().await;
}
