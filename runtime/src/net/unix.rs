//! Unix sockets.

use crate::io::{Async, widen};
use std::io;
use std::os::unix::net;
use std::path::Path;

/// Accepts connections on a path.
pub type UnixListener = Async<net::UnixListener>;

/// A connection between processes on this machine.
pub type UnixStream = Async<net::UnixStream>;

impl Async<net::UnixListener> {
    /// Listens on a path, which must not exist, and is left behind.
    ///
    /// # Errors
    ///
    /// What `bind` and `listen` say.
    pub fn bind(path: impl AsRef<Path>) -> io::Result<Self> {
        let listener = net::UnixListener::bind(path)?;
        widen(&listener)?;
        Self::new(listener)
    }
}

impl Async<net::UnixStream> {
    /// Connects to a path.
    ///
    /// # Errors
    ///
    /// What `connect` says; `WouldBlock` if the listener's queue is full.
    pub async fn connect(path: impl AsRef<Path>) -> io::Result<Self> {
        // A Unix socket connects at once or not at all.
        Ok(Self::from_nonblocking(mio::net::UnixStream::connect(path)?.into()))
    }

    /// Two streams that are connected to each other.
    ///
    /// # Errors
    ///
    /// What `socketpair` says.
    pub fn pair() -> io::Result<(Self, Self)> {
        let (one, other) = mio::net::UnixStream::pair()?;
        Ok((Self::from_nonblocking(one.into()), Self::from_nonblocking(other.into())))
    }
}
