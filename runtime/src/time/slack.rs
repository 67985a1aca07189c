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
    // Miri does not know that call.
    #[cfg(all(target_os = "linux", not(miri)))]
    if timeout.is_some_and(|timeout| timeout < LONG) {
        // SAFETY: Takes no pointer, and no further argument.
        let slack = unsafe { libc::prctl(libc::PR_GET_TIMERSLACK) };
        // SAFETY: Takes a number.
        let set =
            |nanoseconds: libc::c_int| unsafe { libc::prctl(libc::PR_SET_TIMERSLACK, nanoseconds as libc::c_ulong) };
        // Threads that run in real time have none. What cannot be asked for cannot be set either.
        if slack > 1 {
            set(1);
            let result = wait();
            set(slack);
            return result;
        }
    }
    wait()
}
