//! How late the system may be.

/// Makes the timed waits of this thread exact, for as long as it lives. Linux puts them off by up to 50 µs otherwise, to save power by
/// waking for several at once (`man 2 prctl`, `PR_SET_TIMERSLACK`); that would be most of the lateness of a `sleep`. Miri does not know
/// that call.
pub(crate) struct NoSlack {
    #[cfg(all(target_os = "linux", not(miri)))]
    before: libc::c_ulong,
}

#[cfg(all(target_os = "linux", not(miri)))]
impl NoSlack {
    pub(crate) fn new() -> Self {
        // SAFETY: Takes no pointer, and no further argument.
        let before = unsafe { libc::prctl(libc::PR_GET_TIMERSLACK) };
        // If it cannot be asked for, it cannot be set either: 0 is what the thread has had from the start.
        let slack = Self { before: before.try_into().unwrap_or(0) };
        set(1);
        slack
    }
}

#[cfg(all(target_os = "linux", not(miri)))]
impl Drop for NoSlack {
    fn drop(&mut self) {
        set(self.before);
    }
}

#[cfg(all(target_os = "linux", not(miri)))]
fn set(nanoseconds: libc::c_ulong) {
    // SAFETY: Takes a number.
    unsafe { libc::prctl(libc::PR_SET_TIMERSLACK, nanoseconds) };
}

#[cfg(any(not(target_os = "linux"), miri))]
impl NoSlack {
    pub(crate) fn new() -> Self {
        Self {}
    }
}
