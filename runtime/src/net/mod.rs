//! Sockets.
//!
//! None of them needs a runtime to be made: they register with the executor that runs them when they first have to wait.

mod stream;
mod tcp;
mod udp;
mod unix;

pub use self::stream::{ReadHalf, WriteHalf};
pub(crate) use self::stream::{Reading, Writing};
pub use self::tcp::{TcpListener, TcpStream};
pub use self::udp::UdpSocket;
pub use self::unix::{UnixListener, UnixStream};

use std::io;
use std::net::{SocketAddr, ToSocketAddrs};

/// The addresses of a host, such as `"localhost:80"`, as the system's resolver finds them on the thread pool.
///
/// # Errors
///
/// What the resolver says.
pub async fn resolve(host: impl ToSocketAddrs + Send + 'static) -> io::Result<Vec<SocketAddr>> {
    crate::unblock(move || Ok(host.to_socket_addrs()?.collect())).await
}
