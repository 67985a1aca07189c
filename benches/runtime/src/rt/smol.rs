//! smol as its documentation shows it: `smol::block_on` and `smol::spawn`.

use std::future::Future;
use std::io;
use std::net::{Ipv4Addr, SocketAddr};
use std::time::Duration;

use smol::io::{AsyncReadExt, AsyncWriteExt};
use smol::net::{TcpListener, TcpStream};

use super::{Entry, Net, Tasks, Timers};
use crate::workload::tcp;

/// The crate of that name.
pub struct Smol;

impl Entry for Smol {
    fn start() -> Self {
        Self
    }

    fn block_on<F: Future>(&self, future: F) -> F::Output {
        smol::block_on(future)
    }
}

impl Tasks for Smol {
    type Spawner = ();
    type Join<T: Send + 'static> = smol::Task<T>;

    fn spawner(&self) {}

    fn spawn<F>((): (), future: F) -> smol::Task<F::Output>
    where
        F: Future<Output: Send + 'static> + Send + 'static,
    {
        smol::spawn(future)
    }

    fn yield_now() -> impl Future<Output = ()> + Send {
        smol::future::yield_now()
    }
}

impl Timers for Smol {
    async fn sleep(duration: Duration) {
        smol::Timer::after(duration).await;
    }
}

impl Net for Smol {
    type Listener = TcpListener;
    type Stream = TcpStream;

    async fn listen() -> io::Result<(TcpListener, SocketAddr)> {
        let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).await?;
        let address = listener.local_addr()?;
        Ok((listener, address))
    }

    async fn accept(listener: &mut TcpListener) -> io::Result<TcpStream> {
        Ok(listener.accept().await?.0)
    }

    async fn connect(address: SocketAddr) -> io::Result<TcpStream> {
        TcpStream::connect(address).await
    }

    async fn read(stream: &mut TcpStream, mut buffer: Vec<u8>) -> io::Result<(usize, Vec<u8>)> {
        let length = stream.read(&mut buffer).await?;
        Ok((length, buffer))
    }

    async fn write_all(stream: &mut TcpStream, buffer: Vec<u8>, length: usize) -> io::Result<Vec<u8>> {
        stream.write_all(&buffer[..length]).await?;
        Ok(buffer)
    }

    fn spawn_echo((): (), stream: TcpStream) -> smol::Task<()> {
        smol::spawn(tcp::echo::<Self>(stream))
    }

    fn spawn_exchange((): (), stream: TcpStream, trips: usize) -> smol::Task<()> {
        smol::spawn(tcp::exchange::<Self>(stream, trips))
    }
}
