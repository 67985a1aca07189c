//! The calls to the system that neither std nor mio offers.

use mio::{Events, Poll};
use std::io;
use std::os::fd::{AsFd, AsRawFd, BorrowedFd};
use std::time::Duration;

/// Makes operations on this descriptor say `WouldBlock` instead of waiting.
pub(super) fn set_nonblocking(descriptor: BorrowedFd<'_>) -> io::Result<()> {
    // SAFETY: The descriptor is open for as long as it is borrowed, and `F_GETFL` takes no argument.
    let flags = checked(unsafe { libc::fcntl(descriptor.as_raw_fd(), libc::F_GETFL) })?;
    if flags & libc::O_NONBLOCK == 0 {
        // SAFETY: As above; the argument of `F_SETFL` is an `int`.
        checked(unsafe { libc::fcntl(descriptor.as_raw_fd(), libc::F_SETFL, flags | libc::O_NONBLOCK) })?;
    }
    Ok(())
}

/// How many connections wait to be accepted; the system may have a lower limit of its own. mio's 128 are soon too few: a connection that
/// finds no room tries again after a second.
const BACKLOG: libc::c_int = 4096;

/// Makes room for a crowd before a listener.
pub(crate) fn widen(listener: &impl AsFd) -> io::Result<()> {
    // SAFETY: The descriptor is open for as long as its owner is borrowed. A listener that listens already gets the new number.
    checked(unsafe { libc::listen(listener.as_fd().as_raw_fd(), BACKLOG) }).map(drop)
}

/// Waits for events, but not longer than told.
///
/// mio waits for whole milliseconds, and would be late by up to one. So what is not whole is waited for with `ppoll`, on the
/// descriptor of the `epoll` itself.
pub(crate) fn wait(poll: &mut Poll, events: &mut Events, timeout: Option<Duration>) -> io::Result<()> {
    #[cfg(target_os = "linux")]
    if let Some(timeout) = timeout.filter(|timeout| timeout.subsec_nanos() % 1_000_000 != 0) {
        let mut waiting = libc::pollfd { fd: poll.as_raw_fd(), events: libc::POLLIN, revents: 0 };
        let time = libc::timespec {
            tv_sec: timeout.as_secs().try_into().unwrap_or(libc::time_t::MAX),
            tv_nsec: timeout.subsec_nanos().into(),
        };
        // SAFETY: The first two arguments are an array of one `pollfd`; the time is borrowed too, and may be; no signal mask
        // is given.
        checked(unsafe { libc::ppoll(&raw mut waiting, 1, &raw const time, std::ptr::null()) })?;
        return poll.poll(events, Some(Duration::ZERO));
    }
    poll.poll(events, timeout)
}

fn checked(result: libc::c_int) -> io::Result<libc::c_int> {
    if result == -1 { Err(io::Error::last_os_error()) } else { Ok(result) }
}
