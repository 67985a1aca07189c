//! UDP.

use crate::io::Async;
use std::io;
use std::net::SocketAddr;
use std::os::fd::{AsFd, BorrowedFd};

/// Sends and receives datagrams.
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
#[derive(Debug)]
pub struct UdpSocket {
    io: Async<mio::net::UdpSocket>,
}

impl UdpSocket {
    /// Binds to an address; port 0 is any free one.
    ///
    /// # Errors
    ///
    /// What the system says.
    pub fn bind(address: SocketAddr) -> io::Result<Self> {
        Ok(Self { io: Async::from_nonblocking(mio::net::UdpSocket::bind(address)?) })
    }

    /// Takes over a socket of std, with whatever options it has.
    ///
    /// # Errors
    ///
    /// What the system says.
    pub fn from_std(socket: std::net::UdpSocket) -> io::Result<Self> {
        socket.set_nonblocking(true)?;
        Ok(Self { io: Async::from_nonblocking(mio::net::UdpSocket::from_std(socket)) })
    }

    /// Sets where `send` sends to, and whom `recv` receives from.
    ///
    /// # Errors
    ///
    /// What the system says.
    pub fn connect(&self, address: SocketAddr) -> io::Result<()> {
        self.io.get_ref().connect(address)
    }

    /// Sends a datagram.
    ///
    /// # Errors
    ///
    /// What the system says.
    pub async fn send_to(&mut self, bytes: &[u8], address: SocketAddr) -> io::Result<usize> {
        self.io.write_with(|socket| socket.send_to(bytes, address)).await
    }

    /// Receives a datagram; what does not fit into the buffer is lost.
    ///
    /// # Errors
    ///
    /// What the system says.
    pub async fn recv_from(&mut self, buffer: &mut [u8]) -> io::Result<(usize, SocketAddr)> {
        self.io.read_with(|socket| socket.recv_from(buffer)).await
    }

    /// Sends a datagram to where the socket is connected.
    ///
    /// # Errors
    ///
    /// What the system says.
    pub async fn send(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.io.write_with(|socket| socket.send(bytes)).await
    }

    /// Receives a datagram from where the socket is connected.
    ///
    /// # Errors
    ///
    /// What the system says.
    pub async fn recv(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        self.io.read_with(|socket| socket.recv(buffer)).await
    }

    /// The address that it is bound to.
    ///
    /// # Errors
    ///
    /// What the system says.
    pub fn local_addr(&self) -> io::Result<SocketAddr> {
        self.io.get_ref().local_addr()
    }
}

impl AsFd for UdpSocket {
    fn as_fd(&self) -> BorrowedFd<'_> {
        self.io.as_fd()
    }
}
