//! TCP.

use crate::io::{self as sys, Async};
use crate::reactor::Direction;
use std::future::poll_fn;
use std::io::{self, ErrorKind};
use std::net::SocketAddr;
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
pub type TcpListener = Async<std::net::TcpListener>;

/// A TCP connection.
pub type TcpStream = Async<std::net::TcpStream>;

impl Async<std::net::TcpListener> {
    /// Listens on an address; port 0 is any free one.
    ///
    /// # Errors
    ///
    /// What `bind` and `listen` say.
    pub fn bind(address: SocketAddr) -> io::Result<Self> {
        let listener = std::net::TcpListener::bind(address)?;
        sys::widen(&listener)?;
        Self::from_std(listener)
    }

    /// Takes over a listener of std. Unlike [`new`](Self::new), it finds out whether this is TCP as the system makes it: then its
    /// connections take one read less for each message.
    ///
    /// # Errors
    ///
    /// What `ioctl` says.
    pub fn from_std(listener: std::net::TcpListener) -> io::Result<Self> {
        let is_plain = sys::is_plain_tcp(&listener);
        Ok(Self::new(listener)?.if_plain_tcp(is_plain))
    }
}

impl Async<std::net::TcpStream> {
    /// Connects to an address. For names, there is [`resolve`](super::resolve).
    ///
    /// # Errors
    ///
    /// What `connect` says.
    pub async fn connect(address: SocketAddr) -> io::Result<Self> {
        let stream = Self::from_nonblocking(mio::net::TcpStream::connect(address)?.into()).if_plain_tcp(true);
        let is_connected = |stream: &std::net::TcpStream| {
            if let Some(error) = stream.take_error()? {
                return Err(error);
            }
            match stream.peer_addr() {
                Err(error) if error.kind() == ErrorKind::NotConnected => Err(ErrorKind::WouldBlock.into()),
                result => result,
            }
        };
        poll_fn(|context| stream.poll_with(Direction::Write, context, is_connected)).await?;
        Ok(stream)
    }

    /// Connects to an address, or gives up after some time.
    ///
    /// # Errors
    ///
    /// What `connect` says, and `TimedOut`.
    pub async fn connect_timeout(address: SocketAddr, limit: Duration) -> io::Result<Self> {
        match crate::time::timeout(limit, Self::connect(address)).await {
            Ok(result) => result,
            Err(_) => Err(io::Error::new(ErrorKind::TimedOut, format!("no connection to {address} within {limit:?}"))),
        }
    }

    /// Takes over a connection of std. Unlike [`new`](Self::new), it finds out whether this is TCP as the system makes it: then it takes
    /// one read less for each message. So what has records of its own, such as kernel TLS, has to be set up before.
    ///
    /// # Errors
    ///
    /// What `ioctl` says.
    pub fn from_std(stream: std::net::TcpStream) -> io::Result<Self> {
        let is_plain = sys::is_plain_tcp(&stream);
        Ok(Self::new(stream)?.if_plain_tcp(is_plain))
    }

    /// Waits for data and copies some of it, which stays to be read.
    ///
    /// # Errors
    ///
    /// What `recv` says.
    pub async fn peek(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        self.read_with(|stream| stream.peek(buffer)).await
    }
}
