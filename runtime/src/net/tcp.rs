//! TCP.

use super::stream::stream;
use super::{Reading, Writing};
use crate::io::Async;
use crate::reactor::Direction;
use std::future::poll_fn;
use std::io::{self, ErrorKind};
use std::net::SocketAddr;
use std::os::fd::{AsFd, BorrowedFd};
use std::time::Duration;

/// Accepts connections.
///
/// ```
/// use pinsight_rt::{LocalExecutor, net::{TcpListener, TcpStream}, spawn};
///
/// # fn main() -> std::io::Result<()> {
/// LocalExecutor::new().run(async {
///     let mut listener = TcpListener::bind("127.0.0.1:0".parse().unwrap())?;
///     let address = listener.local_addr()?;
///     let server = spawn(async move {
///         let (mut stream, _peer) = listener.accept().await?;
///         stream.write_all(b"hello").await
///     });
///     let mut stream = TcpStream::connect(address).await?;
///     let mut text = Vec::new();
///     stream.read_to_end(&mut text).await?;
///     assert_eq!(text, b"hello");
///     server.await.unwrap()
/// })
/// # }
/// ```
#[derive(Debug)]
pub struct TcpListener {
    io: Async<mio::net::TcpListener>,
}

impl TcpListener {
    /// Listens on an address; port 0 is any free one.
    ///
    /// # Errors
    ///
    /// What the system says.
    pub fn bind(address: SocketAddr) -> io::Result<Self> {
        let listener = mio::net::TcpListener::bind(address)?;
        crate::io::widen(&listener)?;
        Ok(Self { io: Async::from_nonblocking(listener) })
    }

    /// Takes over a listener of std.
    ///
    /// # Errors
    ///
    /// What the system says.
    pub fn from_std(listener: std::net::TcpListener) -> io::Result<Self> {
        listener.set_nonblocking(true)?;
        Ok(Self { io: Async::from_nonblocking(mio::net::TcpListener::from_std(listener)) })
    }

    /// Waits for a connection.
    ///
    /// # Errors
    ///
    /// What the system says. The listener goes on after any error, also when the process has no descriptors left (`EMFILE`):
    /// the connection then waits until there is one again. Wait for a moment before the next try in that case.
    pub async fn accept(&mut self) -> io::Result<(TcpStream, SocketAddr)> {
        let (stream, peer) = self.io.read_with(mio::net::TcpListener::accept).await?;
        Ok((TcpStream { io: Async::from_nonblocking(stream) }, peer))
    }

    /// The address that it listens on.
    ///
    /// # Errors
    ///
    /// What the system says.
    pub fn local_addr(&self) -> io::Result<SocketAddr> {
        self.io.get_ref().local_addr()
    }
}

impl AsFd for TcpListener {
    fn as_fd(&self) -> BorrowedFd<'_> {
        self.io.as_fd()
    }
}

/// A TCP connection.
#[derive(Debug)]
pub struct TcpStream {
    io: Async<mio::net::TcpStream>,
}

stream!(TcpStream);

impl TcpStream {
    /// Connects to an address. For names, there is [`resolve`](super::resolve).
    ///
    /// # Errors
    ///
    /// What the system says.
    pub async fn connect(address: SocketAddr) -> io::Result<Self> {
        let io = Async::from_nonblocking(mio::net::TcpStream::connect(address)?);
        let is_connected = |stream: &mio::net::TcpStream| {
            if let Some(error) = stream.take_error()? {
                return Err(error);
            }
            match stream.peer_addr() {
                Err(error) if error.kind() == ErrorKind::NotConnected => Err(ErrorKind::WouldBlock.into()),
                result => result,
            }
        };
        poll_fn(|context| io.poll_with(Direction::Write, context, is_connected)).await?;
        Ok(Self { io })
    }

    /// Connects to an address, or gives up after some time.
    ///
    /// # Errors
    ///
    /// What the system says, and `TimedOut`.
    pub async fn connect_timeout(address: SocketAddr, limit: Duration) -> io::Result<Self> {
        match crate::time::timeout(limit, Self::connect(address)).await {
            Ok(result) => result,
            Err(_) => Err(io::Error::new(ErrorKind::TimedOut, format!("no connection to {address} within {limit:?}"))),
        }
    }

    /// Takes over a connection of std.
    ///
    /// # Errors
    ///
    /// What the system says.
    pub fn from_std(stream: std::net::TcpStream) -> io::Result<Self> {
        stream.set_nonblocking(true)?;
        Ok(Self { io: Async::from_nonblocking(mio::net::TcpStream::from_std(stream)) })
    }

    /// Sends small writes at once, instead of waiting for more.
    ///
    /// # Errors
    ///
    /// What the system says.
    pub fn set_nodelay(&self, nodelay: bool) -> io::Result<()> {
        self.io.get_ref().set_nodelay(nodelay)
    }

    /// Whether small writes are sent at once.
    ///
    /// # Errors
    ///
    /// What the system says.
    pub fn nodelay(&self) -> io::Result<bool> {
        self.io.get_ref().nodelay()
    }

    /// Waits for data and copies some of it, which stays to be read.
    ///
    /// # Errors
    ///
    /// What the system says.
    pub async fn peek(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        self.io.read_with(|stream| stream.peek(buffer)).await
    }

    /// The address of this end.
    ///
    /// # Errors
    ///
    /// What the system says.
    pub fn local_addr(&self) -> io::Result<SocketAddr> {
        self.io.get_ref().local_addr()
    }

    /// The address of the other end.
    ///
    /// # Errors
    ///
    /// What the system says.
    pub fn peer_addr(&self) -> io::Result<SocketAddr> {
        self.io.get_ref().peer_addr()
    }
}
