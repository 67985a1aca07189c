//! How late the system may be.

use std::time::Duration;

/// Waits of this length and more may be late by the slack: it is less than a hundredth of them.
const LONG: Duration = Duration::from_millis(10);

/// Makes a timed wait of this thread exact. Linux puts it off by up to 50 µs otherwise, to save power by waking for several at once (`man 2
/// prctl`, `PR_SET_TIMERSLACK`); that would be most of the lateness of a short `sleep`.
///
/// Only during the wait: threads and child processes inherit the slack of the thread that makes them, and other code on this thread may
/// have one of its own.
pub(crate) fn exactly<R>(timeout: Option<Duration>, wait: impl FnOnce() -> R) -> R {
    let _slack = timeout.filter(|timeout| *timeout < LONG).and_then(|_| NoSlack::new());
    wait()
}

/// Sets the slack back when it is dropped. Miri does not know that call.
struct NoSlack {
    #[cfg_attr(any(not(target_os = "linux"), miri), expect(dead_code, reason = "never made"))]
    before: u64,
}

#[cfg(all(target_os = "linux", not(miri)))]
impl NoSlack {
    fn new() -> Option<Self> {
        // SAFETY: Takes no pointer, and no further argument.
        let before = unsafe { libc::prctl(libc::PR_GET_TIMERSLACK) };
        // Threads that run in real time have none. What cannot be asked for cannot be set either.
        let slack = Self { before: u64::try_from(before).ok().filter(|before| *before > 1)? };
        set(1);
        Some(slack)
    }
}

#[cfg(all(target_os = "linux", not(miri)))]
impl Drop for NoSlack {
    fn drop(&mut self) {
        set(self.before);
    }
}

#[cfg(all(target_os = "linux", not(miri)))]
fn set(nanoseconds: u64) {
    // SAFETY: Takes a number.
    unsafe { libc::prctl(libc::PR_SET_TIMERSLACK, nanoseconds as libc::c_ulong) };
}

#[cfg(any(not(target_os = "linux"), miri))]
impl NoSlack {
    fn new() -> Option<Self> {
        None
    }
}
