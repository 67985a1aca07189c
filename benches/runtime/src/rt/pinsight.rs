//! pinsight-rt: its plain `block_on`, and its executor.

use std::future::Future;
use std::io;
use std::net::{Ipv4Addr, SocketAddr};
use std::pin::Pin;
use std::task::{Context, Poll};
use std::time::Duration;

use pinsight_rt::net::{TcpListener, TcpStream};
use pinsight_rt::{JoinHandle, LocalExecutor};

use super::{Entry, Net, Tasks, Timers};
use crate::workload::tcp;

/// `pinsight_rt::block_on`: one future, no tasks.
pub struct PinsightBlockOn;

impl Entry for PinsightBlockOn {
    fn start() -> Self {
        Self
    }

    fn block_on<F: Future>(&self, future: F) -> F::Output {
        pinsight_rt::block_on(future)
    }
}

/// `pinsight_rt::LocalExecutor`.
pub struct Pinsight(&'static LocalExecutor);

/// A handle whose task is known not to panic.
pub struct Joined<T>(JoinHandle<T>);

impl<T> Future for Joined<T> {
    type Output = T;

    fn poll(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<T> {
        Pin::new(&mut self.0).poll(cx).map(|output| output.expect("no task here panics"))
    }
}

impl Entry for Pinsight {
    fn start() -> Self {
        Self(Box::leak(Box::new(LocalExecutor::new())))
    }

    fn block_on<F: Future>(&self, future: F) -> F::Output {
        self.0.run(future)
    }
}

impl Tasks for Pinsight {
    type Spawner = &'static LocalExecutor;
    type Join<T: Send + 'static> = Joined<T>;

    fn spawner(&self) -> &'static LocalExecutor {
        self.0
    }

    fn spawn<F>(spawner: &'static LocalExecutor, future: F) -> Joined<F::Output>
    where
        F: Future<Output: Send + 'static> + Send + 'static,
    {
        Joined(spawner.spawn(future))
    }

    fn yield_now() -> impl Future<Output = ()> + Send {
        pinsight_rt::yield_now()
    }
}

impl Timers for Pinsight {
    fn sleep(duration: Duration) -> impl Future<Output = ()> {
        pinsight_rt::time::sleep(duration)
    }
}

impl Net for Pinsight {
    type Listener = TcpListener;
    type Stream = TcpStream;

    async fn listen() -> io::Result<(TcpListener, SocketAddr)> {
        let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0).into())?;
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

    fn spawn_echo(spawner: &'static LocalExecutor, stream: TcpStream) -> Joined<()> {
        Joined(spawner.spawn(tcp::echo::<Self>(stream)))
    }

    fn spawn_exchange(spawner: &'static LocalExecutor, stream: TcpStream, trips: usize) -> Joined<()> {
        Joined(spawner.spawn(tcp::exchange::<Self>(stream, trips)))
    }
}
