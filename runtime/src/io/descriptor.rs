//! The calls to the system that neither std nor mio offers.

use mio::{Events, Poll};
use std::io::{self, ErrorKind};
use std::mem::ManuallyDrop;
use std::net::SocketAddr;
use std::os::fd::{AsFd, AsRawFd, BorrowedFd, FromRawFd};
use std::time::Duration;

/// Makes operations on this descriptor say `WouldBlock` instead of waiting.
pub(super) fn set_nonblocking(descriptor: BorrowedFd<'_>) -> io::Result<()> {
    let mut is_nonblocking: libc::c_int = 1;
    // SAFETY: The descriptor is open for as long as it is borrowed, and the argument of `FIONBIO` is an `int` to read.
    checked(unsafe { libc::ioctl(descriptor.as_raw_fd(), libc::FIONBIO, &raw mut is_nonblocking) }).map(drop)
}

/// Says `WouldBlock` unless the descriptor is ready for these events, or has failed.
pub(super) fn check(descriptor: BorrowedFd<'_>, events: libc::c_short) -> io::Result<()> {
    let mut waiting = libc::pollfd { fd: descriptor.as_raw_fd(), events, revents: 0 };
    // SAFETY: The argument is an array of one `pollfd`; it does not wait.
    match checked(unsafe { libc::poll(&raw mut waiting, 1, 0) })? {
        0 => Err(ErrorKind::WouldBlock.into()),
        _ => Ok(()),
    }
}

/// Ends the writing direction of a socket. With anything else, the other side sees the end when the descriptor is closed.
pub(super) fn end_writing(descriptor: BorrowedFd<'_>) -> io::Result<()> {
    // SAFETY: The descriptor is open for as long as it is borrowed.
    match checked(unsafe { libc::shutdown(descriptor.as_raw_fd(), libc::SHUT_WR) }) {
        Err(error) if error.raw_os_error() != Some(libc::ENOTSOCK) => Err(error),
        _ => Ok(()),
    }
}

/// A socket of std that accepts connections.
pub trait Listener {
    /// A connection.
    type Stream;
    /// Where it comes from.
    type Address;

    /// Accepts a connection, which is non-blocking from the start.
    ///
    /// # Errors
    ///
    /// What `accept` says.
    fn accept_nonblocking(&self) -> io::Result<(Self::Stream, Self::Address)>;
}

impl Listener for std::net::TcpListener {
    type Stream = std::net::TcpStream;
    type Address = SocketAddr;

    fn accept_nonblocking(&self) -> io::Result<(Self::Stream, Self::Address)> {
        // SAFETY: The descriptor is a listener, is open for as long as that is borrowed, and is not closed here.
        let listener = ManuallyDrop::new(unsafe { mio::net::TcpListener::from_raw_fd(self.as_raw_fd()) });
        listener.accept().map(|(stream, peer)| (stream.into(), peer))
    }
}

impl Listener for std::os::unix::net::UnixListener {
    type Stream = std::os::unix::net::UnixStream;
    type Address = std::os::unix::net::SocketAddr;

    fn accept_nonblocking(&self) -> io::Result<(Self::Stream, Self::Address)> {
        // SAFETY: As with TCP.
        let listener = ManuallyDrop::new(unsafe { mio::net::UnixListener::from_raw_fd(self.as_raw_fd()) });
        listener.accept().map(|(stream, peer)| (stream.into(), peer))
    }
}

/// Whether a socket is one of TCP with nothing on top, such as kernel TLS, that has records of its own. Only asked on Linux.
pub(crate) fn is_plain_tcp(socket: &impl AsFd) -> bool {
    #[cfg(target_os = "linux")]
    {
        /// The first bytes of an option, and how many there are.
        fn option(socket: BorrowedFd<'_>, level: libc::c_int, name: libc::c_int) -> io::Result<(libc::c_int, usize)> {
            let (mut value, mut length) = (0_i32, size_of::<i32>() as libc::socklen_t);
            let place = (&raw mut value).cast();
            // SAFETY: The descriptor is open for as long as it is borrowed; the place has the length that is given.
            checked(unsafe { libc::getsockopt(socket.as_raw_fd(), level, name, place, &raw mut length) })?;
            Ok((value, length as usize))
        }
        let socket = socket.as_fd();
        let is_tcp =
            option(socket, libc::SOL_SOCKET, libc::SO_PROTOCOL).is_ok_and(|(value, _)| value == libc::IPPROTO_TCP);
        // Its name has a length, if there is any.
        is_tcp && option(socket, libc::IPPROTO_TCP, libc::TCP_ULP).is_ok_and(|(_, length)| length == 0)
    }
    #[cfg(not(target_os = "linux"))]
    {
        let _ = socket;
        false
    }
}

/// How many connections wait to be accepted; the system may have a lower limit of its own. std's 128 are soon too few: a connection that
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
