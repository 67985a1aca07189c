//! Unix sockets.

use super::stream::stream;
use super::{Reading, Writing};
use crate::io::Async;
use std::io;
use std::os::fd::{AsFd, BorrowedFd};
use std::path::Path;

/// Accepts connections on a path.
#[derive(Debug)]
pub struct UnixListener {
    io: Async<mio::net::UnixListener>,
}

impl UnixListener {
    /// Listens on a path, which must not exist, and is left behind.
    ///
    /// # Errors
    ///
    /// What the system says.
    pub fn bind(path: impl AsRef<Path>) -> io::Result<Self> {
        let listener = mio::net::UnixListener::bind(path)?;
        crate::io::widen(&listener)?;
        Ok(Self { io: Async::from_nonblocking(listener) })
    }

    /// Takes over a listener of std.
    ///
    /// # Errors
    ///
    /// What the system says.
    pub fn from_std(listener: std::os::unix::net::UnixListener) -> io::Result<Self> {
        listener.set_nonblocking(true)?;
        Ok(Self { io: Async::from_nonblocking(mio::net::UnixListener::from_std(listener)) })
    }

    /// Waits for a connection.
    ///
    /// # Errors
    ///
    /// What the system says. As with TCP, the listener goes on after any error.
    pub async fn accept(&mut self) -> io::Result<UnixStream> {
        let (stream, _unnamed) = self.io.read_with(mio::net::UnixListener::accept).await?;
        Ok(UnixStream { io: Async::from_nonblocking(stream) })
    }
}

impl AsFd for UnixListener {
    fn as_fd(&self) -> BorrowedFd<'_> {
        self.io.as_fd()
    }
}

/// A connection between processes on this machine.
#[derive(Debug)]
pub struct UnixStream {
    io: Async<mio::net::UnixStream>,
}

stream!(UnixStream);

impl UnixStream {
    /// Connects to a path.
    ///
    /// # Errors
    ///
    /// What the system says; `WouldBlock` if the listener's queue is full.
    pub async fn connect(path: impl AsRef<Path>) -> io::Result<Self> {
        // A Unix socket connects at once or not at all.
        Ok(Self { io: Async::from_nonblocking(mio::net::UnixStream::connect(path)?) })
    }

    /// Two streams that are connected to each other.
    ///
    /// # Errors
    ///
    /// What the system says.
    pub fn pair() -> io::Result<(Self, Self)> {
        let (one, other) = mio::net::UnixStream::pair()?;
        Ok((Self { io: Async::from_nonblocking(one) }, Self { io: Async::from_nonblocking(other) }))
    }

    /// Takes over a stream of std.
    ///
    /// # Errors
    ///
    /// What the system says.
    pub fn from_std(stream: std::os::unix::net::UnixStream) -> io::Result<Self> {
        stream.set_nonblocking(true)?;
        Ok(Self { io: Async::from_nonblocking(mio::net::UnixStream::from_std(stream)) })
    }
}
