//! Datagrams, of UDP and of Unix sockets.

use crate::io::{Async, ReadHalf, WriteHalf};
use crate::reactor::Direction;
use std::future::poll_fn;
use std::io;
use std::os::unix::net;
use std::path::Path;

/// Sends and receives datagrams. The halves of [`into_split`](Async::into_split) do so at once.
///
/// ```
/// use pinsight_rt::{LocalExecutor, net::UdpSocket};
///
/// # fn main() -> std::io::Result<()> {
/// LocalExecutor::new().run(async {
///     let mut receiver = UdpSocket::bind("127.0.0.1:0".parse().unwrap())?;
///     let mut sender = UdpSocket::bind("127.0.0.1:0".parse().unwrap())?;
///     sender.send_to(b"hello", receiver.local_addr()?).await?;
///     let mut buffer = [0; 16];
///     let (length, from) = receiver.recv_from(&mut buffer).await?;
///     assert_eq!((&buffer[..length], from), (&b"hello"[..], sender.local_addr()?));
///     Ok(())
/// })
/// # }
/// ```
pub type UdpSocket = Async<std::net::UdpSocket>;

/// Sends and receives datagrams between processes on this machine.
pub type UnixDatagram = Async<net::UnixDatagram>;

impl Async<std::net::UdpSocket> {
    /// Binds to an address; port 0 is any free one.
    ///
    /// # Errors
    ///
    /// What `bind` says.
    pub fn bind(address: std::net::SocketAddr) -> io::Result<Self> {
        Self::new(std::net::UdpSocket::bind(address)?)
    }
}

impl Async<net::UnixDatagram> {
    /// Binds to a path, which must not exist, and is left behind.
    ///
    /// # Errors
    ///
    /// What `bind` says.
    pub fn bind(path: impl AsRef<Path>) -> io::Result<Self> {
        Self::new(net::UnixDatagram::bind(path)?)
    }

    /// Two sockets that are connected to each other.
    ///
    /// # Errors
    ///
    /// What `socketpair` says.
    pub fn pair() -> io::Result<(Self, Self)> {
        let (one, other) = net::UnixDatagram::pair()?;
        Ok((Self::new(one)?, Self::new(other)?))
    }
}

macro_rules! datagrams {
    ($Socket:ty, to: $To:ty, from: $From:ty, reads: $($Reads:ident)*, writes: $($Writes:ident)*) => {
        $(impl $Reads<$Socket> {
            /// Receives a datagram from where the socket is connected; what does not fit into the buffer is lost.
            ///
            /// # Errors
            ///
            /// What `recv` says.
            pub async fn recv(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
                poll_fn(|context| self.poll_with(Direction::Read, context, |socket| socket.recv(buffer))).await
            }

            /// Receives a datagram from anybody; what does not fit into the buffer is lost.
            ///
            /// # Errors
            ///
            /// What `recvfrom` says.
            pub async fn recv_from(&mut self, buffer: &mut [u8]) -> io::Result<(usize, $From)> {
                poll_fn(|context| self.poll_with(Direction::Read, context, |socket| socket.recv_from(buffer))).await
            }
        })*

        $(impl $Writes<$Socket> {
            /// Sends a datagram to where the socket is connected.
            ///
            /// # Errors
            ///
            /// What `send` says.
            pub async fn send(&mut self, bytes: &[u8]) -> io::Result<usize> {
                poll_fn(|context| self.poll_with(Direction::Write, context, |socket| socket.send(bytes))).await
            }

            /// Sends a datagram.
            ///
            /// # Errors
            ///
            /// What `sendto` says.
            pub async fn send_to(&mut self, bytes: &[u8], to: $To) -> io::Result<usize> {
                poll_fn(|context| self.poll_with(Direction::Write, context, |socket| socket.send_to(bytes, &to))).await
            }
        })*
    };
}

datagrams!(std::net::UdpSocket, to: std::net::SocketAddr, from: std::net::SocketAddr,
    reads: Async ReadHalf, writes: Async WriteHalf);
datagrams!(net::UnixDatagram, to: impl AsRef<Path>, from: net::SocketAddr,
    reads: Async ReadHalf, writes: Async WriteHalf);
