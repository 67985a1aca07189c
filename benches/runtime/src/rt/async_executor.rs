//! async-executor's `LocalExecutor`, with and without async-io.

use std::future::Future;
use std::io;
use std::net::{Ipv4Addr, SocketAddr};
use std::time::Duration;

use async_executor::{LocalExecutor, Task};
use async_net::{TcpListener, TcpStream};
use futures_lite::{AsyncReadExt, AsyncWriteExt};

use super::{Entry, Net, Tasks, Timers};
use crate::workload::tcp;

type Spawner = &'static LocalExecutor<'static>;

fn leaked() -> Spawner {
    Box::leak(Box::new(LocalExecutor::new()))
}

/// Under futures-lite's `block_on`: tasks only.
pub struct Executor(Spawner);

impl Entry for Executor {
    fn start() -> Self {
        Self(leaked())
    }

    fn block_on<F: Future>(&self, future: F) -> F::Output {
        futures_lite::future::block_on(self.0.run(future))
    }
}

impl Tasks for Executor {
    type Spawner = Spawner;
    type Join<T: Send + 'static> = Task<T>;

    fn spawner(&self) -> Spawner {
        self.0
    }

    fn spawn<F>(spawner: Spawner, future: F) -> Task<F::Output>
    where
        F: Future<Output: Send + 'static> + Send + 'static,
    {
        spawner.spawn(future)
    }

    fn yield_now() -> impl Future<Output = ()> + Send {
        futures_lite::future::yield_now()
    }
}

/// Under async-io's `block_on`, which also watches sockets and timers.
pub struct ExecutorWithIo(Spawner);

impl Entry for ExecutorWithIo {
    fn start() -> Self {
        Self(leaked())
    }

    fn block_on<F: Future>(&self, future: F) -> F::Output {
        async_io::block_on(self.0.run(future))
    }
}

impl Tasks for ExecutorWithIo {
    type Spawner = Spawner;
    type Join<T: Send + 'static> = Task<T>;

    fn spawner(&self) -> Spawner {
        self.0
    }

    fn spawn<F>(spawner: Spawner, future: F) -> Task<F::Output>
    where
        F: Future<Output: Send + 'static> + Send + 'static,
    {
        spawner.spawn(future)
    }

    fn yield_now() -> impl Future<Output = ()> + Send {
        futures_lite::future::yield_now()
    }
}

impl Timers for ExecutorWithIo {
    async fn sleep(duration: Duration) {
        async_io::Timer::after(duration).await;
    }
}

impl Net for ExecutorWithIo {
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

    fn spawn_echo(spawner: Spawner, stream: TcpStream) -> Task<()> {
        spawner.spawn(tcp::echo::<Self>(stream))
    }

    fn spawn_exchange(spawner: Spawner, stream: TcpStream, trips: usize) -> Task<()> {
        spawner.spawn(tcp::exchange::<Self>(stream, trips))
    }
}
