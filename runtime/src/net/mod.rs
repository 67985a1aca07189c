//! Sockets.
//!
//! Each is an [`Async`](crate::io::Async) of std's: `new` makes one of a socket of std, with whatever options that has, and
//! `into_inner` gives it back. So options before `bind` are those of the crate `socket2`:
//!
//! ```
//! use pinsight_rt::net::TcpListener;
//! use socket2::{Domain, Socket, Type};
//! use std::net::{Ipv4Addr, SocketAddr};
//!
//! # fn main() -> std::io::Result<()> {
//! // Many listeners, each in an executor on a thread of its own, on one port.
//! let listen = |port| {
//!     let socket = Socket::new(Domain::IPV4, Type::STREAM, None)?;
//!     socket.set_reuse_port(true)?;
//!     socket.bind(&SocketAddr::from((Ipv4Addr::LOCALHOST, port)).into())?;
//!     socket.listen(4096)?;
//!     TcpListener::from_std(socket.into())
//! };
//! let first = listen(0)?;
//! let second = listen(first.local_addr()?.port())?;
//! assert_eq!(first.local_addr()?, second.local_addr()?);
//! # Ok(())
//! # }
//! ```

mod datagram;
mod tcp;
mod unix;

pub use self::datagram::{UdpSocket, UnixDatagram};
pub use self::tcp::{TcpListener, TcpStream};
pub use self::unix::{UnixListener, UnixStream};

use std::io;
use std::net::{SocketAddr, ToSocketAddrs};

/// The addresses of a host, such as `"localhost:80"`, as the system's resolver finds them on the thread pool.
///
/// # Errors
///
/// What `to_socket_addrs` says.
pub async fn resolve(host: impl ToSocketAddrs + Send + 'static) -> io::Result<Vec<SocketAddr>> {
    crate::unblock(move || Ok(host.to_socket_addrs()?.collect())).await
}
